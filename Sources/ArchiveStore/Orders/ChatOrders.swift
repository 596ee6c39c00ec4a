import InboxModel

/// Reads the orders out of conversations, with the messages that prove each fact.
///
/// Conversations are read side by side, a portion of them in memory; a very long one is read alone,
/// message by message.
struct ChatOrders<Finder: OrderFinding> {
  let finder: Finder
  /// Gives the messages of a conversation in order of time, one by one; nil at the end.
  let messages: (Int64) -> () throws -> OrderMessage?
  /// So many messages wait at a time; a conversation of as many is not held whole.
  var mostMessages = 16_384

  /// A conversation whose messages wait to be read.
  private struct Talk: Sendable {
    let conversation: Int64
    let messages: [OrderMessage]
  }

  private static var mostTalks: Int { 1_024 }

  /// Reads conversations and hands on the orders of each, in the order in which they were asked for.
  ///
  /// - Parameters:
  ///   - conversations: In order; those that are no talk with a customer have no orders.
  ///   - body: Gets each conversation, in the same order.
  /// - Throws: What SQLite reports, and what `body` throws.
  func forEach(
    _ conversations: [(id: Int64, isShopTalk: Bool)], _ body: (Int64, [OrderDraft]) throws -> Void
  ) throws {
    let finder = finder
    var reading = WorkBeside<[Talk], [(Int64, [OrderDraft])]> { talks in
      SideBySide.map(talks) { ($0.conversation, Self.drafts(finder.read($0.messages))) }
    }
    func hand(_ found: [(Int64, [OrderDraft])]) throws {
      for (conversation, drafts) in found { try body(conversation, drafts) }
    }
    var waiting: [Talk] = []
    var size = 0
    for conversation in conversations {
      let next = messages(conversation.id)
      var first: [OrderMessage] = []
      while conversation.isShopTalk, first.count < mostMessages, let message = try next() {
        first.append(message)
      }
      waiting.append(Talk(conversation: conversation.id, messages: first))
      size += first.count
      if first.count == mostMessages {
        waiting.removeLast()
        try reading.add(waiting, hand)
        try reading.finish(hand)
        var rest = first.makeIterator()
        try body(conversation.id, Self.drafts(finder.read { try rest.next() ?? next() }))
      } else if size < mostMessages, waiting.count < Self.mostTalks {
        continue
      } else {
        try reading.add(waiting, hand)
      }
      waiting.removeAll(keepingCapacity: true)
      size = 0
    }
    try reading.add(waiting, hand)
    try reading.finish(hand)
  }

  private static func drafts(_ orders: [ReadOrder]) -> [OrderDraft] {
    orders.map {
      OrderDraft(
        source: .chat, facts: OrderFacts($0), reason: $0.reason, messages: $0.messages,
        proofs: $0.proofs)
    }
  }
}
