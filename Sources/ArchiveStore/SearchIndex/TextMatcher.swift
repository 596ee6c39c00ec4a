import SearchText

/// Whether a text has the words of a query, without the index: for the few messages of one customer,
/// and for queries that only leave words out.
struct TextMatcher {
  private struct Term {
    /// Each alternative between blanks; without the last blank where the word may go on.
    let patterns: [[UInt8]]

    init(_ term: ResolvedQuery.Term) {
      patterns = term.alternatives.enumerated().map { index, words in
        let isOpen = term.isPrefix && index == 0
        return Array((" " + words.joined(separator: " ") + (isOpen ? "" : " ")).utf8)
      }
    }

    func isIn(_ words: [UInt8]) -> Bool {
      patterns.contains { pattern in
        guard words.count >= pattern.count else { return false }
        return words.withUnsafeBytes { words in
          pattern.withUnsafeBytes { pattern in TextMatcher.find(pattern, in: words) }
        }
      }
    }
  }

  private let clauses: [(wanted: [Term], unwanted: [Term])]
  private var folder = SearchFolder()

  init(_ query: ResolvedQuery) {
    clauses = query.clauses.map { ($0.wanted.map(Term.init), $0.unwanted.map(Term.init)) }
  }

  /// True if the text is one that the query finds.
  mutating func fits(_ text: String) -> Bool {
    let words = [0x20] + folder.foldedBytes(text) + [0x20]
    return clauses.contains { clause in
      clause.wanted.allSatisfy { $0.isIn(words) } && !clause.unwanted.contains { $0.isIn(words) }
    }
  }

  private static func find(
    _ pattern: UnsafeRawBufferPointer, in words: UnsafeRawBufferPointer
  ) -> Bool {
    var place = 0
    while place + pattern.count <= words.count {
      if words[place] == 0x20,
        words[place..<(place + pattern.count)].elementsEqual(pattern)
      {
        return true
      }
      place += 1
    }
    return false
  }
}
