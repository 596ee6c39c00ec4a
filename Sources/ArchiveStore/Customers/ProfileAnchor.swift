import GRDB
import InboxModel

/// What makes a profile known in every archive of the same downloads: its handle, or the threads in
/// which it stands.
package struct ProfileAnchor: Codable, Sendable, Equatable {
  var platform: String
  var handle: String?
  /// Threads by the hash of their file and their key in it.
  var threads: [ThreadPlace]?
  var name: String?
  /// True for the other one of two: there the name may change.
  var isOfTwo: Bool?

  struct ThreadPlace: Codable, Sendable, Equatable {
    let file: String
    let key: String
  }

  /// More threads of one conversation need not be remembered.
  private static let enough = 8

  /// The anchor of a profile; nil if there is none of this number.
  static func of(_ profile: Int64, _ db: Database) throws -> ProfileAnchor? {
    guard
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT platform, handle, name FROM profile WHERE id = ?"),
        arguments: [profile])
    else { return nil }
    if let handle = row[1] as String? { return ProfileAnchor(platform: row[0], handle: handle) }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT s.sha256, t.key, c.kind FROM participant q
          JOIN conversation c ON c.id = q.conversation_id JOIN thread t ON t.conversation_id = c.id
          JOIN source s ON s.id = t.source_id WHERE q.profile_id = ? ORDER BY s.sha256, t.key LIMIT ?
          """), arguments: [profile, enough])
    let isDirect = rows.first.map { $0[2] == "direct" } ?? true
    return ProfileAnchor(
      platform: row[0], threads: rows.map { ThreadPlace(file: $0[0], key: $0[1]) }, name: row[2],
      isOfTwo: isDirect)
  }

  /// The profile in this archive; nil while its downloads are not in it.
  func profile(_ db: Database) throws -> Int64? { try profiles(db).first }

  /// All profiles that it may be by now: threads that were one conversation may be several.
  func profiles(_ db: Database) throws -> [Int64] {
    if let handle {
      return try Int64.fetchAll(
        db.cachedStatement(
          sql: "SELECT id FROM profile WHERE platform = ? AND handle = ? AND is_owner = 0"),
        arguments: [platform, handle])
    }
    var found: [Int64] = []
    for place in threads ?? [] {
      let people = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT p.id, p.name FROM source s JOIN thread t ON t.source_id = s.id AND t.key = ?2
            JOIN participant q ON q.conversation_id = t.conversation_id
            JOIN profile p ON p.id = q.profile_id
            WHERE s.sha256 = ?1 AND p.is_owner = 0 ORDER BY p.uid
            """), arguments: [place.file, place.key])
      // Where the business is not known yet, or more people write, only the name says who it is.
      let one = people.count == 1 && isOfTwo == true ? people[0] : people.first { $0[1] == name }
      if let id = one?[0] as Int64?, !found.contains(id) { found.append(id) }
    }
    return found
  }
}
