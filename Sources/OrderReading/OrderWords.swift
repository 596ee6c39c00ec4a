import SearchText
import TextDecoding

/// The words by which people order, agree, pay and send: `Tables/orders-*.tsv`, a file for each
/// language.
struct OrderWords: Sendable {
  /// A phrase found in a text.
  struct Hit: Sendable {
    let category: String
    /// The number or other word that the table notes.
    let notes: Set<String>
    /// The languages that have it.
    let languages: Set<String>
    /// The numbers of its tokens.
    let tokens: Range<Int>

    /// True for words that often mean something else.
    var isWeak: Bool { notes.contains("weak") }
    /// The number that a word is: `=2`, `+0.5`.
    func value(_ sign: Character) -> String? {
      notes.first { $0.first == sign }.map { String($0.dropFirst()) }
    }
  }

  static let languages = ["ar", "el", "en", "es", "fr", "he", "tr"]
  /// Read once; the files are part of the program.
  static let shared = OrderWords()

  private let lexicon: Lexicon
  /// What must stand in a conversation for an order to be in it.
  let sieve: PhraseSieve

  private init() {
    // A phrase that several languages have stands once, with all of them.
    var rows: [[String]] = []
    var known: [[String]: Int] = [:]
    for language in OrderWords.languages {
      for row in LanguageTable.rows("orders-" + language, in: .module)
      where row.count > 1 && row[0] != "category" {
        let note = (row.count > 2 ? row[2] : "").split { $0 == "," || $0 == ";" || $0 == " " }
        if let place = known[Array(row[0...1])] {
          rows[place][2] += " lang:" + language
        } else {
          known[Array(row[0...1])] = rows.count
          rows.append([row[0], row[1], note.joined(separator: " ") + " lang:" + language])
        }
      }
    }
    lexicon = Lexicon(rows: rows)
    sieve = PhraseSieve(
      rows: rows,
      categories: ["order_intent", "order_add", "same_again", "confirm_business", "paid_business"])
  }

  /// The phrases in a text, of all languages.
  func hits(in words: [String]) -> [Hit] {
    lexicon.hits(in: words).map { hit in
      OrderWords.Hit(
        category: hit.category, notes: hit.notes,
        languages: Set(hit.notes.filter { $0.hasPrefix("lang:") }.map { String($0.dropFirst(5)) }),
        tokens: hit.words)
    }
  }
}
