/// Reads conversations for orders: what the store asks of those who know languages.
package protocol OrderFinding: Sendable {
  /// The orders of one conversation between the business and a customer.
  ///
  /// - Parameter next: Gives the messages in order of time, one by one; nil at the end.
  /// - Returns: In the order in which they were asked for.
  /// - Throws: What `next` throws.
  func read(_ next: () throws -> OrderMessage?) rethrows -> [ReadOrder]
}

extension OrderFinding {
  /// The orders of a short conversation.
  package func read(_ messages: [OrderMessage]) -> [ReadOrder] {
    var rest = messages.makeIterator()
    return read { rest.next() }
  }
}

/// A message as orders are read out of it.
package struct OrderMessage: Sendable {
  /// A number that somebody gave.
  package struct Phone: Sendable {
    /// As written.
    package var raw: String
    /// E.164.
    package var number: String

    package init(raw: String, number: String) {
      self.raw = raw
      self.number = number
    }
  }

  package var id: Int64
  package var text: String
  /// True for the business's own.
  package var isOwner: Bool
  /// Milliseconds since 1970, UTC.
  package var sentAt: Int64
  package var phones: [Phone]

  package init(id: Int64, text: String, isOwner: Bool, sentAt: Int64, phones: [Phone] = []) {
    self.id = id
    self.text = text
    self.isOwner = isOwner
    self.sentAt = sentAt
    self.phones = phones
  }
}
