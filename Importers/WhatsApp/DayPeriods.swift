import InboxModel

/// The words that halve the day, in the languages of the tables.
struct DayPeriods: Sendable {
  enum Meaning: String, Sendable {
    case am, pm, noon, night
    /// A word that says nothing of the half of the day.
    case none
  }

  private let meanings: [String: Meaning]

  init(table: [[String]]) {
    var meanings: [String: Meaning] = [:]
    for row in table where row.count >= 2 {
      meanings[DayPeriods.key(row[1])] = Meaning(rawValue: row[0])
    }
    self.meanings = meanings
  }

  /// What a word beside the time means; nil for a word that no table has.
  func meaning(_ word: String) -> Meaning? {
    let key = DayPeriods.key(word)
    return key.isEmpty ? Meaning.none : meanings[key]
  }

  /// The hour of the day, 0 to 23, for an hour as written; nil if the two do not fit.
  static func hour(_ hour: Int, _ meaning: Meaning) -> Int? {
    switch meaning {
    case .none: return hour < 24 ? hour : nil
    case _ where hour > 12: return hour < 24 ? hour : nil
    case .am, .night: return hour == 12 ? 0 : hour
    case .pm: return hour == 12 ? 12 : hour + 12
    case .noon: return hour < 6 ? hour + 12 : hour
    }
  }

  /// The word without dots, blanks and quotes, in lower case.
  private static func key(_ word: String) -> String {
    String(
      String.UnicodeScalarView(
        word.lowercased().unicodeScalars.filter { !" .,\"״׳'".unicodeScalars.contains($0) }))
  }
}
