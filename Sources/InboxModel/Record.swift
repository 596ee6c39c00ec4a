/// What a record beside the messages is about. The raw value stands in the archive's `kind` column.
///
/// An open set: a new importer brings its own words.
package struct RecordKind: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// The account's own data.
  package static let profile = RecordKind(rawValue: "profile")
  package static let friend = RecordKind(rawValue: "friend")
  /// Requests to be friends or to follow, sent, received or refused.
  package static let request = RecordKind(rawValue: "request")
  package static let follower = RecordKind(rawValue: "follower")
  package static let following = RecordKind(rawValue: "following")
  /// Who was blocked, restricted or removed.
  package static let blocked = RecordKind(rawValue: "blocked")
  /// An entry of an address book.
  package static let contact = RecordKind(rawValue: "contact")
  package static let comment = RecordKind(rawValue: "comment")
  package static let post = RecordKind(rawValue: "post")
  package static let review = RecordKind(rawValue: "review")
  package static let page = RecordKind(rawValue: "page")
  /// Something offered for sale.
  package static let listing = RecordKind(rawValue: "listing")
  package static let purchase = RecordKind(rawValue: "purchase")
  package static let payment = RecordKind(rawValue: "payment")
  package static let address = RecordKind(rawValue: "address")
  /// An answer in a form of an advertisement.
  package static let lead = RecordKind(rawValue: "lead")
  package static let support = RecordKind(rawValue: "support")
  /// A conversation that was reported.
  package static let report = RecordKind(rawValue: "report")
  package static let advertising = RecordKind(rawValue: "advertising")
  /// What was looked at or wished for in shops: never an order.
  package static let shopping = RecordKind(rawValue: "shopping")
  /// Answers to stories: polls, questions, reactions.
  package static let story = RecordKind(rawValue: "story")
}

/// A record of a download that is no message: a friend, an address book's entry, a payment.
package struct Record: Sendable {
  package var kind: RecordKind
  /// Who or what it is about.
  package var name: String?
  /// What was written.
  package var text: String?
  package var time: SourceTime?
  /// Exact decimal text without a currency, such as `25.00`.
  package var amount: String?
  /// ISO 4217 where the source shows which; else the sign as written.
  package var currency: String?
  /// Phone numbers and e-mail addresses of whom it is about, as written.
  package var contacts: [String]
  /// All that the source says, label and value, in its order.
  package var detail: [Detail]
  package var place: RecordPlace

  package struct Detail: Sendable, Hashable {
    package let label: String
    package let value: String

    package init(label: String, value: String) {
      self.label = label
      self.value = value
    }
  }

  package init(
    kind: RecordKind, name: String? = nil, text: String? = nil, time: SourceTime? = nil,
    amount: String? = nil, currency: String? = nil, contacts: [String] = [],
    detail: [Detail] = [], place: RecordPlace = RecordPlace(offset: 0, length: 0)
  ) {
    self.kind = kind
    self.name = name
    self.text = text
    self.time = time
    self.amount = amount
    self.currency = currency
    self.contacts = contacts
    self.detail = detail
    self.place = place
  }
}
