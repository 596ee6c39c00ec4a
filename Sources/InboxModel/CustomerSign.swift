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
