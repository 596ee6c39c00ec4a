/// Collects the words of messages with their stems, each once, as messages stream by.
///
/// A message in Latin letters is of the language whose small words it has most of. Words of messages
/// that show none wait for the end of their file and are then of the language that most of the file is
/// in, or English.
package struct WordCollector {
  /// A word of the archive and one of its stems.
  package struct Form: Sendable, Equatable {
    package let language: String
    package let stem: String
    package let word: String
  }

  private struct Waiting {
    let word: String
    let original: String
    let hash: UInt64
  }

  private var folder = SearchFolder()
  private var stems = WordStems()
  private var known = HashTable(size: 1 << 20)
  private var waiting: [Waiting] = []
  private var waitingHashes = HashTable(size: 1 << 16)
  /// What speaks for each Latin language in the message.
  private var scores = [Int](repeating: 0, count: FunctionWords.languages.count)
  /// Messages of each Latin language in the file.
  private var tally = [Int](repeating: 0, count: FunctionWords.languages.count)
  private var forms: [Form] = []
  private var words: [(range: Range<Int>, hash: UInt64)] = []
  private var hasLatin = false
  /// The hashes of the message's words that are met for the first time.
  private var fresh: Set<UInt64> = []
  private static let mostWaiting = 20_000
  /// Longer words are no words.
  private static let longest = 48

  package init() {}

  /// Takes note of a message.
  ///
  /// - Parameters:
  ///   - text: Its text.
  ///   - folded: The same as `SearchFolder` folds it.
  package mutating func note(_ text: String, folded: [UInt8]) {
    split(folded)
    guard !words.isEmpty else { return }
    let latin = hasLatin ? latinLanguage(text) : nil
    if let latin { tally[latin] += 1 }
    fresh.removeAll(keepingCapacity: true)
    for word in words {
      let isLatin = folded[word.range.lowerBound] < 0x80
      let salt = !isLatin ? 0 : latin.map { UInt64($0) + 2 } ?? 1
      let hash = WordCollector.salted(word.hash, salt)
      if isLatin, latin == nil {
        if waitingHashes.insert(hash) { fresh.insert(word.hash) }
      } else if known.insert(hash) {
        fresh.insert(word.hash)
      }
    }
    // Most messages say nothing that was not said before.
    if !fresh.isEmpty { take(text.composedIfNeeded, latin) }
  }

  /// Ends a file: its words that wait get a language.
  package mutating func endFile() {
    settle()
    for index in tally.indices { tally[index] = 0 }
  }

  /// How many wait to be taken.
  package var count: Int { forms.count }

  /// The words that were met since the last call.
  package mutating func takeForms() -> [Form] {
    defer { forms.removeAll() }
    return forms
  }

  // MARK: Words

  /// The words that may have forms: letters, two bytes or more, no character of a script without
  /// spaces.
  private mutating func split(_ folded: [UInt8]) {
    words.removeAll(keepingCapacity: true)
    hasLatin = false
    var start = 0
    while start < folded.count {
      var end = start
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      while end < folded.count, folded[end] != 0x20 {
        hash = (hash ^ UInt64(folded[end])) &* 0x100_0000_01b3
        end += 1
      }
      let length = end - start
      if length > 1, length <= WordCollector.longest, folded[start] &- 0x30 >= 10,
        // The lead bytes of Han, kana, Thai and emoji: each of their characters is a word.
        folded[start] < 0xE0 || folded[start] >= 0xEA && folded[start] < 0xEE
          || length > 3 && folded[start] < 0xE2
      {
        words.append((start..<end, hash == 0 ? 1 : hash))
        if folded[start] < 0x80 { hasLatin = true }
      }
      start = end + 1
    }
  }

  /// The place of the language that a message in Latin letters shows; nil for none, or a tie.
  private mutating func latinLanguage(_ text: String) -> Int? {
    for index in scores.indices { scores[index] = 0 }
    var isAny = false
    for word in words where word.range.count < 14 {
      let bits = FunctionWords.bits.bits(word.hash)
      guard bits != 0 else { continue }
      count(bits)
      isAny = true
    }
    for scalar in text.unicodeScalars where scalar.value >= 0x80 && scalar.value < 0x250 {
      guard let bits = FunctionWords.letters[scalar] else { continue }
      count(bits)
      isAny = true
    }
    guard isAny, let most = scores.max() else { return nil }
    let best = scores.firstIndex(of: most)
    return scores.lastIndex(of: most) == best ? best : nil
  }

  private mutating func count(_ languages: UInt32) {
    var bits = languages
    while bits != 0 {
      scores[bits.trailingZeroBitCount] += 1
      bits &= bits - 1
    }
  }

  private mutating func take(_ text: String, _ latin: Int?) {
    var found: [(word: String, original: String, hash: UInt64)] = []
    folder.forEachWord(text) { folded, range in
      let hash = WordHash.of(folded[...])
      guard fresh.remove(hash) != nil else { return }
      found.append((String(decoding: folded, as: UTF8.self), String(text[range]), hash))
    }
    for (word, original, hash) in found {
      if let language = WordStems.language(ofScript: original) {
        add(word, original, language)
      } else if let latin {
        add(word, original, FunctionWords.languages[latin])
      } else {
        waiting.append(Waiting(word: word, original: original, hash: hash))
        if waiting.count >= WordCollector.mostWaiting { settle() }
      }
    }
  }

  private mutating func settle() {
    let most = tally.indices.max { (tally[$0], -$0) < (tally[$1], -$1) } ?? 0
    let language = tally[most] == 0 ? 0 : most
    for word in waiting
    where known.insert(WordCollector.salted(word.hash, UInt64(language) + 2)) {
      add(word.word, word.original, FunctionWords.languages[language])
    }
    waiting.removeAll(keepingCapacity: true)
    waitingHashes.removeAll()
  }

  private mutating func add(_ word: String, _ original: String, _ language: String) {
    for stem in stems.stems(word, original: original, language: language) {
      forms.append(Form(language: language, stem: stem, word: word))
    }
  }

  private static func salted(_ hash: UInt64, _ salt: UInt64) -> UInt64 {
    let salted = hash ^ (salt &* 0x9E37_79B9_7F4A_7C15)
    return salted == 0 ? 1 : salted
  }
}
