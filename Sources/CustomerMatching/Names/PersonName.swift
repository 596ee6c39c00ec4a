import SearchText
import Synchronization

/// A name as people and platforms write it, taken apart for comparing.
struct PersonName: Sendable {
  /// One word of a name.
  struct Word: Sendable, Hashable {
    let folded: String
    /// What the table of names knows of it.
    let entries: Set<NameTable.Entry>
    /// How it sounds.
    var sound: Romanized { Romanized(folded) }

    /// True for one letter that stands for a name.
    var isInitial: Bool { folded.unicodeScalars.count == 1 }
    /// True if it is known as a name that many have.
    var isCommon: Bool { !entries.isEmpty }
    var givenNames: Set<String> {
      Set(entries.filter { $0.isGiven && !$0.isNickname }.map(\.canonical))
    }
  }

  let words: [Word]
  /// Of "mother of Laith" what her son is called.
  let sons: [Word]

  /// - Parameters:
  ///   - text: The name; a handle such as `rania.haddad` is taken apart, too.
  ///   - reader: Tables and folding.
  init(_ text: String, _ reader: NameReader) {
    let parts = reader.parts(text)
    words = parts.words
    sons = parts.sons
  }

  /// The known given names that it shows.
  var givenNames: [Word] { words.filter { !$0.givenNames.isEmpty } }
  /// True if it says nothing of who somebody is.
  var isEmpty: Bool { words.isEmpty }
}

/// Takes names apart; it remembers those that it has met.
final class NameReader: Sendable {
  typealias Parts = (words: [PersonName.Word], sons: [PersonName.Word])

  private let parser = Mutex(NameParser())

  /// True for what platforms show in place of a name, and for names without any letter.
  func isPlaceholder(_ text: String) -> Bool { parser.withLock { $0.isPlaceholder(text) } }

  /// The words of a name, and what sons it names; none of a placeholder.
  func parts(_ text: String) -> Parts { parser.withLock { $0.parts(text) } }
}

/// What a `NameReader` knows.
private struct NameParser {
  typealias Parts = NameReader.Parts

  private var folder = SearchFolder()
  private var known: [String: Parts] = [:]
  private var placeholders: [String: Bool] = [:]
  private static let mostKnown = 20_000
  private let table = NameTable.shared
  private let tables = MatchingWords.shared

  mutating func isPlaceholder(_ text: String) -> Bool {
    if let answer = placeholders[text] { return answer }
    let words = folder.words(text.composedIfNeeded).map(\.folded)
    let letters = words.filter { !$0.utf8.allSatisfy { $0 &- 0x30 < 10 } }
    let answer =
      !words.contains(where: NameParser.hasLetter) || tables.lexicon.isWhole(letters, "placeholder")
      || tables.lexicon.isWhole(words, "placeholder")
    if placeholders.count >= NameParser.mostKnown { placeholders.removeAll(keepingCapacity: true) }
    placeholders[text] = answer
    return answer
  }

  mutating func parts(_ text: String) -> Parts {
    if let parts = known[text] { return parts }
    let parts: Parts = isPlaceholder(text) ? ([], []) : parse(text)
    if known.count >= NameParser.mostKnown { known.removeAll(keepingCapacity: true) }
    known[text] = parts
    return parts
  }

  private mutating func parse(_ text: String) -> Parts {
    let text = Arabizi.plain(text)
    let all = folder.words(text.composedIfNeeded).map(\.folded).filter(NameParser.hasLetter)
    let titles = tables.lexicon.hits(in: all).filter { $0.category == "title" }
    var skipped: Set<Int> = []
    var sons: [PersonName.Word] = []
    for hit in titles {
      skipped.formUnion(hit.words)
      // "Mother of Laith" says what her son is called.
      if hit.notes.contains("kuniya"), hit.words.upperBound < all.count {
        skipped.insert(hit.words.upperBound)
        sons.append(word(all[hit.words.upperBound]))
      }
    }
    var kept: [String] = []
    var place = 0
    while place < all.count {
      defer { place += 1 }
      // Two words that are one name, such as Abd Allah, also where the second looks like a title.
      if place + 1 < all.count, !table.entries(all[place] + all[place + 1]).isEmpty {
        kept.append(all[place] + all[place + 1])
        place += 1
      } else if !skipped.contains(place) {
        kept.append(all[place])
      }
    }
    return (kept.map(word), sons)
  }

  private func word(_ folded: String) -> PersonName.Word {
    var entries = table.entries(folded)
    var bare = folded
    for article in ["ال", "al", "el"] where entries.isEmpty && folded.hasPrefix(article) {
      let rest = String(folded.dropFirst(article.count))
      guard rest.count >= 3 else { continue }
      entries = table.entries(rest)
      // In Arabic letters an article is one even before a name that the table lacks.
      if !entries.isEmpty || article == "ال" { bare = rest }
    }
    return PersonName.Word(folded: bare, entries: entries)
  }

  private static func hasLetter(_ word: String) -> Bool {
    word.unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}

/// Arabic in Latin letters and digits: `7anan`, `sho3aibat`.
enum Arabizi {
  private static let letters: [Character: String] = [
    "2": "a", "3": "a", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "s",
  ]

  /// A name with the letters that digits in it stand for; numbers at its end are none of it.
  static func plain(_ text: String) -> String {
    guard text.contains(where: { $0.isNumber || $0 == "_" }) else { return text }
    let characters = Array(text)
    var result = ""
    for (place, character) in characters.enumerated() {
      guard character.isNumber else {
        result.append(character == "_" ? " " : character)
        continue
      }
      let next = place + 1 < characters.count ? characters[place + 1] : " "
      result += next.isASCII && next.isLetter ? letters[character] ?? " " : " "
    }
    return result
  }
}
