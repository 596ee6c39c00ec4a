import InboxModel

/// Turns a header's numbers into a wall-clock time.
struct StampReader {
  let order: DateOrder
  /// True if an hour of the file shows that it counts to 24, whatever words stand there.
  let countsTo24: Bool
  /// The date that was read last: nearly always the next one too.
  private var recent: (date: HeaderDate, day: Int64?)?

  init(order: DateOrder, countsTo24: Bool) {
    self.order = order
    self.countsTo24 = countsTo24
  }

  /// The time; nil if there is no such date.
  mutating func time(_ stamp: HeaderStamp) -> SourceTime? {
    let date = HeaderDate(stamp)
    if recent?.date != date { recent = (date, StampReader.dayNumber(stamp, order)) }
    guard let day = recent?.day else { return nil }
    let hour = countsTo24 ? stamp.hour % 24 : stamp.period.hour(stamp.hour)
    let seconds = (day * 24 + Int64(hour)) * 3_600 + Int64(stamp.minute) * 60
    return SourceTime(
      milliseconds: (seconds + Int64(stamp.seconds ?? 0)) * 1_000,
      precision: stamp.seconds == nil ? .minute : .second, clock: .local)
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

/// The date of a header as it is written, to see whether two are equal.
struct HeaderDate: Equatable {
  private let numbers: UInt64
  private let era: UInt32

  init(_ stamp: HeaderStamp) {
    numbers =
      UInt64(stamp.first.value) << 40 | UInt64(stamp.second.value) << 20 | UInt64(stamp.third.value)
    era = stamp.era?.value ?? 0
  }
}
