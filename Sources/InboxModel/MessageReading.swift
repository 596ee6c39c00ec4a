/// What a message says of who wrote it.
package struct FoundInMessage: Sendable {
  package var contacts: [ContactPoint]
  package var signs: [CustomerSign]

  package init(contacts: [ContactPoint], signs: [CustomerSign]) {
    self.contacts = contacts
    self.signs = signs
  }
}

/// Reads messages for contact points and signs: what the store asks of those who know languages.
package protocol MessageReading {
  /// True for a text that may hold something: the others need not be read.
  func isWorthReading(_ text: String, isOwner: Bool) -> Bool
  /// The contact points of a message, and the signs if somebody else than the business wrote it.
  func read(_ message: ChatMessage, _ surroundings: Surroundings) -> FoundInMessage
  /// What a contact card says.
  func card(_ text: String) -> [ContactPoint]
  /// What an entry of an address book says.
  func entry(_ text: String) -> [ContactPoint]
  /// The number by which a platform knows a person.
  func shown(_ e164: String, raw: String) -> ContactPoint
}

/// What is around a message.
package struct Surroundings: Sendable {
  /// Messages before it, nearest first.
  package var before: [ChatMessage]
  /// The message after it.
  package var after: ChatMessage?
  /// What the sender is called.
  package var name: String?
  /// False for groups.
  package var isDirect: Bool
  /// The sender's own number by which the platform knows them: national numbers may be of its
  /// country.
  package var handle: String?
  /// Numbers in E.164 that the business wrote before in this conversation.
  package var toldByOwner: Set<String>

  package init(
    before: [ChatMessage] = [], after: ChatMessage? = nil, name: String? = nil,
    isDirect: Bool = true, handle: String? = nil, toldByOwner: Set<String> = []
  ) {
    self.before = before
    self.after = after
    self.name = name
    self.isDirect = isDirect
    self.handle = handle
    self.toldByOwner = toldByOwner
  }
}

/// A message as those see it who read a conversation for what it means.
package struct ChatMessage: Sendable, Equatable {
  package let text: String
  package let isOwner: Bool
  package let sender: Int64
  /// Milliseconds since 1970, UTC.
  package let sentAt: Int64

  package init(text: String, isOwner: Bool, sender: Int64, sentAt: Int64) {
    self.text = text
    self.isOwner = isOwner
    self.sender = sender
    self.sentAt = sentAt
  }
}
