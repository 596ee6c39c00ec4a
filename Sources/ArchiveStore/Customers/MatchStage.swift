import GRDB
import InboxModel

/// Keeps the links between profiles as they follow from the keys that profiles share.
///
/// Only what changed is looked at: people whose facts changed get their keys anew, keys whose
/// holders changed get their links anew.
struct MatchStage<Matcher: ProfileMatching> {
  let db: Database
  let matcher: Matcher

  /// More holders than these need not be looked at one by one: the key is nobody's own.
  private static var mostHolders: Int { 64 }

  /// - Throws: What SQLite reports.
  func run() throws {
    let names = try PersonNames(db)
    // What counts as somebody else's name depends on all names of the business.
    if try names.hasNewOwnerNames() {
      try db.execute(
        sql: "INSERT OR IGNORE INTO stale_profile SELECT id FROM profile WHERE is_owner = 0")
    }
    try removeOldKeys()
    try makeKeys(names)
    try makeLinks()
  }

  /// Removes the keys of people whose facts changed; those that others have, too, are noted.
  private func removeOldKeys() throws {
    let stale = "(SELECT profile_id FROM stale_profile)"
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_key SELECT k.kind, k.value FROM stale_profile s
          CROSS JOIN person_key k ON k.profile_id = s.profile_id
          WHERE EXISTS (SELECT 1 FROM person_key o
            WHERE o.kind = k.kind AND o.value = k.value AND o.profile_id <> k.profile_id);
        DELETE FROM person_key WHERE profile_id IN \(stale);
        DELETE FROM customer_sign WHERE message_id = 0 AND profile_id IN \(stale);
        INSERT OR IGNORE INTO stale_customer SELECT profile_id FROM stale_profile;
        """)
  }

  private func makeKeys(_ names: PersonNames) throws {
    // Where nobody has any yet, one look at all of them in the end costs less.
    let hasOld = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM person_key)") ?? true
    let writer = try KeyWriter(db, notesShared: hasOld)
    let matcher = matcher
    var making = WorkBeside<[MatchProfile], Made> { profiles in
      let rows = profiles.flatMap { profile in
        matcher.keys(of: profile).map { KeyWriter.Row(profile: profile.id, sighting: $0) }
      }
      let signs = profiles.compactMap { profile in
        profile.name.flatMap { matcher.sign(name: $0) }.map { (profile: profile.id, sign: $0) }
      }
      return Made(rows: rows.sorted(by: <), signs: signs)
    }
    func write(_ made: Made) throws {
      for (profile, sign) in made.signs { try writeSign(sign, of: profile) }
      try writer.write(made.rows)
    }
    var last: Int64 = 0
    while true {
      let ids = try Int64.fetchAll(
        db.cachedStatement(
          sql: "SELECT profile_id FROM stale_profile WHERE profile_id > ? ORDER BY 1 LIMIT ?"),
        arguments: [last, ProfilePortion.size])
      guard let end = ids.last else { break }
      last = end
      let portion = try ProfilePortion(db, ids)
      try names.write(portion)
      let profiles = try portion.profiles()
      try making.add(ids.compactMap { profiles[$0] }, write)
    }
    try making.finish(write)
    if !hasOld {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO stale_key
            SELECT kind, value FROM person_key GROUP BY kind, value HAVING count(*) > 1
          """)
    }
    try db.execute(sql: "DELETE FROM stale_profile")
  }

  /// What is made of a portion of profiles: keys, and what names say of who somebody is.
  private struct Made: Sendable {
    let rows: [KeyWriter.Row]
    let signs: [(profile: Int64, sign: CustomerSign)]
  }

  /// Writes what a name says of who somebody is; it is of no message.
  private func writeSign(_ sign: CustomerSign, of profile: Int64) throws {
    try db.run(
      "INSERT INTO customer_sign VALUES (?, 0, ?, ?)", [profile, sign.kind.rawValue, sign.words])
  }

  private func makeLinks() throws {
    let old = """
      stale_key s CROSS JOIN profile_link l ON l.kind = s.kind AND l.value = s.value
      """
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_customer SELECT l.first_id FROM \(old) WHERE l.verdict = 'joined';
        INSERT OR IGNORE INTO stale_customer SELECT l.second_id FROM \(old) WHERE l.verdict = 'joined';
        DELETE FROM profile_link WHERE id IN (SELECT l.id FROM \(old));
        """)
    let writer = try LinkWriter(db)
    let matcher = matcher
    var judging = WorkBeside<[SharedKey], [ProfileLink]> { keys in
      keys.flatMap { matcher.links($0.key, $0.holders, isCrowded: false) }
        .filter { $0.verdict != .refused }
    }
    func write(_ links: [ProfileLink]) throws {
      for link in links { try writer.write(link) }
    }
    // Keys of the same people one after the other.
    try SharedKeys(db: db).forEach(
      """
      SELECT kind, value, FALSE FROM (
        SELECT o.kind AS kind, o.value AS value, min(o.profile_id) AS first FROM stale_key s
        CROSS JOIN person_key o ON o.kind = s.kind AND o.value = s.value
        GROUP BY s.kind, s.value HAVING count(*) BETWEEN 2 AND \(Self.mostHolders)
        ORDER BY first, kind, value)
      """
    ) { try judging.add($0, write) }
    try judging.finish(write)
    try db.execute(sql: "DELETE FROM stale_key")
  }

  /// What is said of each pair of some profiles and some others that share a key, refusals and all.
  ///
  /// - Parameters:
  ///   - left: Numbers of profiles.
  ///   - right: Numbers of others, or of the same.
  /// - Returns: Each pair once for each key.
  /// - Throws: What SQLite reports.
  func findings(_ left: Set<Int64>, _ right: Set<Int64>) throws -> [ProfileLink] {
    let asked = left.union(right)
    let list = asked.sorted().map(String.init).joined(separator: ",")
    var found: [ProfileLink] = []
    try SharedKeys(db: db, asked: asked).forEach(
      """
      SELECT kind, value, (SELECT count(*) FROM person_key n
        WHERE n.kind = o.kind AND n.value = o.value) > \(Self.mostHolders)
      FROM person_key o WHERE profile_id IN (\(list))
      GROUP BY kind, value HAVING count(*) > 1 ORDER BY kind, value
      """
    ) { keys in
      found += keys.flatMap { matcher.links($0.key, $0.holders, isCrowded: $0.isCrowded) }
        .filter { link in
          left.contains(link.first) && right.contains(link.second)
            || left.contains(link.second) && right.contains(link.first)
        }
    }
    return found
  }
}
