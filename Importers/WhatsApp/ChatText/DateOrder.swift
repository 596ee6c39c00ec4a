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

/// What a whole file shows about the order of its dates.
struct DateOrderEvidence {
  /// What speaks against one order, and for it.
  private struct Tally {
    let order: DateOrder
    /// Headers whose date does not exist.
    var impossible = 0
    /// Attachments whose name bears the header's date.
    var agreeing = 0
    /// Attachments made after the header's day.
    var fromFuture = 0
    /// Times that fall back by more than an hour.
    var inversions = 0
    var lastMinute: Int64 = 0
    /// The day of the header that was added last.
    var day: Int64?
  }

  private var tallies = DateOrder.allCases.map { Tally(order: $0) }
  private var date: HeaderDate?
  private var separator: Unicode.Scalar = "/"
  private var isPadded = true
  private var hasLongYear = false
  /// Orders that gave another day than the first that is possible, for some header.
  private var differing: Set<DateOrder> = []

  /// Adds one header.
  mutating func add(_ stamp: HeaderStamp) {
    let next = HeaderDate(stamp)
    if date != next {
      date = next
      if stamp.first.digits == 1 || stamp.second.digits == 1 { isPadded = false }
      if stamp.first.digits == 4 || stamp.third.digits == 4 { hasLongYear = true }
      separator = stamp.separator
      for place in tallies.indices {
        tallies[place].day = StampReader.dayNumber(stamp, tallies[place].order)
      }
      if tallies[0].day != tallies[1].day { differing.formUnion([.dayMonthYear, .monthDayYear]) }
      if tallies[0].day != tallies[2].day { differing.insert(.yearMonthDay) }
    }
    for place in tallies.indices {
      guard let day = tallies[place].day else {
        tallies[place].impossible += 1
        continue
      }
      let minute = day * 1_440 + Int64(stamp.period.hour(stamp.hour) * 60 + stamp.minute)
      // Clocks go back by an hour in autumn; an unknown word may hide half a day.
      let slack: Int64 = stamp.hasUnknownWord ? 13 * 60 : 60
      if minute < tallies[place].lastMinute - slack { tallies[place].inversions += 1 }
      tallies[place].lastMinute = minute
    }
  }

  /// Adds the date in the name of an attachment of the message that was added last.
  mutating func add(attachmentDay: Int64, isExact: Bool) {
    for place in tallies.indices {
      guard let day = tallies[place].day else { continue }
      if isExact, abs(day - attachmentDay) <= 1 { tallies[place].agreeing += 1 }
      if !isExact, attachmentDay > day + 1 { tallies[place].fromFuture += 1 }
    }
  }

  /// True if times fall back under an order.
  func goesBack(_ order: DateOrder) -> Bool {
    tallies.contains { $0.order == order && $0.inversions > 0 }
  }

  /// The order that the evidence decides for, and why.
  ///
  /// An order that the user stated counts where the dates exist in it; the usual order of the
  /// country or language, where nothing else decides.
  func decide(stated: DateOrder? = nil, usual: UsualOrder? = nil) -> DateOrderDecision {
    let fewest = tallies.map(\.impossible).min() ?? 0
    var left = tallies.filter { $0.impossible == fewest }
    if let stated, left.contains(where: { $0.order == stated }) {
      return DateOrderDecision(order: stated, reason: "as you said", isGuess: false)
    }
    if left.count == 1 {
      return DateOrderDecision(
        order: left[0].order, reason: "other orders give dates that do not exist", isGuess: false)
    }
    let steps: [(String, (Tally) -> Int)] = [
      ("the dates in attachment names agree", { -$0.agreeing }),
      ("attachments cannot come from the future", { $0.fromFuture }),
      ("time runs forward", { $0.inversions }),
    ]
    for (reason, measure) in steps {
      let best = left.map(measure).min() ?? 0
      left = left.filter { measure($0) == best }
      if left.count == 1 {
        return DateOrderDecision(order: left[0].order, reason: reason, isGuess: false)
      }
    }
    return guess(left.map(\.order), usual)
  }

  private func guess(_ left: [DateOrder], _ usual: UsualOrder?) -> DateOrderDecision {
    if let same = left.first, differing.isDisjoint(with: left) {
      let reason = "every date is the same either way"
      return DateOrderDecision(order: same, reason: reason, isGuess: false)
    }
    if let usual, left.contains(usual.order) {
      return DateOrderDecision(order: usual.order, reason: usual.reason, isGuess: true)
    }
    let common: DateOrder =
      separator == "/" && !isPadded && !hasLongYear ? .monthDayYear : .dayMonthYear
    return DateOrderDecision(
      order: left.contains(common) ? common : left.first ?? common,
      reason: "the usual order of dates written this way", isGuess: true)
  }
}

/// In which order the dates of a file are read, and why.
struct DateOrderDecision {
  let order: DateOrder
  let reason: String
  /// True if nothing in the file decides.
  let isGuess: Bool
}
