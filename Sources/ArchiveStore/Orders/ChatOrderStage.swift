import Foundation
import GRDB
import InboxModel

/// Reads the orders out of conversations that changed, and writes them with the messages that prove
/// each fact.
struct ChatOrderStage<Finder: OrderFinding> {
  let db: Database
  let finder: Finder

  /// - Throws: What SQLite reports.
  func run() throws {
    let changed = "(SELECT id FROM conversation WHERE needs_contacts = 1)"
    let old = "(SELECT id FROM purchase WHERE source = 'chat' AND conversation_id IN \(changed))"
    try db.execute(
      sql: """
        DELETE FROM purchase_line WHERE purchase_id IN \(old);
        DELETE FROM purchase_proof WHERE purchase_id IN \(old);
        DELETE FROM purchase WHERE source = 'chat' AND conversation_id IN \(changed);
        """)
    // Several people's talk is nobody's order.
    let conversations = try Int64.fetchAll(
      db,
      sql: "SELECT id FROM conversation WHERE needs_contacts = 1 AND kind = 'direct' ORDER BY id")
    for conversation in conversations where try isWorthReading(conversation) {
      let messages = ConversationMessages(db, conversation)
      try write(try finder.read(messages.next), conversation)
    }
  }

  /// True if any message may ask for goods: most conversations hold none.
  private func isWorthReading(_ conversation: Int64) throws -> Bool {
    var isWorth = false
    try db.forEachRow(
      "SELECT text FROM message WHERE conversation_id = ? AND text IS NOT NULL AND kind <> 'system'",
      [.integer(conversation)], isCached: true
    ) { row in
      isWorth = finder.isWorthReading(row.cell(0).text ?? "")
      return !isWorth
    }
    return isWorth
  }

  private func write(_ orders: [ReadOrder], _ conversation: Int64) throws {
    var seen: [Int64: Int] = [:]
    for order in orders {
      let uids = try order.messages.map(uid)
      // Two orders in one message are told apart by their places.
      let first = order.messages.first ?? 0
      let number = seen[first, default: 0]
      seen[first] = number + 1
      let currency = order.currency
      try db.run(
        """
        INSERT INTO purchase(uid, customer_id, conversation_id, status, placed_at, total, currency,
          currency_basis, delivery_address, phone, source, review, evidence, delivery_fee,
          status_reason)
        VALUES (?1, (SELECT customer_id FROM conversation WHERE id = ?2), ?2, ?3, ?4, ?5, ?6, ?7, ?8,
          ?9, 'chat', 'unreviewed', ?10, ?11, ?12)
        """,
        [
          Hexadecimal.digest(["chat order", uids.first ?? "", String(number)], length: 16),
          conversation, order.status.rawValue, ISOTime.text(order.placedAt),
          order.total.map { Money.text($0, currency: currency) }, currency,
          order.currencyBasis?.rawValue, order.address, order.phone, StoredList.text(uids),
          order.deliveryFee.map { Money.text($0, currency: currency) }, order.reason,
        ])
      let id = db.lastInsertedRowID
      for (position, line) in order.lines.enumerated() {
        try db.run(
          "INSERT INTO purchase_line VALUES (?,?,?,?,?,?,?)",
          [
            id, position, line.item, line.quantity.map(Money.plain), line.unit,
            line.unitPrice.map { Money.text($0, currency: currency) },
            line.lineTotal.map { Money.text($0, currency: currency) },
          ])
      }
      for (number, proof) in order.proofs.enumerated() {
        try db.run(
          "INSERT INTO purchase_proof VALUES (?,?,?,?,?,?)",
          [id, number, proof.field, proof.message, proof.range.lowerBound, proof.range.count])
      }
    }
  }

  private func uid(_ message: Int64) throws -> String {
    try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(ArchiveViews.messageUID) FROM message m
          JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?
          """), arguments: [message]) ?? ""
  }
}
