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
    let messages = ConversationMessages(db, conversation)
    return try finder.read(messages.next).map {
      OrderDraft(
        source: .chat, facts: OrderFacts($0), reason: $0.reason, messages: $0.messages,
        proofs: $0.proofs)
    }
  }
}
