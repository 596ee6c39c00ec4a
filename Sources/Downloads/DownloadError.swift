#if canImport(Glibc)
  import Glibc
#endif

/// Why a path given by the user could not be read at all.
package enum DownloadError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String, code: Int32)
  /// The archive's structure could not be used, with the reason.
  case damaged(path: String, reason: String)

  package var description: String {
    switch self {
    case .missing(let path): "\(path) does not exist. Check the path and try again."
    case .unreadable(let path, let code):
      "\(path) could not be read: \(String(cString: strerror(code)))."
    case .damaged(let path, let reason):
      "\(path) could not be read: \(reason). Download it again if you can."
    }
  }
}

/// How reading the bytes of one entry ended.
package enum EntryOutcome: Sendable, Equatable {
  /// All bytes were read and agree with what the container says of them.
  case whole
  /// Some bytes were read; they are kept, with the reason why they are not all.
  case damaged(String)
  /// No bytes could be read, with the reason.
  case unreadable(String)
}

/// Something about a part that its user should know, and that belongs to no readable entry.
package struct PartProblem: Sendable, Equatable {
  /// The entry's name, or nil if the part as a whole is meant.
  package let entry: String?
  package let reason: String

  package init(entry: String?, reason: String) {
    self.entry = entry
    self.reason = reason
  }
}

/// How much a download may unpack to before reading stops.
package struct DownloadLimits: Sendable {
  /// Bytes that one entry may unpack to.
  package var entryBytes: Int64 = 64 << 30
  /// Below this many unpacked bytes no ratio is judged.
  package var freeBytes: Int64 = 1 << 30
  /// Unpacked bytes for each packed byte of the container, beyond `freeBytes`.
  package var ratio: Int64 = 200
  /// Entries of one container.
  package var entries = 5_000_000

  package init() {}
}
