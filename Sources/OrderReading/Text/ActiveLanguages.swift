/// The languages in which a conversation is written: words of others mean nothing in it.
struct ActiveLanguages {
  private let active: Set<String>

  /// A language that so much less of a conversation is in than in the first is not looked at.
  private static let share = 3

  init(_ texts: [OrderText]) {
    var weights: [String: Int] = [:]
    for text in texts {
      for hit in text.hits.values.joined() {
        guard hit.languages.count == 1, let language = hit.languages.first else { continue }
        // Words of one letter are in every language.
        let letters = text.tokens[hit.tokens].reduce(0) { $0 + $1.folded.unicodeScalars.count }
        if letters > 1 { weights[language, default: 0] += letters }
      }
    }
    let most = weights.values.max() ?? 0
    active = Set(weights.filter { $0.value * ActiveLanguages.share >= most }.keys)
  }

  /// Takes out what is of other languages; words in Arabic, Greek and Hebrew letters are always theirs.
  func keepOnly(_ texts: inout [OrderText]) {
    guard !active.isEmpty else { return }
    for place in texts.indices {
      let text = texts[place]
      texts[place].hits = text.hits.compactMapValues { hits in
        let kept = hits.filter { hit in
          !hit.languages.isDisjoint(with: active)
            || text.tokens[hit.tokens.lowerBound].folded.unicodeScalars.contains {
              $0.value >= 0x370
            }
        }
        return kept.isEmpty ? nil : kept
      }
    }
  }
}
