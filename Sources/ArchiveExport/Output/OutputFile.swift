import CSystem

#if canImport(Glibc)
  import Glibc
#endif

/// A file that gets its name when it is whole, and on the disk: before that there is none of that name.
package final class OutputFile {
  package let path: String
  /// Where to write.
  package let descriptor: Int32
  /// The name that it has until it is done; nil where the system can do without one.
  private var partial: String?
  private let replaces: Bool
  /// True for a device or a pipe, which has its name already.
  private let isDirect: Bool

  /// - Parameters:
  ///   - path: The name that it will have.
  ///   - replaces: True if a file of that name may be replaced.
  /// - Throws: `OutputProblem`.
  package init(_ path: String, replaces: Bool) throws {
    self.path = path
    self.replaces = replaces
    isDirect = OutputFile.isSpecial(path)
    if isDirect {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputProblem.failed(path, errno) }
      return
    }
    if !replaces, OutputFile.isThere(path) { throw OutputProblem.exists(path) }
    let folder = OutputFile.folder(of: path)
    let nameless = open(folder, O_TMPFILE_ | O_WRONLY | O_CLOEXEC, 0o600)
    if nameless >= 0 {
      descriptor = nameless
      return
    }
    let name = OutputFile.partialName(path)
    let named = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard named >= 0 else { throw OutputProblem.failed(path, errno) }
    descriptor = named
    partial = name
  }

  /// True if there is a file of this name that would be replaced.
  package static func isThere(_ path: String) -> Bool {
    access(path, F_OK) == 0 && !isSpecial(path)
  }

  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// The file by a name by which libraries can open it.
  package var writingPath: String { partial ?? "/proc/self/fd/\(descriptor)" }

  /// Makes the bytes durable and gives the file its name.
  ///
  /// - Throws: `OutputProblem`; there is no file of that name then.
  package func finish() throws {
    if isDirect { return }
    guard fsync(descriptor) == 0 else { throw OutputProblem.failed(path, errno) }
    if partial == nil {
      // A file without a name gets one; over another only by way of a third.
      let name = replaces ? OutputFile.partialName(path) : path
      guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
      else { throw errno == EEXIST ? OutputProblem.exists(path) : .failed(path, errno) }
      guard replaces else { return OutputFile.syncFolder(OutputFile.folder(of: path)) }
      partial = name
    }
    guard let partial else { return }
    if !replaces, OutputFile.isThere(path) { throw OutputProblem.exists(path) }
    guard rename(partial, path) == 0 else { throw OutputProblem.failed(path, errno) }
    self.partial = nil
    OutputFile.syncFolder(OutputFile.folder(of: path))
  }

  deinit {
    close(descriptor)
    if let partial { unlink(partial) }
  }

  /// Makes the names in a folder durable.
  static func syncFolder(_ path: String) {
    let folder = open(path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func partialName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(folder(of: path))/.\(name).\(getpid()).partial"
  }
}

/// Why a file could not be written.
package enum OutputProblem: Error, CustomStringConvertible {
  case exists(String)
  /// A folder that no export made is never replaced.
  case foreign(String)
  /// The system's reason.
  case failed(String, Int32)

  package var description: String {
    switch self {
    case .exists(let path): "\(path) is there already. Use another name, or --force."
    case .foreign(let path):
      "\(path) was made by no export and is not replaced. Use another name."
    case .failed(let path, let code):
      "\(path) cannot be written: \(String(cString: strerror(code)))"
    }
  }
}

/// Makes a file without a name.
private let O_TMPFILE_ = Int32(archive_o_tmpfile)
