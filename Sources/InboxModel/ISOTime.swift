/// Times written by ISO 8601, such as `2019-03-05T09:12:33.123456+00:00`.
package enum ISOTime {
  /// Reads a date and time. Without a zone it counts as UTC.
  ///
  /// - Returns: The time with the precision that it was written in; nil if it is none.
  package static func parse(_ text: String) -> SourceTime? {
    var fields: [Int64] = []
    var rest = Substring(text)
    for width in [4, 2, 2, 2, 2, 2] {
      let digits = rest.prefix(width)
      guard digits.utf8.count == width, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let value = Int64(digits)
      else { break }
      fields.append(value)
      rest = rest.dropFirst(width)
      if let mark = rest.first, "-T: ".contains(mark), fields.count < 6 { rest = rest.dropFirst() }
    }
    guard fields.count >= 5, (1...12).contains(fields[1]), (1...31).contains(fields[2]),
      fields[3] < 24, fields[4] < 60
    else { return nil }
    let precision: TimePrecision = fields.count == 6 ? .second : .minute
    var time = CivilTime.milliseconds(
      year: fields[0], month: fields[1], day: fields[2], hour: fields[3], minute: fields[4],
      second: fields.count == 6 ? fields[5] : 0)
    var hasFraction = false
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count + 1)
      let padded = String((digits + "000").prefix(3))
      time += Int64(padded) ?? 0
      hasFraction = true
    }
    guard let offset = zoneOffset(rest) else { return nil }
    return SourceTime(
      milliseconds: time - offset, precision: hasFraction ? .millisecond : precision)
  }

  /// The offset from UTC in milliseconds; nil if the text is no zone.
  private static func zoneOffset(_ text: Substring) -> Int64? {
    if text.isEmpty || text == "Z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 4, let value = Int64(digits) else { return nil }
    let minutes = value / 100 * 60 + value % 100
    return (sign == "-" ? -minutes : minutes) * 60_000
  }

  /// A time as text in UTC with milliseconds: `2019-03-05T09:12:33.123Z`.
  package static func text(_ milliseconds: Int64) -> String {
    let days = (milliseconds - (milliseconds < 0 ? 86_399_999 : 0)) / 86_400_000
    let rest = milliseconds - days * 86_400_000
    let date = CivilTime.date(days: days)
    func pad(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T"
      + "\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1_000 % 60, 2))."
      + "\(pad(rest % 1_000, 3))Z"
  }
}
