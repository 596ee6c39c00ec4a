import GRDB
import InboxModel

/// Reads the orders out of conversations, with the messages that prove each fact.
struct ChatOrders<Finder: OrderFinding> {
  let db: Database
  let finder: Finder

  /// The orders of a direct conversation, in the order in which they were asked for.
  ///
  /// - Throws: What SQLite reports.
  func drafts(_ conversation: Int64) throws -> [OrderDraft] {
    guard try isWorthReading(conversation) else { return [] }
    let messages = ConversationMessages(db, conversation)
    return try finder.read(messages.next).map {
      OrderDraft(
        source: .chat, facts: OrderFacts($0), reason: $0.reason, messages: $0.messages,
        proofs: $0.proofs)
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
}
