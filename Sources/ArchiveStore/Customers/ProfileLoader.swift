import GRDB
import InboxModel

/// Profiles with all that matching needs to know of them.
final class ProfileLoader {
  private let db: Database
  /// Profiles that were loaded: neighbours by one key are neighbours by others.
  private var known: [Int64: MatchProfile] = [:]
  private static let mostKnown = 20_000
  private static let mostAddresses = 8
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
    try db.execute(sql: "INSERT INTO owner_digest VALUES (?)", arguments: [digest])
    return true
  }

  /// A profile; nil if there is none any more.
  func load(_ id: Int64) throws -> MatchProfile? {
    if let profile = known[id] { return profile }
    guard var profile = try row(id) else { return nil }
    profile.contacts = try contacts(id)
    if !profile.isOwner { try addNames(&profile) }
    if known.count >= ProfileLoader.mostKnown { known.removeAll(keepingCapacity: true) }
    known[id] = profile
    return profile
  }

  private func row(_ id: Int64) throws -> MatchProfile? {
    var profile: MatchProfile?
    try db.forEachRow(
      """
      SELECT p.uid, p.platform, p.is_owner, p.name, p.handle, count(c.id), min(c.first_ms),
        max(c.last_ms)
      FROM profile p LEFT JOIN participant t ON t.profile_id = p.id
      LEFT JOIN conversation c ON c.id = t.conversation_id AND c.kind = 'direct'
      WHERE p.id = ? GROUP BY p.id
      """, [.integer(id)], isCached: true
    ) { row in
      profile = MatchProfile(
        id: id, uid: row.cell(0).text ?? "", platform: row.cell(1).text ?? "",
        isOwner: row.integer(2) == 1, name: row.cell(3).text, handle: row.cell(4).text,
        isDirect: row.integer(5) > 0, first: row.integer(6), last: row.integer(7))
      return false
    }
    return profile
  }

  private func contacts(_ id: Int64) throws -> [(id: Int64, point: ContactPoint)] {
    var found: [(id: Int64, point: ContactPoint)] = []
    var addresses = found
    var seen: Set<String> = []
    // In the order of time, and of what they say: never of rows.
    try db.forEachRow(
      """
      SELECT id, kind, value, raw, ownership, reason, is_stated, line, role
      FROM contact_point WHERE profile_id = ?
      ORDER BY message_id >> \(BatchWriter.tieBits), kind, value, raw, ownership, reason
      """, [.integer(id)], isCached: true
    ) { row in
      guard let kind = ContactPoint.Kind(rawValue: row.cell(1).text ?? ""),
        let ownership = ContactPoint.Ownership(rawValue: row.cell(4).text ?? "")
      else { return true }
      let point = ContactPoint(
        kind: kind, value: row.cell(2).text ?? "", raw: row.cell(3).text ?? "",
        ownership: ownership, reason: row.cell(5).text ?? "", isStated: row.integer(6) == 1,
        line: row.cell(7).text.flatMap(ContactPoint.Line.init),
        role: row.cell(8).text.flatMap(ContactPoint.Role.init))
      // The same said again says nothing more.
      let key =
        "\(kind)\u{1F}\(point.value)\u{1F}\(ownership)\u{1F}\(point.isStated)\u{1F}\(point.role?.rawValue ?? "")"
      if kind == .address {
        // Of thousands the latest are enough to compare.
        addresses.append((row.integer(0), point))
        if addresses.count > ProfileLoader.mostAddresses { addresses.removeFirst() }
      } else if seen.insert(key).inserted {
        found.append((row.integer(0), point))
      }
      return true
    }
    return found + addresses
  }

  /// Other names: what threads, address books and the person themselves say.
  private func addNames(_ profile: inout MatchProfile) throws {
    var names: Set<String> = []
    try db.forEachRow(
      """
      SELECT t.title, t.participants, t.slug FROM participant q
      JOIN conversation c ON c.id = q.conversation_id JOIN thread t ON t.conversation_id = c.id
      JOIN source s ON s.id = t.source_id
      WHERE q.profile_id = ? AND c.kind = 'direct' ORDER BY s.sha256, t.key LIMIT 40
      """, [.integer(profile.id)], isCached: true
    ) { row in
      names.formUnion(StoredList.values(row.cell(1).text ?? "[]"))
      if let title = row.cell(0).text { names.insert(title) }
      if let slug = row.cell(2).text { profile.slug = min(profile.slug ?? slug, slug) }
      return true
    }
    if let handle = profile.handle {
      names.formUnion(
        try String.fetchAll(
          db.cachedStatement(sql: "SELECT name FROM known_name WHERE handle = ?"),
          arguments: [handle]))
    }
    names.formUnion(
      profile.contacts.filter { $0.point.kind == .name && $0.point.ownership == .own }
        .map(\.point.value))
    names.subtract(ownerNames)
    profile.aliases = names.filter { name in
      !name.isEmpty && name != profile.name && name != profile.handle
        && PersonHandle.of(.named(name), namesAreHandles: false) == nil
    }.sorted()
  }
}
