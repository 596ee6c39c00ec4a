#if canImport(Glibc)
  import Glibc
#endif

/// A file that only this process sees: it has no name, and is gone when the process is, however
/// that ends.
package final class PrivateFile {
  private let descriptor: Int32

  /// Makes an empty file on the disk of a folder, readable by nobody else.
  ///
  /// - Parameter folder: An existing folder.
  /// - Throws: `UnsealingError.cannotWrite`.
  package init(in folder: String) throws {
    var template = Array((folder + "/.plain-XXXXXX").utf8CString)
    let opened = mkstemp(&template)
    guard opened >= 0 else {
      throw UnsealingError.cannotWrite(String(cString: strerror(errno)))
    }
    descriptor = opened
    fchmod(descriptor, 0o600)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// A path under which this process can open the file.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        throw UnsealingError.cannotWrite(String(cString: strerror(errno)))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }
}
