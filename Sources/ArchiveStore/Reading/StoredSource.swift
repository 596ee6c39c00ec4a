package import InboxModel

/// A file whose bytes are in the archive, as a reader needs to know it.
package struct StoredSource: Sendable {
  /// How the reason begins where the archive's own copy could not be read; whoever brings the file
  /// again mends that.
  package static let unreadable = "the archive's original cannot be read: "

  package let id: Int64
  package let sha256: String
  package let bytes: Int64
  /// The path from the download's root: the first in byte order of those it came under.
  package let path: String
  package let partName: String
  package let importer: String
  package let platform: Platform
  package let downloads: [Int64]
  /// The hash of the log of changes that lay beside it, as SQLite keeps one; nil if there was none.
  package let log: String?
  /// What to add to the times of its pages, in milliseconds.
  package let clockShift: Int64
}

/// What reading a source hands out.
package enum SourceEvent: Sendable {
  case thread(InboxModel.Thread)
  case message(Message)
  case record(Record)
  case issue(gravity: String, reason: String, offset: Int64?)
  case person(PersonName)
  case owner(OwnerFacts)
}

/// How reading a source ended.
package enum SourceOutcome: Sendable, Equatable {
  case read
  /// The file stops being readable; what came before was handed out.
  case failed(String)
  /// The file is sealed, and no key is there that fits: nothing of it was handed out.
  case locked(String)
  /// The file holds nothing of what its place promises.
  case kept(String)
}

/// Reads a source from its original. Given by the front door, which knows the importers.
package typealias SourceReading =
  @Sendable (StoredSource, (SourceEvent) throws -> Void) throws -> SourceOutcome
