import GRDB
import InboxModel

/// Writes keys, and may note which of them others have, too.
final class KeyWriter {
  private let insert: RawStatement
  private let note: RawStatement?

  /// A key and who has it.
  struct Row: Sendable {
    let profile: Int64
    let sighting: KeySighting

    /// The order of the table.
    static func < (left: Row, right: Row) -> Bool {
      let (a, b) = (left.sighting.key, right.sighting.key)
      guard a.kind == b.kind else { return a.kind.rawValue < b.kind.rawValue }
      return (a.value, left.profile) < (b.value, right.profile)
    }
  }

  init(_ db: Database, notesShared: Bool) throws {
    insert = try RawStatement(db, "INSERT INTO person_key VALUES (?,?,?,?,?,?)")
    guard notesShared else {
      note = nil
      return
    }
    note = try RawStatement(
      db,
      """
      INSERT OR IGNORE INTO stale_key SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM person_key
        WHERE kind = ?1 AND value = ?2 AND profile_id <> ?3)
      """)
  }

  /// - Parameter rows: In the order of the table, which costs least.
  /// - Throws: What SQLite reports.
  func write(_ rows: [Row]) throws {
    for row in rows {
      let (profile, sighting) = (row.profile, row.sighting)
      for statement in [insert, note].compactMap(\.self) {
        statement.bind(sighting.key.kind.rawValue, at: 1)
        statement.bind(sighting.key.value, at: 2)
        statement.bind(profile, at: 3)
      }
      insert.bind(Int64(sighting.strength.rawValue), at: 4)
      insert.bind(sighting.role?.rawValue, at: 5)
      insert.bind(sighting.contact, at: 6)
      try insert.run()
      try note?.run()
    }
  }
}

/// Writes links, and marks whose customers change by them.
struct LinkWriter {
  private let insert: RawStatement
  private let mark: RawStatement

  init(_ db: Database) throws {
    insert = try RawStatement(
      db,
      """
      INSERT INTO profile_link(first_id, second_id, rule, kind, value, verdict, reason,
        first_contact, second_contact) VALUES (?,?,?,?,?,?,?,?,?)
      """)
    mark = try RawStatement(db, "INSERT OR IGNORE INTO stale_customer VALUES (?)")
  }

  /// - Throws: What SQLite reports.
  func write(_ link: ProfileLink) throws {
    insert.bind(link.first, at: 1)
    insert.bind(link.second, at: 2)
    insert.bind(link.rule.rawValue, at: 3)
    insert.bind(link.key.kind.rawValue, at: 4)
    insert.bind(link.key.value, at: 5)
    insert.bind(link.verdict.rawValue, at: 6)
    insert.bind(link.reason, at: 7)
    insert.bind(link.firstContact, at: 8)
    insert.bind(link.secondContact, at: 9)
    try insert.run()
    guard link.verdict == .joined else { return }
    for end in [link.first, link.second] {
      mark.bind(end, at: 1)
      try mark.run()
    }
  }
}
