import GRDB

/// One customer for each person that the business talks to directly.
struct CustomerStage {
  let db: Database

  /// Makes the customers of conversations that changed, and counts theirs.
  func run(conversations: [Int64]) throws {
    // A person whose uid changed is not the customer any more that somebody else may be now.
    try db.execute(
      sql: """
        UPDATE profile SET customer_id = NULL WHERE customer_id IS NOT NULL
          AND (is_owner = 1 OR 'c' || uid <> (SELECT k.uid FROM customer k WHERE k.id = customer_id))
        """)
    try db.execute(
      sql: """
        INSERT INTO customer(uid, name, platforms)
        SELECT 'c' || p.uid, p.name, json_array(p.platform) FROM profile p
        WHERE p.is_owner = 0 AND p.customer_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.uid = 'c' || p.uid) AND p.id IN (
          SELECT t.profile_id FROM participant t JOIN conversation c ON c.id = t.conversation_id
          WHERE c.is_unfinished > 0 AND c.kind = 'direct')
        """)
    try db.execute(
      sql: """
        UPDATE profile SET customer_id = (SELECT k.id FROM customer k WHERE k.uid = 'c' || profile.uid)
        WHERE is_owner = 0 AND customer_id IS NULL
        """)
    try db.execute(
      sql: """
        UPDATE conversation SET customer_id = (
          SELECT p.customer_id FROM participant t JOIN profile p ON p.id = t.profile_id
          WHERE t.conversation_id = conversation.id AND p.customer_id IS NOT NULL
          ORDER BY p.uid LIMIT 1)
        WHERE is_unfinished > 0 AND kind = 'direct'
        """)
    try db.execute(
      sql:
        "DELETE FROM customer WHERE id NOT IN (SELECT customer_id FROM profile WHERE customer_id IS NOT NULL)"
    )
    try db.execute(
      sql: """
        UPDATE customer SET
          profile_count = (SELECT count(*) FROM profile p WHERE p.customer_id = customer.id),
          name = (SELECT p.name FROM profile p WHERE p.customer_id = customer.id ORDER BY p.uid LIMIT 1),
          message_count = (SELECT coalesce(sum(c.message_count), 0) FROM conversation c WHERE c.customer_id = customer.id),
          first_ms = (SELECT min(c.first_ms) FROM conversation c WHERE c.customer_id = customer.id),
          last_ms = (SELECT max(c.last_ms) FROM conversation c WHERE c.customer_id = customer.id)
        WHERE id IN (SELECT customer_id FROM conversation WHERE is_unfinished > 0)
        """)
  }
}
