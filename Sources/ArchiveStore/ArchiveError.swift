/// Why an archive cannot be used. Each case says what to do next.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
  case noArchive(String)
  case locked(String)
  case newerVersion(String)
  case unusable(String)

  package var description: String {
    switch self {
    case .noArchive(let path):
      "there is no archive at \(path). Make one with `archive import`, or name another with --archive."
    case .locked(let path):
      "the archive at \(path) is being written by another process. Wait for it and try again."
    case .newerVersion(let path):
      "the archive at \(path) was made by a newer version of this program. Update the program."
    case .unusable(let reason): reason
    }
  }
}
