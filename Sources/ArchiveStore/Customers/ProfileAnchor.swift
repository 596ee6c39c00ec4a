import GRDB
import InboxModel

/// What makes a profile known in every archive of the same downloads: its handle, or the threads in
/// which it stands.
package struct ProfileAnchor: Codable, Sendable, Equatable {
  var platform: String
  var handle: String?
  /// Threads by the hash of their file and their key in it.
  var threads: [ThreadPlace]?
  /// The person's name; nil for the other one of two.
  var name: String?

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
        db, sql: "SELECT platform, handle, name FROM profile WHERE id = ?", arguments: [profile])
    else { return nil }
    if let handle = row[1] as String? { return ProfileAnchor(platform: row[0], handle: handle) }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT s.sha256, t.key, c.kind FROM participant q
        JOIN conversation c ON c.id = q.conversation_id JOIN thread t ON t.conversation_id = c.id
        JOIN source s ON s.id = t.source_id WHERE q.profile_id = ? ORDER BY s.sha256, t.key LIMIT ?
        """, arguments: [profile, enough])
    let isDirect = rows.first.map { $0[2] == "direct" } ?? true
    return ProfileAnchor(
      platform: row[0], threads: rows.map { ThreadPlace(file: $0[0], key: $0[1]) },
      name: isDirect ? nil : row[2])
  }

  /// The profile in this archive; nil while its downloads are not in it.
  func profile(_ db: Database) throws -> Int64? {
    if let handle {
      return try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM profile WHERE platform = ? AND handle = ?"),
        arguments: [platform, handle])
    }
    for place in threads ?? [] {
      let id = try Int64.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT p.id FROM source s JOIN thread t ON t.source_id = s.id AND t.key = ?2
            JOIN participant q ON q.conversation_id = t.conversation_id
            JOIN profile p ON p.id = q.profile_id
            WHERE s.sha256 = ?1 AND p.is_owner = 0 AND (?3 IS NULL OR p.name = ?3)
            ORDER BY p.uid LIMIT 1
            """), arguments: [place.file, place.key, name])
      if let id { return id }
    }
    return nil
  }
}
