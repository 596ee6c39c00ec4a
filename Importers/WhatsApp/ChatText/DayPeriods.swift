/// The hours of the day that a word beside a time covers: one bit each; no bit says nothing.
struct DayPeriod: Sendable, Equatable {
  private(set) var hours: UInt32 = 0

  /// Says nothing of the half of the day.
  static let none = DayPeriod()

  /// Reads `0-12` or `0-5,18-24`; the second number is the hour after the last.
  init(_ ranges: String = "") {
    for range in ranges.split(separator: ",") {
      let bounds = range.split(separator: "-").compactMap { Int($0) }
      guard bounds.count == 2, bounds[0] < bounds[1], bounds[1] <= 24 else { continue }
      for hour in bounds[0]..<bounds[1] { hours |= 1 << UInt32(hour) }
    }
  }

  mutating func formUnion(_ other: DayPeriod) { hours |= other.hours }

  /// The hour of the day, 0 to 23, that is meant by an hour as written.
  ///
  /// Of the two hours that a clock of twelve can mean, the one that the word covers; no word of
  /// the tables covers both.
  func hour(_ written: Int) -> Int {
    guard self != .none, written <= 12 else { return written % 24 }
    let morning = written % 12
    return hours & 1 << UInt32(morning) != 0 || hours & 1 << UInt32(morning + 12) == 0
      ? morning : morning + 12
  }
}

/// The words that tell the half of the day, in the languages of the tables.
struct DayPeriods: Sendable {
  private var periods: [String: DayPeriod] = [:]

  init(table: [[String]]) {
    for row in table where row.count >= 2 {
      periods[DayPeriods.key(row[1]), default: .none].formUnion(DayPeriod(row[0]))
    }
  }

  /// What the words beside a time say; nil if one of them is in no table.
  func period(_ words: String) -> DayPeriod? {
    let key = DayPeriods.key(words)
    if key.isEmpty { return DayPeriod.none }
    if let period = periods[key] { return period }
    let parts = words.split(separator: " ")
    guard parts.count > 1 else { return nil }
    var all = DayPeriod.none
    for part in parts {
      let key = DayPeriods.key(String(part))
      guard !key.isEmpty else { continue }
      guard let period = periods[key] else { return nil }
      all.formUnion(period)
    }
    return all
  }

  /// The word without dots, blanks, quotes, brackets, joiners and vowel signs, in lower case.
  private static func key(_ word: String) -> String {
    String(
      String.UnicodeScalarView(
        word.lowercased().unicodeScalars.filter { scalar in
          switch scalar {
          case " ", ".", ",", "،", "\"", "״", "׳", "'", "(", ")", "\u{200C}": false
          case "\u{A0}", "\u{202F}", "\u{64B}"..."\u{652}": false
          default: true
          }
        }))
  }
}
