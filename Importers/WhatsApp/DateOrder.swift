/// In which order a header writes day, month and year.
enum DateOrder: String, CaseIterable, Sendable {
  case dayMonthYear = "day/month/year"
  case monthDayYear = "month/day/year"
  case yearMonthDay = "year/month/day"

  /// Year, month and day out of three numbers.
  func split(_ stamp: HeaderStamp) -> (year: Int, month: Int, day: Int) {
    switch self {
    case .dayMonthYear: (stamp.third.value, stamp.second.value, stamp.first.value)
    case .monthDayYear: (stamp.third.value, stamp.first.value, stamp.second.value)
    case .yearMonthDay: (stamp.first.value, stamp.second.value, stamp.third.value)
    }
  }
}

/// What a whole file shows about the order of its dates, strongest evidence first.
struct DateOrderEvidence {
  /// Headers whose date is impossible under an order.
  private(set) var impossible: [DateOrder: Int] = [:]
  /// Attachments whose name bears the header's date under an order.
  private(set) var agreeing: [DateOrder: Int] = [:]
  /// Attachments made after the header's day under an order.
  private(set) var fromFuture: [DateOrder: Int] = [:]
  /// Times that fall back by more than an hour under an order.
  private(set) var inversions: [DateOrder: Int] = [:]
  private var last: [DateOrder: Int64] = [:]
  private var separator: Unicode.Scalar = "/"
  private var isPadded = true
  private var hasLongYear = false

  /// Adds one header.
  mutating func add(_ stamp: HeaderStamp) {
    if stamp.first.digits == 1 || stamp.second.digits == 1 { isPadded = false }
    if stamp.first.digits == 4 || stamp.third.digits == 4 { hasLongYear = true }
    separator = stamp.separator
    for order in DateOrder.allCases {
      guard let day = StampReader.dayNumber(stamp, order) else {
        impossible[order, default: 0] += 1
        continue
      }
      let minute = day * 1_440 + Int64(stamp.hour * 60 + stamp.minute)
      // Twelve-hour clocks are not read yet: half a day and an hour may go by.
      if let before = last[order], minute < before - 13 * 60 { inversions[order, default: 0] += 1 }
      last[order] = minute
    }
  }

  /// Adds the date in the name of an attachment of a message.
  mutating func add(attachmentDay: Int64, isExact: Bool, _ stamp: HeaderStamp) {
    for order in DateOrder.allCases {
      guard let day = StampReader.dayNumber(stamp, order) else { continue }
      if isExact, abs(day - attachmentDay) <= 1 { agreeing[order, default: 0] += 1 }
      if !isExact, attachmentDay > day + 1 { fromFuture[order, default: 0] += 1 }
    }
  }

  /// The order that the evidence decides for, and why.
  func decide() -> (order: DateOrder, reason: String, isGuess: Bool) {
    let fewest = DateOrder.allCases.map { impossible[$0] ?? 0 }.min() ?? 0
    var left = DateOrder.allCases.filter { (impossible[$0] ?? 0) == fewest }
    if left.count == 1 { return (left[0], "other orders give dates that do not exist", false) }
    let steps: [(String, (DateOrder) -> Int)] = [
      ("the dates in attachment names agree", { -(agreeing[$0] ?? 0) }),
      ("attachments cannot come from the future", { fromFuture[$0] ?? 0 }),
      ("time runs forward", { inversions[$0] ?? 0 }),
    ]
    for (reason, measure) in steps {
      let best = left.map(measure).min() ?? 0
      let kept = left.filter { measure($0) == best }
      if kept.count == 1 { return (kept[0], reason, false) }
      left = kept
    }
    let usual: DateOrder =
      separator == "/" && !isPadded && !hasLongYear ? .monthDayYear : .dayMonthYear
    let choice = left.contains(usual) ? usual : left.first ?? usual
    return (choice, "the usual order of dates written this way", true)
  }
}
