import Foundation
import InboxModel

/// Reads the dates of Meta's pages in one language: `Aug 10, 2026 6:32 pm`,
/// `Sonntag, 4. Dezember 2016 um 13:54 UTC+01`, `2016年12月4日 13:54`.
///
/// A text is a date only as a whole: every word of it must be known. The words come again and
/// again, so what was made of them is remembered by the text without its numbers.
final class PageDate {
  /// A time as the page shows it.
  struct Reading: Equatable {
    /// Milliseconds since 1970 of the clock that the page shows, read as if it were UTC.
    var wall: Int64
    var precision: TimePrecision
    /// East of UTC in milliseconds, where the page says so.
    var offset: Int64?
    /// True if the numbers stand in the other order than was expected, as a day over 12 shows.
    var isInOtherOrder = false
  }

  /// A piece of a date whose numbers are still open: they are named by their places.
  private enum Step {
    case number(Int, digits: Int)
    case time(Int, Int, Int?)
    case zone(Int64)
    case words([PageWords.Meaning])
  }

  let words: PageWords
  /// True if a date of numbers alone names the month first.
  let isMonthFirst: Bool
  @exclusivity(unchecked) private var known: [DateShape: [Step]?] = [:]
  private static let mostKnown = 4_096

  init(words: PageWords, isMonthFirst: Bool = false) {
    self.words = words
    self.isMonthFirst = isMonthFirst
  }

  /// The time that a text as a whole names; nil if it is no date with a time of day.
  func read(_ text: String) -> Reading? {
    guard text.utf8.count >= 8, text.utf8.count <= 120 else { return nil }
    guard let (shape, numbers) = DateShape.of(text), numbers.count >= 3 else { return nil }
    let steps: [Step]?
    if let found = known[shape] {
      steps = found
    } else {
      steps = DateTokens(text).flatMap { compile($0.list) }
      if known.count >= PageDate.mostKnown { known.removeAll() }
      known[shape] = .some(steps)
    }
    guard let steps else { return readWithZoneName(text) }
    var found = DateFields()
    for step in steps {
      switch step {
      case .number(let place, let digits): found.add(numbers[place], digits: digits)
      case .time(let hour, let minute, let second):
        found.hour = numbers[hour]
        found.minute = numbers[minute]
        found.second = second.map { numbers[$0] }
      case .zone(let offset): found.offset = offset
      case .words(let meanings): found.add(meanings)
      }
    }
    return found.reading(isMonthFirst: isMonthFirst)
  }

  /// `… at 13:54 Asia/Kuala_Lumpur`
  private func readWithZoneName(_ text: String) -> Reading? {
    guard let space = text.lastIndex(of: " "), text[space...].contains("/"),
      let zone = TimeZone(identifier: String(text[text.index(after: space)...])),
      var reading = read(String(text[..<space]))
    else { return nil }
    let date = Date(timeIntervalSince1970: Double(reading.wall) / 1_000)
    let guess = Double(zone.secondsFromGMT(for: date))
    reading.offset = Int64(zone.secondsFromGMT(for: date - guess)) * 1_000
    return reading
  }

  /// Takes note of a shape whose pieces are known already.
  ///
  /// - Returns: True if it may be a date in this language.
  func learn(_ shape: DateShape, _ tokens: DateTokens) -> Bool {
    let steps = compile(tokens.list)
    known[shape] = .some(steps)
    return steps != nil
  }

  /// What a text says as a date, but for its numbers; nil if it holds a word that no date has.
  private func compile(_ tokens: [DateTokens.Token]) -> [Step]? {
    var steps: [Step] = []
    var (place, index, hasTime) = (0, 0, false)
    while index < tokens.count {
      switch tokens[index] {
      case .number(_, let digits):
        steps.append(.number(place, digits: digits))
        place += 1
      case .time(_, _, let second):
        guard !hasTime else { return nil }
        hasTime = true
        steps.append(.time(place, place + 1, second.map { _ in place + 2 }))
        place += second == nil ? 2 : 3
      case .zone(let offset): steps.append(.zone(offset))
      case .word:
        guard let (meanings, length) = meanings(tokens[index...]) else { return nil }
        steps.append(.words(meanings))
        index += length - 1
      }
      index += 1
    }
    return steps
  }

  /// The longest known run of words.
  private func meanings(
    _ tokens: ArraySlice<DateTokens.Token>
  ) -> (meanings: [PageWords.Meaning], length: Int)? {
    var run: [String] = []
    for case .word(let word) in tokens.prefix(while: \.isWord).prefix(words.longest) {
      run.append(word)
    }
    while !run.isEmpty {
      if let meanings = words.meanings[run.joined(separator: " ")] { return (meanings, run.count) }
      run.removeLast()
    }
    return nil
  }
}

/// A text without its numbers: dates of one month and half of the day look alike so.
struct DateShape: Hashable {
  private let bytes: [UInt8]

