/// Phrases by category, found in text whatever its case, accents and marks.
///
/// A phrase is one or more words that follow each other. Before its first word may stand what
/// Arabic and Hebrew write together with any word: and, in, to, the.
package struct Lexicon: Sendable {
  /// A phrase in a text.
  package struct Hit: Sendable, Equatable {
    package let category: String
    /// The words that the table notes beside the phrase.
    package let notes: Set<String>
    /// The numbers of its words in the text.
    package let words: Range<Int>
  }

  private struct Phrase {
    let rest: [String]
    let category: String
    let notes: Set<String>

    /// True if what follows the first word stands from a place on.
    func follows(_ words: [String], _ place: Int) -> Bool {
      rest.indices.allSatisfy { words[place + $0].utf8.elementsEqual(rest[$0].utf8) }
    }
  }

  private var byFirstWord: [FoldedWord: [Phrase]] = [:]

  /// - Parameter rows: Category, phrase and note of each row; further cells are not read.
  package init(rows: [[String]]) {
    var folder = SearchFolder()
    // Tens of thousands of rows have a few categories and notes: each stands once.
    var categories: Set<String> = []
    var notes: [String: Set<String>] = [:]
    for row in rows where row.count > 1 {
      let words = folder.words(row[1].composedIfNeeded).map(\.folded)
      guard let first = words.first else { continue }
      let note = row.count > 2 ? row[2] : ""
      if notes[note] == nil {
        notes[note] = Set(note.split(separator: " ").map(String.init))
      }
      let phrase = Phrase(
        rest: Array(words.dropFirst()), category: categories.insert(row[0]).memberAfterInsert,
        notes: notes[note] ?? [])
      byFirstWord[FoldedWord(first), default: []].append(phrase)
    }
  }

  /// The phrases in a text, in its order; of several of one category at one place, the longest.
  ///
  /// - Parameter words: The folded words of the text.
  /// - Returns: Where each phrase stands.
  package func hits(in words: [String]) -> [Hit] {
    var found: [Hit] = []
    for place in words.indices {
      let first = found.count
      for form in Lexicon.forms(of: words[place]) {
        for phrase in byFirstWord[FoldedWord(form)] ?? [] {
          let end = place + 1 + phrase.rest.count
          guard end <= words.count, phrase.rest.isEmpty || phrase.follows(words, place + 1) else {
            continue
          }
          let hit = Hit(category: phrase.category, notes: phrase.notes, words: place..<end)
          if let known = found[first...].firstIndex(where: { $0.category == phrase.category }) {
            if end > found[known].words.upperBound { found[known] = hit }
          } else {
            found.append(hit)
          }
        }
      }
      if found.count - first > 1 { found[first...].sort { $0.category < $1.category } }
    }
    return found
  }

  /// True for a text that is one phrase of a category, and nothing else.
  package func isWhole(_ words: [String], _ category: String) -> Bool {
    hits(in: words).contains { $0.category == category && $0.words == words.indices }
  }

  /// What may be written together with a word, by its first two bytes.
  private static let prefixes: [UInt16: [[UInt8]]] = {
    let all = LightStems.arabicPrefixes + LightStems.articles + LightStems.hebrewPrefixes
    return Dictionary(grouping: all.map { Array($0.utf8) }) { UInt16($0[0]) << 8 | UInt16($0[1]) }
  }()

  /// The lengths in bytes of what may be written together with a word that is not part of it: three
  /// letters must be left, of two bytes each.
  static func prefixLengths(_ word: ArraySlice<UInt8>) -> [Int] {
    guard word.count >= 8, let first = word.first, first >= 0xD6 else { return [] }
    let found = prefixes[UInt16(first) << 8 | UInt16(word[word.startIndex + 1])] ?? []
    return found.filter { word.count - $0.count >= 6 && word.starts(with: $0) }.map(\.count)
  }

  /// A word, and what it is without the letters that are written together with it.
  package static func forms(of word: String) -> [String] {
    guard let first = word.utf8.first, first >= 0xD6 else { return [word] }
    let bytes = Array(word.utf8)
    return [word]
      + prefixLengths(bytes[...]).map { String(decoding: bytes[$0...], as: UTF8.self) }
  }
}
