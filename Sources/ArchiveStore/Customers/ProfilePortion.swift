import GRDB
import InboxModel

/// Some people, to be asked about all at once: a query for each would cost more than what it finds.
struct ProfilePortion {
  let db: Database
  /// The table in which their numbers stand, by `id`.
  static let table = "temp.portion"
  static let size = 4_000

  /// - Parameters:
  ///   - db: The archive; its connection holds one portion at a time.
  ///   - ids: The people.
  /// - Throws: What SQLite reports.
  init(_ db: Database, _ ids: some Sequence<Int64>) throws {
    self.db = db
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(ProfilePortion.table) (id INTEGER PRIMARY KEY);
        DELETE FROM \(ProfilePortion.table);
        """)
    let add = try RawStatement(db, "INSERT OR IGNORE INTO \(ProfilePortion.table) VALUES (?)")
    for id in ids {
      add.bind(id, at: 1)
      try add.run()
    }
  }

  /// Runs a query over the people.
  func forEachRow(_ sql: String, _ body: (RowView) -> Void) throws {
    try db.forEachRow(sql, isCached: true) { row in
      body(row)
      return true
    }
  }

  /// The people with all that matching needs to know of them; without those who are none any more.
  func profiles() throws -> [Int64: MatchProfile] {
    var profiles: [Int64: MatchProfile] = [:]
    try forEachRow(
      """
      SELECT p.id, p.uid, p.platform, p.is_owner, p.name, p.handle, p.slug, p.aliases,
        count(c.id), min(c.first_ms), max(c.last_ms)
      FROM \(ProfilePortion.table) w CROSS JOIN profile p ON p.id = w.id
      LEFT JOIN participant t ON t.profile_id = p.id
      LEFT JOIN conversation c ON c.id = t.conversation_id AND c.kind = 'direct' GROUP BY w.id
      """
    ) { row in
      profiles[row.integer(0)] = MatchProfile(
        id: row.integer(0), uid: row.cell(1).text ?? "", platform: row.cell(2).text ?? "",
        isOwner: row.integer(3) == 1, name: row.cell(4).text, handle: row.cell(5).text,
        slug: row.cell(6).text, aliases: StoredList.values(row.cell(7).text ?? "[]"),
        isDirect: row.integer(8) > 0, first: row.integer(9), last: row.integer(10))
    }
    for (id, contacts) in try contacts() { profiles[id]?.contacts = contacts }
    return profiles
  }

  private func contacts() throws -> [Int64: [(id: Int64, point: ContactPoint)]] {
    var all: [Int64: KnownContacts] = [:]
    // In the order of time, and of what they say: never of rows.
    try forEachRow(
      """
      SELECT t.profile_id, t.id, t.kind, t.value, t.raw, t.ownership, t.reason, t.is_stated, t.line,
        t.role
      FROM \(ProfilePortion.table) w CROSS JOIN contact_point t ON t.profile_id = w.id
      ORDER BY t.profile_id, t.message_id >> \(BatchWriter.tieBits), t.kind, t.value, t.raw,
        t.ownership, t.reason
      """
    ) { row in
      guard let kind = ContactPoint.Kind(rawValue: row.cell(2).text ?? ""),
        let ownership = ContactPoint.Ownership(rawValue: row.cell(5).text ?? "")
      else { return }
      let point = ContactPoint(
        kind: kind, value: row.cell(3).text ?? "", raw: row.cell(4).text ?? "",
        ownership: ownership, reason: row.cell(6).text ?? "", isStated: row.integer(7) == 1,
        line: row.cell(8).text.flatMap(ContactPoint.Line.init),
        role: row.cell(9).text.flatMap(ContactPoint.Role.init))
      all[row.integer(0), default: KnownContacts()].add(row.integer(1), point)
    }
    return all.mapValues(\.all)
  }
}

/// What one person gave, each thing once.
private struct KnownContacts {
  private var found: [(id: Int64, point: ContactPoint)] = []
  private var addresses: [(id: Int64, point: ContactPoint)] = []
  private var seen: Set<Saying> = []
  /// Of thousands of addresses the latest are enough to compare.
  private static let mostAddresses = 8

  /// What somebody says of something; the same said again says nothing more.
  private struct Saying: Hashable {
    let kind: ContactPoint.Kind
    let value: String
    let ownership: ContactPoint.Ownership
    let isStated: Bool
    let role: ContactPoint.Role?
  }

  var all: [(id: Int64, point: ContactPoint)] { found + addresses }

  mutating func add(_ id: Int64, _ point: ContactPoint) {
    if point.kind == .address {
      addresses.append((id, point))
      if addresses.count > KnownContacts.mostAddresses { addresses.removeFirst() }
      return
    }
    let saying = Saying(
      kind: point.kind, value: point.value, ownership: point.ownership, isStated: point.isStated,
      role: point.role)
    if seen.insert(saying).inserted { found.append((id, point)) }
  }
}
