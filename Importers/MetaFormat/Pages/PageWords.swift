import Foundation
import Importing
import TextDecoding

/// The words of Meta's pages in one language: those of dates, and the last "and" of a list.
///
/// Source: `Tables/words.tsv`, which a translator can edit.
struct PageWords: Sendable {
  /// What a word says of a date.
  enum Meaning: Sendable, Equatable {
    case month(Int64)
    case am, pm, night
    /// It carries no number.
    case filler
    /// The number before it is of this field.
    case after(Field)
    /// The number behind it is a month.
    case monthFollows
  }

  enum Field: Sendable {
    case year, month, day, hour, minute
  }

  let language: String
  /// By folded words; several words of one meaning stand with spaces between them.
  private(set) var meanings: [String: [Meaning]] = [:]
  private(set) var conjunctions: [String] = []
  /// The most words that one entry has.
  private(set) var longest = 1

  /// All languages of the table, in its order.
  static let all: [PageWords] = {
    var languages: [PageWords] = []
    for cells in LanguageTable.rows("words", in: .module) where cells.count == 3 {
      if languages.last?.language != cells[0] { languages.append(PageWords(language: cells[0])) }
      languages[languages.count - 1].add(cells[1], cells[2].split(separator: "|").map(String.init))
    }
    return languages
  }()

  private init(language: String) { self.language = language }

  private mutating func add(_ meaning: String, _ words: [String]) {
    if meaning == "and" {
      conjunctions += words
      return
    }
    guard let meaning = PageWords.meaning(meaning) else { return }
    for word in words {
      let folded = PageWords.fold(word)
      meanings[folded, default: []].append(meaning)
      longest = max(longest, folded.split(separator: " ").count)
    }
  }

  private static func meaning(_ name: String) -> Meaning? {
    switch name {
    case "am": .am
    case "pm": .pm
    case "night": .night
    case "word": .filler
    case "year-before": .after(.year)
    case "month-before": .after(.month)
    case "day-before": .after(.day)
    case "hour-before": .after(.hour)
    case "minute-before": .after(.minute)
    case "month-after": .monthFollows
    default: Int64(name).map { .month($0) }
    }
  }

  /// A word without case, accents and marks: equal spellings fold to the same.
  static func fold(_ text: String) -> String {
    let plain = text.replacingOccurrences(of: "İ", with: "i").lowercased()
    var folded = String.UnicodeScalarView()
    for scalar in plain.decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .format, .enclosingMark: continue
      default: folded.append(scalar)
      }
    }
    return String(folded)
  }
}
