import GRDB
import InboxModel

/// Keeps the links between profiles as they follow from the keys that profiles share.
///
/// Only what changed is looked at: people whose facts changed get their keys anew, keys whose
/// holders changed get their links anew.
struct MatchStage<Matcher: ProfileMatching> {
  let db: Database
  var matcher: Matcher

  /// More holders than these need not be looked at one by one: the key is nobody's own.
  private static var mostHolders: Int { 64 }

  /// - Throws: What SQLite reports.
  mutating func run() throws {
    let loader = try ProfileLoader(db)
    // What counts as somebody else's name depends on all names of the business.
    if try loader.hasNewOwnerNames() {
      try db.execute(
        sql: "INSERT OR IGNORE INTO stale_profile SELECT id FROM profile WHERE is_owner = 0")
    }
    try makeKeys(loader)
    try makeLinks(loader)
  }

  private mutating func makeKeys(_ loader: ProfileLoader) throws {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT profile_id FROM stale_profile ORDER BY profile_id")
    let noteOld = try RawStatement(
      db,
      "INSERT OR IGNORE INTO stale_key SELECT kind, value FROM person_key WHERE profile_id = ?")
    let removeOld = try RawStatement(db, "DELETE FROM person_key WHERE profile_id = ?")
    let removeSign = try RawStatement(
      db, "DELETE FROM customer_sign WHERE profile_id = ? AND message_id = 0")
    let note = try RawStatement(db, "INSERT OR IGNORE INTO stale_key VALUES (?, ?)")
    let add = try RawStatement(db, "INSERT INTO person_key VALUES (?,?,?,?,?,?)")
    let setAliases = try RawStatement(
      db, "UPDATE profile SET aliases = ?1 WHERE id = ?2 AND aliases <> ?1")
    try db.execute(sql: "INSERT OR IGNORE INTO stale_customer SELECT profile_id FROM stale_profile")
    for id in ids {
      for statement in [noteOld, removeOld, removeSign] {
        statement.bind(id, at: 1)
        try statement.run()
      }
      guard let profile = try loader.load(id) else { continue }
      setAliases.bind(StoredList.text(profile.aliases), at: 1)
      setAliases.bind(id, at: 2)
      try setAliases.run()
      try writeSign(profile)
      for sighting in matcher.keys(of: profile) {
        add.bind(sighting.key.kind.rawValue, at: 1)
        add.bind(sighting.key.value, at: 2)
        add.bind(id, at: 3)
        add.bind(Int64(sighting.strength.rawValue), at: 4)
        add.bind(sighting.role?.rawValue, at: 5)
        add.bind(sighting.contact, at: 6)
        try add.run()
        note.bind(sighting.key.kind.rawValue, at: 1)
        note.bind(sighting.key.value, at: 2)
        try note.run()
      }
    }
    try db.execute(sql: "DELETE FROM stale_profile")
  }

  /// What the name says of who somebody is; it is of no message.
  private mutating func writeSign(_ profile: MatchProfile) throws {
    guard let sign = profile.name.flatMap({ matcher.sign(name: $0) }) else { return }
    try db.cachedStatement(sql: "INSERT INTO customer_sign VALUES (?, 0, ?, ?)").execute(
      arguments: [profile.id, sign.kind.rawValue, sign.words])
  }

