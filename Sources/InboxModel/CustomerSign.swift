/// Words by which somebody shows that they are no customer, or want no more messages.
package struct CustomerSign: Sendable, Equatable {
  /// The raw value is the word in the archive.
  package enum Kind: String, Sendable {
    case optOut = "opt-out"
    case supplier, spam, bot, courier
  }

  package var kind: Kind
  /// As written.
  package var words: String

  package init(kind: Kind, words: String) {
    self.kind = kind
    self.words = words
  }
}

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
  mutating func isWorthReading(_ text: String, isOwner: Bool) -> Bool
  /// The contact points of a message, and the signs if somebody else than the business wrote it.
  mutating func read(_ message: ChatMessage, _ surroundings: Surroundings) -> FoundInMessage
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

/// Compares profiles: what the store asks of those who know names and numbers.
package protocol ProfileMatching {
  /// What a profile must share with another to be looked at beside it.
  mutating func keys(of profile: MatchProfile) -> [KeySighting]
  /// What is said of each pair of a key's holders.
  mutating func links(_ key: PersonKey, _ holders: [KeyHolder]) -> [ProfileLink]
  /// The groups of those who are joined; see `Components`.
  func groups(
    _ nodes: [Int64], joins: [(Int64, Int64)], apart: [(Int64, Int64)]
  ) -> [[Int64]]
  /// What a name says of who somebody is.
  mutating func sign(name: String) -> CustomerSign?
  /// True for what platforms show in place of a name.
  mutating func isPlaceholder(_ name: String) -> Bool
}
