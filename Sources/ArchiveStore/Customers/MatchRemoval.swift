import GRDB

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
    ] { try db.run(sql, [conversation]) }
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
  ///
  /// - Parameters:
  ///   - db: The archive.
  ///   - condition: Says of rows of `profile` who they are.
  ///   - arguments: The values for its `?1`.
  /// - Throws: What SQLite reports.
  static func forget(
    _ db: Database, _ condition: String, _ arguments: StatementArguments = []
  ) throws {
    let people = "SELECT id FROM profile WHERE \(condition)"
    for sql in [
      """
      INSERT OR IGNORE INTO stale_key SELECT DISTINCT kind, value FROM person_key
        WHERE profile_id IN (\(people))
      """,
      """
      INSERT OR IGNORE INTO stale_customer SELECT second_id FROM profile_link
        WHERE first_id IN (\(people))
      """,
      """
      INSERT OR IGNORE INTO stale_customer SELECT first_id FROM profile_link
        WHERE second_id IN (\(people))
      """,
      """
      INSERT OR IGNORE INTO left_customer SELECT customer_id FROM profile
        WHERE customer_id IS NOT NULL AND \(condition)
      """,
      """
      INSERT OR IGNORE INTO changed_value SELECT kind, value FROM contact_point
        WHERE profile_id IN (\(people))
      """,
      "DELETE FROM profile_link WHERE first_id IN (\(people))",
      "DELETE FROM profile_link WHERE second_id IN (\(people))",
      "DELETE FROM person_key WHERE profile_id IN (\(people))",
      "DELETE FROM contact_point WHERE profile_id IN (\(people))",
      "DELETE FROM customer_sign WHERE profile_id IN (\(people))",
    ] { try db.run(sql, arguments) }
  }
}