  /// Splits a text into its shape and its numbers; nil if a number is too long for a date.
  static func of(_ text: String) -> (shape: DateShape, numbers: [Int64])? {
    var bytes: [UInt8] = []
    var numbers: [Int64] = []
    var run: (value: Int64, digits: UInt8) = (0, 0)
    // The numbers of a zone belong to its name.
    var isZone = false
    var lead: UInt8 = 0
    var text = text
    let isDate = text.withUTF8 { utf8 in
      bytes.reserveCapacity(utf8.count)
      for byte in utf8 {
        if let digit = digit(byte, after: lead), !isZone {
          if lead != 0 { bytes.removeLast() }
          lead = 0
          guard run.digits < 5 else { return false }
          run = (run.value * 10 + digit, run.digits + 1)
          continue
        }
        lead = byte == 0xD9 || byte == 0xDB ? byte : 0
        // The first byte of an Arabic digit ends no number.
        if run.digits > 0, lead == 0 { end(&run, &numbers, &bytes) }
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"),
          bytes.last == UInt8(ascii: "C")
            || bytes.last == UInt8(ascii: "T")
        {
          isZone = true
        }
        bytes.append(byte)
      }
      if run.digits > 0 { end(&run, &numbers, &bytes) }
      return true
    }
    return isDate ? (DateShape(bytes: bytes), numbers) : nil
  }

  private static func end(
    _ run: inout (value: Int64, digits: UInt8), _ numbers: inout [Int64], _ bytes: inout [UInt8]
  ) {
    numbers.append(run.value)
    // No text holds these bytes: one for each length.
    bytes.append(0xF8 + min(run.digits, 5))
    run = (0, 0)
  }

  /// A digit of ASCII, or the second byte of an Arabic or Persian one.
  private static func digit(_ byte: UInt8, after lead: UInt8) -> Int64? {
    switch (lead, byte) {
    case (0, 0x30...0x39): Int64(byte) - 0x30
    case (0xD9, 0xA0...0xA9): Int64(byte) - 0xA0
    case (0xDB, 0xB0...0xB9): Int64(byte) - 0xB0
    default: nil
    }
  }
}

/// The fields of a date as its pieces are read.
struct DateFields {
  private var numbers: [(value: Int64, digits: Int)] = []
  private var year: Int64?
  private var month: Int64?
  private var day: Int64?
  private var isMonthNext = false
  private var isMonthSure = false
  private var isInOtherOrder = false
  private var half: PageWords.Meaning?
  var hour: Int64?
  var minute: Int64?
  var second: Int64?
  var offset: Int64?

  mutating func add(_ value: Int64, digits: Int) {
    if isMonthNext {
      month = value
      isMonthNext = false
    } else {
      numbers.append((value, digits))
    }
  }

  mutating func add(_ meanings: [PageWords.Meaning]) {
    for meaning in meanings {
      switch meaning {
      case .month(let value):
        // `mar` is a Tuesday and a March in Spanish: the later one is the month.
        if month == nil || !isMonthSure { month = value }
        isMonthSure = meanings.count == 1
      case .am, .pm, .night: half = meaning
      case .filler: break
      case .monthFollows: isMonthNext = true
      case .after(let field): assign(field)
      }
    }
  }

  private mutating func assign(_ field: PageWords.Field) {
    guard let last = numbers.popLast() else { return }
    switch field {
    case .year: year = last.value
    case .month: month = last.value
    case .day: day = last.value
    case .hour: hour = last.value
    case .minute: minute = last.value
    }
  }

  func reading(isMonthFirst: Bool) -> PageDate.Reading? {
    var fields = self
    guard fields.settleDate(isMonthFirst: isMonthFirst), let year = fields.year,
      let month = fields.month, let day = fields.day, var hour = fields.hour
    else { return nil }
    let minute = fields.minute ?? 0
    if let half, hour <= 12 { hour = DateFields.hour(hour, half) }
    guard (1...12).contains(month), day >= 1,
      day <= CivilTime.daysInMonth(year: year, month: month), hour < 24, minute < 60,
      second ?? 0 < 60
    else { return nil }
    let wall = CivilTime.milliseconds(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second ?? 0)
    guard SourceTime.plausible.contains(wall) else { return nil }
    return PageDate.Reading(
      wall: wall, precision: second == nil ? .minute : .second, offset: offset,
      isInOtherOrder: fields.isInOtherOrder)
  }

  private static func hour(_ hour: Int64, _ half: PageWords.Meaning) -> Int64 {
    switch half {
    case .am: hour == 12 ? 0 : hour
    case .pm: hour == 12 ? 12 : hour + 12
    // One at night is after midnight, nine at night before it.
    default: hour == 12 ? 0 : hour < 5 ? hour : hour + 12
    }
  }

  /// Gives the plain numbers their fields; false if they do not fit.
  private mutating func settleDate(isMonthFirst: Bool) -> Bool {
    if year == nil, let index = numbers.firstIndex(where: { $0.digits == 4 }) {
      let isFirst = index == 0
      year = numbers.remove(at: index).value
      if month == nil, isFirst, numbers.count == 2 {
        (month, day) = (numbers[0].value, numbers[1].value)
        numbers.removeAll()
      }
    }
    // Buddhist years are 543 ahead.
    if let found = year, (2_500...2_700).contains(found) { year = found - 543 }
    if month == nil, day == nil, numbers.count == 2 {
      let leads = numbers[0].value > 12 ? false : numbers[1].value > 12 || isMonthFirst
      isInOtherOrder = leads != isMonthFirst
      month = numbers[leads ? 0 : 1].value
      day = numbers[leads ? 1 : 0].value
      numbers.removeAll()
    }
    if day == nil, numbers.count == 1 { day = numbers.removeFirst().value }
    return numbers.isEmpty && year != nil && month != nil && day != nil
  }
}
