import InboxModel

/// An order before it is written: as it is read, and then as the user decided.
struct OrderDraft {
  /// The raw value is the word in the archive.
  enum Source: String { case platform, chat, manual }
  enum Review: String { case unreviewed, confirmed, rejected }

  let source: Source
  var facts: OrderFacts
  /// Why it has its status, a sentence.
  var reason: String?
  /// The messages that speak of it, the one that asks first.
  var messages: [Int64]
  var proofs: [ReadOrder.Proof] = []
  var review = Review.unreviewed
  /// The user's decisions about it, by number.
  var decisions: [Int64] = []
  /// What was read, where the facts are others by now.
  var read: OrderFacts?
  /// What later messages say other than the user confirmed.
  var suggestion: OrderChange?
  /// Where no message tells it from others: the decision that added it.
  var about: Int64?
}
