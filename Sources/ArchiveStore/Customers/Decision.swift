import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#endif

/// What the user decided about customers.
package struct Decision: Codable, Sendable {
  package enum Kind: String, Codable, Sendable {
    /// `first` and `second` are one person.
    case merge
    /// None of `first` is one of `second`.
    case split
    case rename, note, tag, untag, consent, kind
  }

  package let number: Int64
  /// ISO 8601, UTC.
  package let madeAt: String
  package let kind: Kind
  package let first: [ProfileAnchor]
  package let second: [ProfileAnchor]
  package let value: String?
  package var undoneAt: String?
}

/// The file of decisions in an archive's folder.
package enum DecisionFile {
  package static let name = "decisions.jsonl"
}

/// Keeps the user's decisions: in the archive, and in a file beside it that outlives the database.
///
/// A decision is written to the file and synced before the archive acts on it. Of several lines with
/// one number the last counts.
enum DecisionLedger {
  /// All decisions, undone ones too, in order.
  static func all(_ db: Database) throws -> [Decision] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT number, made_at, kind, first, second, value, undone_at FROM decision ORDER BY number
        """
    ).compactMap { row in
      guard let kind = Decision.Kind(rawValue: row[2]) else { return nil }
      return Decision(
        number: row[0], madeAt: row[1], kind: kind, first: try anchors(row[3]),
        second: try anchors(row[4]), value: row[5], undoneAt: row[6])
    }
  }

  /// Writes a decision to the file, and then to the archive.
  static func write(_ decision: Decision, folder: String, _ db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try append(encoder.encode(decision) + [0x0A], to: folder + "/" + DecisionFile.name)
    try enter(decision, db)
  }

  /// Brings the archive to what the file says.
  static func catchUp(folder: String, _ db: Database) throws {
    guard let data = FileManager.default.contents(atPath: folder + "/" + DecisionFile.name) else {
      return
    }
    let decoder = JSONDecoder()
    for line in data.split(separator: 0x0A) {
      // The last line may be cut off by a crash: that decision was never acknowledged.
      guard let decision = try? decoder.decode(Decision.self, from: line) else { continue }
      let known = try Row.fetchOne(
        db, sql: "SELECT undone_at FROM decision WHERE number = ?", arguments: [decision.number])
      if let known, (known[0] as String?) == decision.undoneAt || decision.undoneAt == nil {
        continue
      }
      try enter(decision, db)
    }
  }

  private static func enter(_ decision: Decision, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO decision VALUES (?,?,?,?,?,?,?)",
      arguments: [
        decision.number, decision.madeAt, decision.kind.rawValue, try text(decision.first),
        try text(decision.second), decision.value, decision.undoneAt,
      ])
    for anchor in decision.first + decision.second {
      guard let profile = try anchor.profile(db) else { continue }
      try db.execute(
        sql: "INSERT OR IGNORE INTO stale_customer VALUES (?)", arguments: [profile])
    }
  }

  private static func append(_ data: Data, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    // A line cut off by a crash ends here.
    let start = lseek(descriptor, 0, SEEK_END)
    let isBroken = start > 0 && lastByte(path) != 0x0A
    let bytes = (isBroken ? [0x0A] : []) + Array(data)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      let error = failure(path)
      ftruncate(descriptor, start)
      throw error
    }
  }

  private static func lastByte(_ path: String) -> UInt8? {
    FileManager.default.contents(atPath: path)?.last
  }

  private static func failure(_ path: String) -> ArchiveError {
    .unusable("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  private static func anchors(_ text: String) throws -> [ProfileAnchor] {
    try JSONDecoder().decode([ProfileAnchor].self, from: Data(text.utf8))
  }

  private static func text(_ anchors: [ProfileAnchor]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(anchors), as: UTF8.self)
  }
}
