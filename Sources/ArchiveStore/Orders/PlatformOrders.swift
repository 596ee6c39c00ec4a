import GRDB
import InboxModel

/// Makes orders of what platforms record themselves; the message is the evidence.
struct PlatformOrders {
  private let db: Database
  private let hasAny: Bool

  /// - Throws: What SQLite reports.
  init(_ db: Database) throws {
    self.db = db
    hasAny = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM platform_order)") ?? false
  }

  /// The platform's orders of a conversation, in order of time.
  ///
  /// - Throws: What SQLite reports.
  func drafts(_ conversation: Int64) throws -> [OrderDraft] {
    guard hasAny else { return [] }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT m.id, m.sent_at_ms, o.kind, o.title, o.quantity, o.total, o.currency
          FROM message m CROSS JOIN platform_order o ON o.message_id = m.id
          WHERE m.conversation_id = ? ORDER BY m.id
          """), arguments: [conversation]
    ).map(PlatformOrders.draft)
  }

  private static func draft(_ row: Row) -> OrderDraft {
    let isPayment = row["kind"] == "payment"
    var facts = OrderFacts(
      status: isPayment ? "paid" : "requested", placedAt: ISOTime.text(row["sent_at_ms"]))
    facts.total = row["total"]
    facts.currency = row["currency"]
    facts.currencyBasis = facts.currency == nil ? nil : "stated"
    if !isPayment, let item = row["title"] as String? {
      facts.lines = [
        OrderFacts.Line(
          item: item, quantity: (row["quantity"] as Int64?).map(String.init),
          lineTotal: facts.total)
      ]
    }
    return OrderDraft(
      source: .platform, facts: facts,
      reason: isPayment ? "the platform records a payment" : "the platform records an order",
      messages: [row["id"]])
  }
}
