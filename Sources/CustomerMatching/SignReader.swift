import InboxModel
import SearchText

/// Signs that somebody wants no more messages, or is no customer.
struct SignReader {
  private static let categories: [String: CustomerSign.Kind] = [
    "opt_out": .optOut, "supplier": .supplier, "spam": .spam, "bot": .bot,
  ]

  /// The signs in a message of somebody who is not the business.
  func read(_ marked: MarkedText) -> [CustomerSign] {
    marked.hits.compactMap { hit in
      guard let kind = SignReader.categories[hit.category],
        !hit.notes.contains("alone") || hit.words == marked.words.indices
      else { return nil }
      return CustomerSign(kind: kind, words: marked.words(of: hit))
    }
  }

  /// What a name says of who somebody is: a courier's goes with the trade.
  func read(name marked: MarkedText) -> CustomerSign? {
    let said = marked.hits.filter { $0.category == "courier" }
    // "Aramex driver" is one; whoever is called Minnie Driver is not.
    let covered = Set(said.flatMap { Array($0.words) })
    guard let first = said.first, marked.words.indices.allSatisfy(covered.contains) else {
      return nil
    }
    return CustomerSign(kind: .courier, words: marked.words(of: first))
  }
}
