import Foundation
import InboxModel
import SearchText

/// A day of the calendar, as days since 1970-01-01.
package struct SearchDay: Sendable, Equatable {
  package let number: Int64

  package init(_ number: Int64) { self.number = number }

  /// Today in UTC, as all times of the archive are shown.
  package static var now: SearchDay {
    SearchDay(Int64((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
  }

  /// The days that a text names: `2021`, `2021-10`, `2021-10-05`, `5/10/2021`, `yesterday`, `week`,
  /// `month`, `30d`, also in Arabic, Greek and Hebrew. Nil if it names none.
  package static func days(_ text: String, today: SearchDay) -> Range<Int64>? {
    let folded = NameFolding.fold(text)
    if let (back, length) = words[folded] {
      return (today.number - back)..<(today.number - back + length)
    }
    let numbers = folded.split(separator: " ").map { Int64($0) }
    if numbers.count == 1, numbers[0] == nil { return spell(folded, today) }
    let found = numbers.compactMap(\.self)
    guard found.count == numbers.count else { return nil }
    switch found.count {
    case 1: return range(found[0], nil, nil)
    case 2: return found[0] > 31 ? range(found[0], found[1], nil) : range(found[1], found[0], nil)
    case 3:
      return found[0] > 31
        ? range(found[0], found[1], found[2]) : range(found[2], found[1], found[0])
    default: return nil
    }
  }

  /// How many days back a word begins, and how many days it has.
  private static let words: [String: (Int64, Int64)] = {
    let all: [([String], Int64, Int64)] = [
      (["today", "اليوم", "σήμερα", "היום"], 0, 1),
      (["yesterday", "أمس", "امبارح", "مبارح", "χθες", "χτες", "אתמול"], 1, 1),
      (["week", "أسبوع", "εβδομάδα", "שבוע"], 6, 7),
      (["month", "شهر", "μήνας", "חודש"], 29, 30),
      (["year", "سنة", "χρόνος", "έτος", "שנה"], 364, 365),
    ]
    var words: [String: (Int64, Int64)] = [:]
    for (names, back, length) in all {
      for name in names { words[NameFolding.fold(name)] = (back, length) }
    }
    return words
  }()

  /// `7d`, `2w`, `3m`, `1y`: so long back until today.
  private static func spell(_ text: String, _ today: SearchDay) -> Range<Int64>? {
    guard let unit = text.last, let count = Int64(text.dropLast()), (1...10_000).contains(count),
      let days = (["d": 1, "w": 7, "m": 30, "y": 365] as [Character: Int64])[unit]
    else { return nil }
    return (today.number - count * days)..<(today.number + 1)
  }

  private static func range(_ year: Int64, _ month: Int64?, _ day: Int64?) -> Range<Int64>? {
    guard (1990..<2100).contains(year), (1...12).contains(month ?? 1) else { return nil }
    let length = CivilTime.daysInMonth(year: year, month: month ?? 1)
    guard (1...length).contains(day ?? 1) else { return nil }
    let first = CivilTime.days(year: year, month: month ?? 1, day: day ?? 1)
    guard month != nil else { return first..<CivilTime.days(year: year + 1, month: 1, day: 1) }
    return first..<(first + (day == nil ? length : 1))
  }
}
