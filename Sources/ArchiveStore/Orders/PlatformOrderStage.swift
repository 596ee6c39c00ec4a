import GRDB
import InboxModel

/// Makes orders of what platforms record themselves; the message is the evidence.
struct PlatformOrderStage {
  let db: Database

  /// Removes the platform's orders of conversations that changed or are gone.
  func remove() throws {
    try db.execute(
      sql: """
        DELETE FROM purchase_line WHERE purchase_id IN (SELECT id FROM purchase
          WHERE source = 'platform' AND (conversation_id NOT IN (SELECT id FROM conversation)
            OR conversation_id IN (SELECT id FROM conversation WHERE is_unfinished > 0)))
        """)
    try db.execute(
      sql: """
        DELETE FROM purchase WHERE source = 'platform' AND (conversation_id IN
          (SELECT id FROM conversation WHERE is_unfinished > 0)
          OR conversation_id NOT IN (SELECT id FROM conversation))
        """)
  }

  /// Makes the platform's orders of conversations that changed.
  func make() throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT m.id, \(ArchiveViews.messageUID) AS uid, m.sent_at_ms, c.id AS conversation, c.customer_id, o.kind,
          o.reference, o.title, o.quantity, o.total, o.currency
        FROM platform_order o JOIN message m ON m.id = o.message_id
        JOIN conversation c ON c.id = m.conversation_id WHERE c.is_unfinished > 0 ORDER BY m.id
        """)
    for row in rows { try write(row) }
  }

  private func write(_ row: Row) throws {
    let uid: String = row["uid"]
    let total: String? = row["total"]
    let currency: String? = row["currency"]
    try db.execute(
      sql: """
        INSERT INTO purchase(uid, customer_id, conversation_id, status, placed_at, total, currency,
          currency_basis, source, review, evidence)
        VALUES (?,?,?,?,?,?,?,?,'platform','unreviewed',?)
        """,
      arguments: [
        Hexadecimal.digest(["order", uid], length: 16), row["customer_id"] as Int64?,
        row["conversation"] as Int64,
        row["kind"] == "payment" ? "paid" : "requested", ISOTime.text(row["sent_at_ms"]), total,
        currency, currency == nil ? nil : "stated", StoredList.text([uid]),
      ])
    let title: String? = row["title"]
    guard row["kind"] == "order", let item = title else { return }
    try db.execute(
      sql: "INSERT INTO purchase_line VALUES (?, 0, ?, ?, NULL, NULL, ?)",
      arguments: [db.lastInsertedRowID, item, (row["quantity"] as Int64?).map(String.init), total])
  }
}
