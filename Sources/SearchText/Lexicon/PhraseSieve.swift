/// Whether a folded text holds any of thousands of phrases: the quick question before a `Lexicon`
/// is asked which.
package struct PhraseSieve: Sendable {
  /// What follows the first word of each phrase, with a blank before each further word, by the hash of
  /// the first.
  private var rests: [UInt64: [[UInt8]]] = [:]

  /// - Parameters:
  ///   - rows: Rows of a lexicon: category, phrase.
  ///   - categories: Those that count.
  package init(rows: [[String]], categories: Set<String>) {
    var folder = SearchFolder()
    for row in rows where row.count > 1 && categories.contains(row[0]) {
      let words = folder.words(row[1].composedIfNeeded).map { Array($0.folded.utf8) }
      guard let first = words.first else { continue }
      let rest: [UInt8] = words.dropFirst().flatMap { [0x20] + $0 }
      let key = PhraseSieve.hash(first[...])
      if rests[key]?.contains(rest) != true { rests[key, default: []].append(rest) }
    }
  }

  /// True if a text holds a phrase, also one whose first word has letters written together with it.
  ///
  /// - Parameter text: Folded words with single blanks between them.
  /// - Returns: False for a text that no lexicon of these phrases finds anything in.
  package func holds(_ text: [UInt8]) -> Bool {
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x20) ?? text.count
      if begins(text, start, end) { return true }
      // Arabic and Hebrew: without the letters before.
      for length in Lexicon.prefixLengths(text[start..<end])
      where begins(text, start + length, end) {
        return true
      }
      start = end + 1
    }
    return false
  }

  private func begins(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
    guard let rests = rests[PhraseSieve.hash(text[start..<end])] else { return false }
    return rests.contains { rest in
      let last = end + rest.count
      return last <= text.count && text[end..<last].elementsEqual(rest)
        && (last == text.count || text[last] == 0x20)
    }
  }

  /// FNV-1a: two words of one hash only cost a second look.
  private static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
    word.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
