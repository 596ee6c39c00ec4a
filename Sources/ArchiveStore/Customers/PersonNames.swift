import GRDB
import InboxModel
import TextDecoding

/// Writes what else people are called: by threads, address books and themselves.
struct PersonNames {
  let db: Database
  /// Every name of the owner's, by which others are told from the business in a thread's list.
  private let ownerNames: Set<String>

  init(_ db: Database) throws {
    self.db = db
    var names = Set(
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM profile WHERE is_owner = 1 AND name IS NOT NULL
          UNION SELECT handle FROM profile WHERE is_owner = 1 AND handle IS NOT NULL
          UNION SELECT name FROM account
          """))
    let lists = try String.fetchAll(
      db,
      sql: """
        SELECT owner_names FROM source WHERE owner_names IS NOT NULL
        UNION SELECT owner_names FROM thread WHERE owner_names <> '[]'
        UNION SELECT value FROM setting WHERE key = 'owner'
        """)
    for list in lists { names.formUnion(StoredList.values(list)) }
    ownerNames = names
  }

  /// True if the business has other names than the last time; it is asked once.
  func hasNewOwnerNames() throws -> Bool {
    let digest = Hexadecimal.digest(ownerNames.sorted(), length: 16)
    let known = try String.fetchOne(db, sql: "SELECT digest FROM owner_digest")
    guard known != digest else { return false }
    try db.execute(sql: "DELETE FROM owner_digest")
    try db.run("INSERT INTO owner_digest VALUES (?)", [digest])
    return true
  }

  /// Writes the names of people, and of the folders that are called after them.
  ///
  /// - Parameter portion: The people.
  /// - Throws: What SQLite reports.
  func write(_ portion: ProfilePortion) throws {
    var names: [Int64: Set<String>] = [:]
    var slugs: [Int64: String] = [:]
    try portion.forEachRow(
      """
      SELECT q.profile_id, t.title, t.participants, t.slug FROM \(ProfilePortion.table) w
      CROSS JOIN participant q ON q.profile_id = w.id
      JOIN conversation c ON c.id = q.conversation_id AND c.kind = 'direct'
      JOIN thread t ON t.conversation_id = c.id
      """
    ) { row in
      let id = row.integer(0)
      names[id, default: []].formUnion(StoredList.values(row.cell(2).text ?? "[]"))
      if let title = row.cell(1).text { names[id]?.insert(title) }
      if let slug = row.cell(3).text { slugs[id] = min(slugs[id] ?? slug, slug) }
    }
    try portion.forEachRow(
      """
      SELECT p.id, k.name FROM \(ProfilePortion.table) w CROSS JOIN profile p ON p.id = w.id
      JOIN known_name k ON k.handle = p.handle
      UNION ALL SELECT t.profile_id, t.value FROM \(ProfilePortion.table) w
      CROSS JOIN contact_point t ON t.profile_id = w.id
      WHERE +t.kind = 'name' AND t.ownership = 'self'
      """
    ) { names[$0.integer(0), default: []].insert($0.cell(1).text ?? "") }
    var changed: [(id: Int64, aliases: String, slug: String?)] = []
    try portion.forEachRow(
      """
      SELECT p.id, p.name, p.handle, p.aliases, p.slug FROM \(ProfilePortion.table) w
      CROSS JOIN profile p ON p.id = w.id WHERE p.is_owner = 0
      """
    ) { row in
      let id = row.integer(0)
      let own = [row.cell(1).text, row.cell(2).text]
      let aliases = StoredList.text(
        names[id, default: []].filter { name in
          !name.isEmpty && !own.contains(name) && !ownerNames.contains(name)
            && PersonHandle.of(.named(name), namesAreHandles: false) == nil
        }.sorted())
      if aliases != row.cell(3).text || slugs[id] != row.cell(4).text {
        changed.append((id, aliases, slugs[id]))
      }
    }
    for change in changed {
      try db.run(
        "UPDATE profile SET aliases = ?, slug = ? WHERE id = ?",
        [change.aliases, change.slug, change.id])
    }
  }
}
