/// The languages in which a conversation is written: words of others mean nothing in it.
struct ActiveLanguages {
  /// A bit for each, in the order of `OrderWords.languages`.
  private var active: UInt8 = 0

  /// A language that so much less of a conversation is in than in the first is not looked at.
  private static let share = 3
  /// So many messages say in which languages people write.
  static let enough = 120

  /// - Parameter texts: The first messages of a conversation.
  init(_ texts: some Sequence<OrderText>) {
    var weights = [Int](repeating: 0, count: OrderWords.languages.count)
    for text in texts {
      for hit in text.hits.values.joined() where hit.languages.nonzeroBitCount == 1 {
        // Words of one letter are in every language.
        let letters = text.tokens[hit.tokens].reduce(0) { $0 + $1.folded.unicodeScalars.count }
        if letters > 1 { weights[hit.languages.trailingZeroBitCount] += letters }
      }
    }
    let most = weights.max() ?? 0
    for (number, weight) in weights.enumerated() where weight * ActiveLanguages.share >= most {
      active |= 1 << number
    }
  }

  /// Takes out what is of other languages; words in Arabic, Greek and Hebrew letters are always theirs.
  func keepOnly(_ text: inout OrderText) {
    let tokens = text.tokens
    text.hits = text.hits.compactMapValues { hits in
      let kept = hits.filter { hit in
        hit.languages & active != 0
          || tokens[hit.tokens.lowerBound].folded.unicodeScalars.contains { $0.value >= 0x370 }
      }
      return kept.isEmpty ? nil : kept
    }
  }
}