  private mutating func makeLinks(_ loader: ProfileLoader) throws {
    let old = """
      stale_key s CROSS JOIN profile_link l ON l.kind = s.kind AND l.value = s.value
      """
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_customer SELECT l.first_id FROM \(old) WHERE l.verdict = 'joined';
        INSERT OR IGNORE INTO stale_customer SELECT l.second_id FROM \(old) WHERE l.verdict = 'joined';
        DELETE FROM profile_link WHERE id IN (SELECT l.id FROM \(old));
        """)
    // Keys of the same people one after the other.
    let keys = try Row.fetchAll(
      db,
      sql: """
        SELECT k.kind, k.value FROM stale_key s
        CROSS JOIN person_key k ON k.kind = s.kind AND k.value = s.value
        GROUP BY k.kind, k.value HAVING count(*) > 1 ORDER BY min(k.profile_id), k.kind, k.value
        """)
    let writer = try LinkWriter(db)
    for row in keys {
      guard let kind = PersonKey.Kind(rawValue: row[0]) else { continue }
      let key = PersonKey(kind, row[1])
      let holders = try holders(key, loader)
      for link in matcher.links(key, holders) where link.verdict != .refused {
        try writer.write(link)
      }
    }
    try db.execute(sql: "DELETE FROM stale_key")
  }

  /// The holders of a key; nobody if they are too many.
  private func holders(_ key: PersonKey, _ loader: ProfileLoader) throws -> [KeyHolder] {
    var sightings: [(profile: Int64, sighting: KeySighting)] = []
    try db.forEachRow(
      """
      SELECT profile_id, strength, role, contact_id FROM person_key
      WHERE kind = ? AND value = ? LIMIT ?
      """,
      [.text(key.kind.rawValue), .text(key.value), .integer(Int64(Self.mostHolders + 1))],
      isCached: true
    ) { row in
      guard let strength = KeySighting.Strength(rawValue: Int(row.integer(1))) else { return true }
      sightings.append(
        (
          row.integer(0),
          KeySighting(
            key, strength, role: row.cell(2).text.flatMap(ContactPoint.Role.init),
            contact: row.cell(3).integer)
        ))
      return true
    }
    guard sightings.count <= Self.mostHolders else { return [] }
    return try sightings.compactMap { profile, sighting in
      try loader.load(profile).map { KeyHolder(profile: $0, sighting: sighting) }
    }
  }

  /// What is said of each pair that shares a key with a profile, refusals and all.
  mutating func findings(of profile: Int64) throws -> [ProfileLink] {
    let loader = try ProfileLoader(db)
    let keys = try Row.fetchAll(
      db, sql: "SELECT kind, value FROM person_key WHERE profile_id = ? ORDER BY kind, value",
      arguments: [profile])
    var found: [ProfileLink] = []
    for row in keys {
      guard let kind = PersonKey.Kind(rawValue: row[0]) else { continue }
      let key = PersonKey(kind, row[1])
      found += matcher.links(key, try holders(key, loader)).filter {
        $0.first == profile || $0.second == profile
      }
    }
    return found
  }
}

/// Writes links, and marks whose customers change by them.
private struct LinkWriter {
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

/// The one way in which people leave whom matching knows.
enum MatchRemoval {
  /// Notes whom a conversation had that is united anew: who is known by a handle may be in none
  /// afterwards, and uids may change.
  static func leave(_ db: Database, conversation: Int64) throws {
    for sql in [
      "INSERT OR IGNORE INTO stale_profile SELECT profile_id FROM participant WHERE conversation_id = ?",
      """
      INSERT INTO former_uid SELECT t.conversation_id, p.uid, CASE c.kind WHEN 'direct' THEN NULL
        ELSE p.name END
      FROM participant t JOIN profile p ON p.id = t.profile_id
      JOIN conversation c ON c.id = t.conversation_id
      WHERE t.conversation_id = ? AND p.is_owner = 0 AND p.uid IS NOT NULL
      """,
    ] { try db.execute(sql: sql, arguments: [conversation]) }
  }

  /// Removes people who are in no conversation any more.
  static func removeLeft(_ db: Database) throws {
    let left = """
      handle IS NOT NULL AND id IN (SELECT s.profile_id FROM stale_profile s
        WHERE NOT EXISTS (SELECT 1 FROM participant t WHERE t.profile_id = s.profile_id))
      """
    try forget(db, left)
    try db.execute(
      sql: """
        UPDATE reaction SET profile_id = NULL
          WHERE profile_id IN (SELECT id FROM profile WHERE \(left));
        DELETE FROM profile WHERE \(left);
        """)
  }

  /// Forgets what some people have in common with others.
  static func forget(_ db: Database, _ condition: String) throws {
    let people = "SELECT id FROM profile WHERE \(condition)"
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_key SELECT DISTINCT kind, value FROM person_key
          WHERE profile_id IN (\(people));
        INSERT OR IGNORE INTO stale_customer SELECT second_id FROM profile_link
          WHERE first_id IN (\(people));
        INSERT OR IGNORE INTO stale_customer SELECT first_id FROM profile_link
          WHERE second_id IN (\(people));
        INSERT OR IGNORE INTO left_customer SELECT customer_id FROM profile
          WHERE customer_id IS NOT NULL AND \(condition);
        INSERT OR IGNORE INTO changed_value SELECT kind, value FROM contact_point
          WHERE profile_id IN (\(people));
        DELETE FROM profile_link WHERE first_id IN (\(people));
        DELETE FROM profile_link WHERE second_id IN (\(people));
        DELETE FROM person_key WHERE profile_id IN (\(people));
        DELETE FROM contact_point WHERE profile_id IN (\(people));
        DELETE FROM customer_sign WHERE profile_id IN (\(people));
        """)
  }
}
