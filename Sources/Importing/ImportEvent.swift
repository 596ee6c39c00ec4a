package import InboxModel
package import TextDecoding

/// What an importer finds in a file, in the order of the file.
package enum ImportEvent: Sendable {
  /// The thread that the following messages belong to. The same key again brings facts that
  /// stood later in the file.
  case thread(Thread)
  case message(Message)
  /// What is beside the messages: a friend, a payment, a comment.
  case record(Record)
  /// A record or a detail that could not be read as it should; nothing else is lost by it.
  case issue(ImportIssue)
  /// What somebody is called who is known by a handle in this file or in another.
  case person(PersonName)
  /// What the download says of its own account.
  case owner(OwnerFacts)
}

/// Something in a file that its user should know of.
package struct ImportIssue: Sendable, Equatable {
  package enum Gravity: String, Sendable {
    /// A record is missing from the archive.
    case lost
    /// Read, but mended or doubtful.
    case mended
    /// A fact about how the file was understood.
    case note
  }

  package let gravity: Gravity
  /// A sentence without any text of the file.
  package let reason: String
  /// Bytes from the start of the file; nil if the file as a whole is meant.
  package let offset: Int64?

  package init(_ gravity: Gravity, _ reason: String, offset: Int64? = nil) {
    self.gravity = gravity
    self.reason = reason
    self.offset = offset
  }
}

/// The place where a file stops being readable. What was emitted before stays.
package struct FileDamage: Error, CustomStringConvertible {
  package let reason: String
  package let offset: Int64?

  package init(_ reason: String, offset: Int64? = nil) {
    self.reason = reason
    self.offset = offset
  }

  package init(_ damage: JSONDamage) {
    self.init(damage.reason, offset: Int64(damage.offset))
  }

  package var description: String { offset.map { "\(reason) at byte \($0)" } ?? reason }
}

/// What the archive's user says that a file may not show by itself.
package struct ReadingHints: Sendable {
  /// The order of day, month and year, such as `day/month/year`.
  package var dateOrder: String?
  /// The business's country, two letters of ISO 3166.
  package var region: String?
  /// The contents of key files for sealed backups; kept nowhere.
  package var keys: [[UInt8]]
  /// A folder on whose disk a plain copy may lie while it is read.
  package var scratch: String

  package init(
    dateOrder: String? = nil, region: String? = nil, keys: [[UInt8]] = [], scratch: String = "/tmp"
  ) {
    self.dateOrder = dateOrder
    self.region = region
    self.keys = keys
    self.scratch = scratch
  }
}

/// A file that an importer reads.
package struct SourceFile {
  /// The path from the download's root, `/` between folders.
  package let path: String
  /// The name of the part that held it, such as the zip's name.
  package let partName: String
  package let bytes: ByteView
  package let hints: ReadingHints
  /// The log of changes that SQLite keeps beside a database; nil if there is none.
  package let log: ByteView?

  package init(
    path: String, partName: String, bytes: ByteView, hints: ReadingHints = ReadingHints(),
    log: ByteView? = nil
  ) {
    self.path = path
    self.partName = partName
    self.bytes = bytes
    self.hints = hints
    self.log = log
  }

  /// The last component of the path.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder of the file, without a slash at its end.
  package var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }
}

/// A file that is sealed, and for which no key is there that fits.
package enum LockedFile: Error, CustomStringConvertible {
  case withoutKey, wrongKey

  package var description: String {
    switch self {
    case .withoutKey:
      "it is sealed: import it again with --key-file, the key file or 64-digit key of your backups"
    case .wrongKey: "the key does not open it: give the key with which this backup was made"
    }
  }
}

/// A file that holds nothing of what its place promises: it is kept, and has not failed.
package struct NotThisFormat: Error, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { reason }
}
