/// Long numbers that are written in groups, as phones are: `079-123 4567`.
package enum DigitRuns {
  /// The digits of a phone number.
  private static let digits = 7...15

  /// The numbers of a text that stand in several groups, each in one piece as ASCII digits.
  ///
  /// - Parameters:
  ///   - text: The text as written.
  ///   - folded: Its folded words, which show at no cost that there are too few digits.
  /// - Returns: The numbers, in the order of the text.
  static func joined(_ text: String, folded: [UInt8]) -> [[UInt8]] {
    var count = 0
    for byte in folded where byte &- 0x30 < 10 {
      count += 1
      if count >= digits.lowerBound {
        return runs(text).filter { $0.groups.count > 1 }.map(\.digits)
      }
    }
    return []
  }

  /// A number and where it stands.
  package struct Run: Equatable {
    package var digits: [UInt8] = []
    package var groups: [Int] = []
    package var range: Range<String.Index>
  }

  /// The phone numbers of a text, in groups or not.
  package static func runs(_ text: String) -> [Run] {
    var runs: [Run] = []
    var run: Run?
    var gap = 0
    var isInGroup = false
    func close() {
      if let run, digits.contains(run.digits.count), !isDate(run) { runs.append(run) }
      run = nil
    }
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if let digit = digit(scalar) {
        let end = text.unicodeScalars.index(after: index)
        if !isInGroup { run?.groups.append(0) }
        if run == nil { run = Run(groups: [0], range: index..<end) }
        let last = (run?.groups.count ?? 1) - 1
        run?.groups[last] += 1
        run?.digits.append(digit)
        if let start = run?.range.lowerBound { run?.range = start..<end }
        (gap, isInGroup) = (0, true)
      } else if !isInvisible(scalar) {
        isInGroup = false
        gap += 1
        if run != nil, gap > 2 || !isBetween(scalar) { close() }
      }
    }
    close()
    return runs
  }

  /// Where the ten digits of scripts begin.
  private static let zeros: [UInt32] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
  ]

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    let value = scalar.value
    if value < 0x660 { return value &- 0x30 < 10 ? UInt8(value) : nil }
    guard let zero = zeros.first(where: { value &- $0 < 10 }) else { return nil }
    return 0x30 + UInt8(value - zero)
  }

  /// Direction marks stand anywhere in numbers that are copied from an address book.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0xA0, 0x202F, 0x2D, 0x2010...0x2013, 0x2E, 0x28, 0x29, 0x2F: true
    default: false
    }
  }

  /// `2021-10-05`, `05/10/2021`: three groups that are a day, a month and a year of our time.
  private static func isDate(_ run: Run) -> Bool {
    guard run.groups.count == 3, run.groups.contains(4) else { return false }
    var values: [Int] = []
    var rest = run.digits[...]
    for length in run.groups {
      values.append(rest.prefix(length).reduce(0) { $0 * 10 + Int($1 - 0x30) })
      rest = rest.dropFirst(length)
    }
    let year = run.groups[0] == 4 ? values[0] : values[2]
    return (1900..<2100).contains(year) && (1...31).contains(values[1])
      && (1...31).contains(run.groups[0] == 4 ? values[2] : values[0])
  }
}
