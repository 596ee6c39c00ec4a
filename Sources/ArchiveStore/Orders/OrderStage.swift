import GRDB
import InboxModel

/// Makes the orders of conversations that changed: those that platforms record, those that are read
/// out of chats, and what the user decided about any of them.
struct OrderStage<Finder: OrderFinding> {
  let db: Database
  let finder: Finder

  /// Marks the conversations whose messages are to be read in this second phase.
  ///
  /// - Throws: What SQLite reports.
  func noteChanges() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_order SELECT id FROM conversation WHERE needs_contacts = 1
        """)
  }

  /// - Parameter isWhole: True if nothing else waits for what orders were called before.
  /// - Throws: What SQLite reports.
  func run(isWhole: Bool) throws {
    let decisions = try OrderDecisions(db)
    try decisions.markMoved(db)
    let conversations = try changed()
    guard !conversations.isEmpty else { return }
    let stale = "conversation_id IN (SELECT conversation_id FROM stale_order)"
    try OrderRemoval.leave(db, stale)
    try OrderRemoval.remove(db, stale)
    let platform = try PlatformOrders(db)
    let writer = try OrderWriter(db)
    let chat = ChatOrders(finder: finder) { ConversationMessages(db, $0).next }
    try chat.forEach(conversations) { conversation, talk in
      let read = OrderJoining.join(platform: try platform.drafts(conversation), chat: talk)
      let drafts = decisions.apply(to: read, in: conversation)
      try writer.write(drafts, of: conversation)
    }
    // What other conversations were called before is still waited for.
    let noted =
      isWhole
      ? ""
      : """
      WHERE (source_id, record) IN (SELECT g.source_id, g.record FROM purchase o
        CROSS JOIN sighting g ON g.message_id = o.message_id WHERE o.\(stale))
      """
    try db.execute(
      sql: """
        DELETE FROM former_order \(noted);
        UPDATE customer SET order_count = \(CustomerFacts.orderCount) WHERE id IN (
          SELECT c.customer_id FROM stale_order s
          CROSS JOIN conversation c ON c.id = s.conversation_id WHERE c.customer_id IS NOT NULL);
        DELETE FROM stale_order;
        """)
  }

  /// The conversations that changed, in order, and whether each is talk with a customer: several
  /// people's is nobody's order, and couriers and suppliers order nothing.
  private func changed() throws -> [(id: Int64, isShopTalk: Bool)] {
    // There may be millions of them.
    var found: [(id: Int64, isShopTalk: Bool)] = []
    try db.forEachRow(
      """
      SELECT c.id, c.kind IS 'direct' AND coalesce(k.kind, 'customer') = 'customer'
      FROM stale_order s CROSS JOIN conversation c ON c.id = s.conversation_id
      LEFT JOIN customer k ON k.id = c.customer_id ORDER BY c.id
      """
    ) { row in
      found.append((row.integer(0), row.integer(1) == 1))
      return true
    }
    return found
  }
}

/// The one way in which orders leave the archive.
enum OrderRemoval {
  /// - Parameters:
  ///   - db: The archive.
  ///   - condition: Says of rows of `purchase` which.
  ///   - arguments: The values for its `?1`.
  /// - Throws: What SQLite reports.
  static func remove(
    _ db: Database, _ condition: String, _ arguments: StatementArguments = []
  ) throws {
    let orders = "(SELECT id FROM purchase WHERE \(condition))"
    for sql in [
      "DELETE FROM purchase_line WHERE purchase_id IN \(orders)",
      "DELETE FROM purchase_proof WHERE purchase_id IN \(orders)",
      "DELETE FROM purchase WHERE \(condition)",
    ] { try db.run(sql, arguments) }
  }

  /// Notes orders that are made anew: their uids may change.
  ///
  /// - Parameters:
  ///   - db: The archive.
  ///   - condition: Says of rows of `purchase` which.
  ///   - arguments: The values for its `?1`.
  /// - Throws: What SQLite reports.
  static func leave(
    _ db: Database, _ condition: String, _ arguments: StatementArguments = []
  ) throws {
    try db.run(
      """
      INSERT OR IGNORE INTO former_order SELECT g.source_id, g.record, o.ordinal, o.uid
      FROM purchase o CROSS JOIN sighting g ON g.message_id = o.message_id
      WHERE o.source <> 'manual' AND \(condition)
      """, arguments)
  }
}
