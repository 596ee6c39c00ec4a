#if canImport(Glibc)
  import Glibc
#endif

/// A file that could not be opened or read: the path and the system's reason.
package struct FileReadError: Error, CustomStringConvertible {
  package let path: String
  package let reason: String

  package init(path: String, errno code: Int32) {
    self.path = path
    self.reason = String(cString: strerror(code))
  }

  package var description: String { "\(path) could not be read: \(reason)" }
}

/// Reads a whole file through a memory map, so that its size does not count.
package enum MappedFile {
  /// Calls `body` with the bytes of the file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file that nobody changes meanwhile.
  ///   - body: Gets the bytes; the view must not leave it.
  /// - Returns: What `body` returns.
  /// - Throws: `FileReadError`, and what `body` throws.
  package static func read<Result>(
    _ path: String, _ body: (ByteView) throws -> Result
  ) throws -> Result {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadError(path: path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileReadError(path: path, errno: errno) }
    let size = Int(status.st_size)
    guard size > 0 else {
      return try body(ByteView(UnsafeRawBufferPointer(start: nil, count: 0)))
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw FileReadError(path: path, errno: errno) }
    defer { munmap(address, size) }
    madvise(address, size, MADV_SEQUENTIAL)
    return try body(ByteView(UnsafeRawBufferPointer(start: address, count: size), isMapped: true))
  }
}
