import InboxModel

/// Turns a header's numbers into a wall-clock time.
struct StampReader {
  let order: DateOrder
  let dayPeriods: DayPeriods
  /// True if an hour of the file shows that it counts to 24, whatever words stand there.
  let countsTo24: Bool

  /// The time, and whether a word beside it is unknown and may halve the day.
  func time(_ stamp: HeaderStamp) -> (time: SourceTime, isDoubtful: Bool)? {
    guard let day = StampReader.dayNumber(stamp, order) else { return nil }
    var meaning = DayPeriods.Meaning.none
    var isDoubtful = false
    for word in stamp.words {
      guard let found = dayPeriods.meaning(word) else {
        isDoubtful = true
        continue
      }
      if found != .none { meaning = found }
    }
    let hour = DayPeriods.hour(stamp.hour, countsTo24 ? .none : meaning) ?? stamp.hour
    let seconds = (day * 24 + Int64(hour)) * 3_600 + Int64(stamp.minute) * 60
    return (
      SourceTime(
        milliseconds: (seconds + Int64(stamp.seconds ?? 0)) * 1_000,
        precision: stamp.seconds == nil ? .minute : .second, clock: .local),
      isDoubtful
    )
  }

  /// Days from 1970 to the header's date under an order; nil if there is no such date, or if it
  /// is before WhatsApp began in 2009.
  static func dayNumber(_ stamp: HeaderStamp, _ order: DateOrder) -> Int64? {
    let (written, month, day) = order.split(stamp)
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    guard let days = Calendars.days(year: written, month: month, day: day, era: stamp.era),
      days >= CivilTime.days(year: 2009, month: 1, day: 1),
      days < CivilTime.days(year: 2100, month: 1, day: 1)
    else { return nil }
    return days
  }
}
