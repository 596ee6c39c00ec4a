import InboxModel

/// The calendars that phones write dates in, told by the range of the year.
enum Calendars {
  /// Days from 1970-01-01 to a date; nil if the calendar has no such date.
  ///
  /// Two digits: 20xx, but from 52 on Buddhist and from 88 on Persian, as no other year of a chat
  /// ends so. 2400 to 2700: Buddhist. 1380 to 1420: Persian. 1425 to 1500: Hijri, by
  /// the tabular rule, which the observed calendar may leave by a day. `R` and `H`: Japanese eras.
  static func days(year: Int, month: Int, day: Int, era: Unicode.Scalar?) -> Int64? {
    switch (era, year) {
    case ("R", _): return gregorian(2018 + year, month, day)
    case ("H", _): return gregorian(1988 + year, month, day)
    case (_, ..<52): return gregorian(2000 + year, month, day)
    case (_, ..<88): return gregorian(1957 + year, month, day)
    case (_, ..<100): return persian(1300 + year, month, day)
    case (_, 2400..<2700): return gregorian(year - 543, month, day)
    case (_, 1380...1420): return persian(year, month, day)
    case (_, 1425...1500): return hijri(year, month, day)
    default: return gregorian(year, month, day)
    }
  }

  private static func gregorian(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    guard day <= CivilTime.daysInMonth(year: Int64(year), month: Int64(month)) else { return nil }
    return CivilTime.days(year: Int64(year), month: Int64(month), day: Int64(day))
  }

  /// The Solar Hijri calendar by its 33-year cycle, right for 1343 to 1472.
  private static func persian(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    guard day <= (month <= 6 ? 31 : 30) else { return nil }
    // 1 Farvardin 1380 was 21 March 2001.
    let start = CivilTime.days(year: 2001, month: 3, day: 21)
    var days = Int64(0)
    for past in 1380..<max(1380, year) { days += isPersianLeap(past) ? 366 : 365 }
    let before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
    return start + days + Int64(before + day - 1)
  }

  private static func isPersianLeap(_ year: Int) -> Bool {
    [1, 5, 9, 13, 17, 22, 26, 30].contains(year % 33)
  }

  /// The tabular Islamic calendar, civil epoch.
  private static func hijri(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    guard day <= 30 else { return nil }
    let monthDays = (59 * (month - 1) + 1) / 2
    let days = (year - 1) * 354 + (3 + 11 * year) / 30 + monthDays + day
    // Day 1 of the calendar is 19 July 622 in the Gregorian calendar.
    return CivilTime.days(year: 622, month: 7, day: 19) + Int64(days - 1)
  }
}
