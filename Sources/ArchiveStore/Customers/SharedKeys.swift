import GRDB
import InboxModel

/// Keys with those who have them.
struct SharedKeys {
  let db: Database
  /// Of a key that too many have, only these are looked at.
  var asked: Set<Int64> = []

  /// So many keys are taken together.
  private static let portion = 1_000

  private struct Shared {
    let key: PersonKey
    let isCrowded: Bool
    var sightings: [(profile: Int64, sighting: KeySighting)] = []
  }

  /// Calls `body` with each key, its holders, and whether it has more than these.
  ///
  /// - Parameters:
  ///   - sql: A SELECT of kind, value, and whether too many have the key.
  ///   - body: Must not write to keys.
  /// - Throws: What SQLite reports, and what `body` throws.
  func forEach(
    _ sql: String, _ body: (PersonKey, [KeyHolder], _ isCrowded: Bool) throws -> Void
  ) throws {
    var keys: [Shared] = []
    try db.forEachRow(sql) { row in
      guard let kind = PersonKey.Kind(rawValue: row.cell(0).text ?? "") else { return true }
      keys.append(
        Shared(key: PersonKey(kind, row.cell(1).text ?? ""), isCrowded: row.integer(2) == 1))
      if keys.count == SharedKeys.portion {
        try handOut(&keys, body)
        keys.removeAll(keepingCapacity: true)
      }
      return true
    }
    try handOut(&keys, body)
  }

  private func handOut(
    _ keys: inout [Shared], _ body: (PersonKey, [KeyHolder], Bool) throws -> Void
  ) throws {
    for place in keys.indices { try addSightings(&keys[place]) }
    let people = Set(keys.flatMap { $0.sightings.map(\.profile) })
    let profiles = try ProfilePortion(db, people).profiles()
    for shared in keys {
      let holders = shared.sightings.compactMap { profile, sighting in
        profiles[profile].map { KeyHolder(profile: $0, sighting: sighting) }
      }
      try body(shared.key, holders, shared.isCrowded)
    }
  }

  private func addSightings(_ shared: inout Shared) throws {
    var found: [(profile: Int64, sighting: KeySighting)] = []
    try db.forEachRow(
      "SELECT profile_id, strength, role, contact_id FROM person_key WHERE kind = ? AND value = ?",
      [.text(shared.key.kind.rawValue), .text(shared.key.value)], isCached: true
    ) { row in
      guard let strength = KeySighting.Strength(rawValue: Int(row.integer(1))),
        !shared.isCrowded || asked.contains(row.integer(0))
      else { return true }
      let sighting = KeySighting(
        shared.key, strength, role: row.cell(2).text.flatMap(ContactPoint.Role.init),
        contact: row.cell(3).integer)
      found.append((row.integer(0), sighting))
      return true
    }
    shared.sightings = found
  }
}
