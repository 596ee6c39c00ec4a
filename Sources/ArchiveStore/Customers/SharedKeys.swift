import GRDB
import InboxModel

/// A key with those who have it.
struct SharedKey: Sendable {
  let key: PersonKey
  let holders: [KeyHolder]
  /// True if more have it than these.
  let isCrowded: Bool
}

/// Keys with those who have them, in portions.
struct SharedKeys {
  let db: Database
  /// Of a key that too many have, only these are looked at.
  var asked: Set<Int64> = []

  /// So many keys are taken together.
  private static let portion = 1_000

  private struct Seen {
    let key: PersonKey
    let isCrowded: Bool
    var sightings: [(profile: Int64, sighting: KeySighting)] = []
  }

  /// Calls `body` with portions of the keys.
  ///
  /// - Parameters:
  ///   - sql: A SELECT of kind, value, and whether too many have the key.
  ///   - body: Must not write to keys.
  /// - Throws: What SQLite reports, and what `body` throws.
  func forEach(
    _ sql: String, _ body: ([SharedKey]) throws -> Void
  ) throws {
    var keys: [Seen] = []
    try db.forEachRow(sql) { row in
      guard let kind = PersonKey.Kind(rawValue: row.cell(0).text ?? "") else { return true }
      keys.append(
        Seen(key: PersonKey(kind, row.cell(1).text ?? ""), isCrowded: row.integer(2) == 1))
      if keys.count == SharedKeys.portion {
        try handOut(&keys, body)
        keys.removeAll(keepingCapacity: true)
      }
      return true
    }
    try handOut(&keys, body)
  }

  private func handOut(
    _ keys: inout [Seen], _ body: ([SharedKey]) throws -> Void
  ) throws {
    for place in keys.indices { try addSightings(&keys[place]) }
    let people = Set(keys.flatMap { $0.sightings.map(\.profile) })
    let profiles = try ProfilePortion(db, people).profiles()
    try body(
      keys.map { seen in
        let holders = seen.sightings.compactMap { profile, sighting in
          profiles[profile].map { KeyHolder(profile: $0, sighting: sighting) }
        }
        return SharedKey(key: seen.key, holders: holders, isCrowded: seen.isCrowded)
      })
  }

  private func addSightings(_ seen: inout Seen) throws {
    var found: [(profile: Int64, sighting: KeySighting)] = []
    try db.forEachRow(
      "SELECT profile_id, strength, role, contact_id FROM person_key WHERE kind = ? AND value = ?",
      [.text(seen.key.kind.rawValue), .text(seen.key.value)], isCached: true
    ) { row in
      guard let strength = KeySighting.Strength(rawValue: Int(row.integer(1))),
        !seen.isCrowded || asked.contains(row.integer(0))
      else { return true }
      let sighting = KeySighting(
        seen.key, strength, role: row.cell(2).text.flatMap(ContactPoint.Role.init),
        contact: row.cell(3).integer)
      found.append((row.integer(0), sighting))
      return true
    }
    seen.sightings = found
  }
}
