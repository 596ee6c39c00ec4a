import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#endif

/// What the user decided about customers and orders.
package struct Decision: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable {
    /// `first` and `second` are one person.
    case merge
    /// None of `first` is one of `second`.
    case split
    case rename, note, tag, untag, consent, kind
    case orderConfirm = "order-confirm"
    case orderReject = "order-reject"
    case orderEdit = "order-edit"
    /// A later message that says other changes nothing.
    case orderKeep = "order-keep"
    case orderAdd = "order-add"

    var isAboutOrder: Bool {
      switch self {
      case .orderConfirm, .orderReject, .orderEdit, .orderKeep, .orderAdd: true
      default: false
      }
    }
  }

  package let number: Int64
  /// ISO 8601, UTC.
  package let madeAt: String
  package let kind: Kind
  package let first: [ProfileAnchor]
  package let second: [ProfileAnchor]
  /// A name, note, tag or word; an `OrderVerdict` in JSON.
  package let value: String?
  package var order: OrderAnchor?
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
        SELECT number, made_at, kind, first, second, value, order_anchor, undone_at FROM decision
        ORDER BY number
        """
    ).compactMap { row in
      guard let kind = Decision.Kind(rawValue: row[2]) else { return nil }
      return Decision(
        number: row[0], madeAt: row[1], kind: kind, first: try anchors(row[3]),
        second: try anchors(row[4]), value: row[5],
        order: (row[6] as String?).flatMap { StoredJSON.value(OrderAnchor.self, $0) },
        undoneAt: row[7])
    }
  }

  /// The number of the last decision; 0 before the first.
  static func last(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(number) FROM decision") ?? 0
  }

  /// Writes decisions to the file, synced, and then to the archive.
  ///
  /// - Returns: What takes them out of the file again, if the archive cannot act on them.
  static func write(
    _ decisions: [Decision], folder: String, _ db: Database
  ) throws -> () -> Void {
    let path = folder + "/" + DecisionFile.name
    let end = try append(decisions, to: path)
    do {
      for decision in decisions { try enter(decision, db) }
    } catch {
      truncate(path, end)
      throw error
    }
    return { truncate(path, end) }
  }

  /// Brings the archive and the file to what both say together; of the file's lines with one number
  /// the last counts.
  static func catchUp(folder: String, _ db: Database) throws {
    let path = folder + "/" + DecisionFile.name
    let stored = try all(db)
    let data = FileManager.default.contents(atPath: path) ?? Data()
    guard !data.isEmpty || !stored.isEmpty else { return }
    let decoder = JSONDecoder()
    var latest: [Int64: Decision] = [:]
    for line in data.split(separator: 0x0A) {
      // The last line may be cut off by a crash: that decision was never acknowledged.
      if let decision = try? decoder.decode(Decision.self, from: line) {
        latest[decision.number] = decision
      }
    }
    let known = Dictionary(uniqueKeysWithValues: stored.map { ($0.number, $0) })
    for number in latest.keys.sorted() {
      guard let decision = latest[number], known[number] != decision else { continue }
      try enter(decision, db)
    }
    let lost = stored.filter { latest[$0.number] == nil }
    if !lost.isEmpty { _ = try append(lost, to: path) }
  }

  private static func enter(_ decision: Decision, _ db: Database) throws {
    try db.run(
      "INSERT OR REPLACE INTO decision VALUES (?,?,?,?,?,?,?,?)",
      [
        decision.number, decision.madeAt, decision.kind.rawValue,
        try StoredJSON.text(decision.first), try StoredJSON.text(decision.second), decision.value,
        try decision.order.map(StoredJSON.text), decision.undoneAt,
      ])
    if decision.kind.isAboutOrder {
      guard let place = try OrderDecisions.place(decision, db) else { return }
      return try db.run("INSERT OR IGNORE INTO stale_order VALUES (?)", [place.conversation])
    }
    for anchor in decision.first + decision.second {
      guard let profile = try anchor.profile(db) else { continue }
      try db.run("INSERT OR IGNORE INTO stale_customer VALUES (?)", [profile])
    }
  }

  /// Appends lines and syncs them; gives the file's length before.
  private static func append(_ decisions: [Decision], to path: String) throws -> Int64 {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try decisions.flatMap { try encoder.encode($0) + [0x0A] }
    let isNew = access(path, F_OK) != 0
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let start = Int64(lseek(descriptor, 0, SEEK_END))
    // A line cut off by a crash ends here.
    var last: UInt8 = 0x0A
    if start > 0 { pread(descriptor, &last, 1, off_t(start - 1)) }
    let bytes = (last == 0x0A ? [] : [0x0A]) + lines
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      let error = failure(path)
      ftruncate(descriptor, off_t(start))
      throw error
    }
    if isNew { syncFolder(of: path) }
    return start
  }

  private static func syncFolder(of path: String) {
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static func truncate(_ path: String, _ length: Int64) {
    _ = Glibc.truncate(path, off_t(length))
  }

  private static func failure(_ path: String) -> ArchiveError {
    .unusable("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  private static func anchors(_ text: String) throws -> [ProfileAnchor] {
    try JSONDecoder().decode([ProfileAnchor].self, from: Data(text.utf8))
  }
}
