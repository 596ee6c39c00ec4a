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
    /// The languages that have it: a bit for each, in the order of `OrderWords.languages`.
    let languages: UInt8
    /// True for words that often mean something else.
    let isWeak: Bool
    /// The numbers of its tokens.
    let tokens: Range<Int>

    /// The number that a word is: `=2`, `+0.5`.
    func value(_ sign: Character) -> String? {
      notes.first { $0.first == sign }.map { String($0.dropFirst()) }
    }
  }

  static let languages = ["ar", "el", "en", "es", "fr", "he", "tr"]
  /// Read once; the files are part of the program.
  static let shared = OrderWords()

  private let lexicon: Lexicon
  /// What must stand in a message to begin an order, or the talk that leads to one.
  let openers: PhraseSieve

  private init() {
    // A phrase that several languages have stands once, with the bits of all of them.
    var rows: [[String]] = []
    var bits: [UInt8] = []
    var known: [[String]: Int] = [:]
    for (number, language) in OrderWords.languages.enumerated() {
      for row in LanguageTable.rows("orders-" + language, in: .module)
      where row.count > 1 && row[0] != "category" {
        if let place = known[Array(row[0...1])] {
          bits[place] |= 1 << number
        } else {
          known[Array(row[0...1])] = rows.count
          let note = (row.count > 2 ? row[2] : "").split { $0 == "," || $0 == ";" || $0 == " " }
          rows.append([row[0], row[1], note.joined(separator: " ")])
          bits.append(1 << number)
        }
      }
    }
    for place in rows.indices { rows[place][2] += " \(OrderWords.mark)\(bits[place])" }
    lexicon = Lexicon(rows: rows)
    openers = PhraseSieve(
      rows: rows,
      categories: [
        "order_intent", "order_add", "order_intent_weak", "same_again", "quantity_unit",
        "number_word", "ask_order", "return_complaint", "giveaway", "appointment", "old_order",
        "confirm_customer", "other_matter",
      ])
  }

  /// Before the bits of the languages, among the notes of a row.
  private static let mark = "lang:"

  /// The phrases in a text, of all languages.
  func hits(in words: [String]) -> [Hit] {
    lexicon.hits(in: words).map { hit in
      let bits = hit.notes.first { $0.hasPrefix(OrderWords.mark) }?.utf8.dropFirst(5)
      return OrderWords.Hit(
        category: hit.category, notes: hit.notes,
        languages: bits.flatMap { UInt8(String(decoding: $0, as: UTF8.self)) } ?? 0,
        isWeak: hit.notes.contains("weak"), tokens: hit.words)
    }
  }
}
