import Foundation

/// The pieces of a text that may be a date: numbers, times of day, words and zones.
struct DateTokens {
  enum Token: Equatable {
    case number(Int64, digits: Int)
    case time(Int64, Int64, Int64?)
    case word(String)
    /// East of UTC, in milliseconds.
    case zone(Int64)

    var isWord: Bool {
      if case .word = self { return true }
      return false
    }
  }

  private(set) var list: [Token] = []

  /// Nil if the text holds a character that no date has.
  init?(_ text: String) {
    var word = String.UnicodeScalarView()
    var digits: [Int64] = []
    var rest = Substring.UnicodeScalarView(text.unicodeScalars)
    func endWord(_ list: inout [Token]) {
      guard !word.isEmpty else { return }
      list.append(.word(PageWords.fold(String(word))))
      word.removeAll()
    }
    while let scalar = rest.first {
      if let value = scalar.properties.numericType == .decimal
        ? scalar.properties.numericValue : nil
      {
        endWord(&list)
        digits.append(Int64(value))
        rest.removeFirst()
        continue
      }
      if !digits.isEmpty {
        guard digits.count <= 4, let taken = Self.number(digits, &rest) else { return nil }
        list.append(taken)
        digits.removeAll()
        continue
      }
      if word.isEmpty, let zone = Self.zone(&rest) {
        list.append(.zone(zone))
        continue
      }
      rest.removeFirst()
      switch Self.role(of: scalar) {
      case .letter: word.append(scalar)
      case .separator: endWord(&list)
      case .mark: break
      case .stranger: return nil
      }
    }
    endWord(&list)
    if !digits.isEmpty {
      guard digits.count <= 4, let taken = Self.number(digits, &rest) else { return nil }
      list.append(taken)
    }
  }

  private enum Role {
    case letter, separator, mark, stranger
  }

  private static func role(of scalar: Unicode.Scalar) -> Role {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
      .nonspacingMark, .spacingMark:
      return .letter
    case .format: return .mark
    case .spaceSeparator, .control, .dashPunctuation: return .separator
    default:
      let separators: Set<Unicode.Scalar> = [
        ",", ".", "/", "(", ")", "'", "’", "׳", "״", "\"", "،", "·", "|", "、",
      ]
      return separators.contains(scalar) ? .separator : .stranger
    }
  }

  /// A number, or a time of day if a colon and more digits follow.
  private static func number(
    _ digits: [Int64], _ rest: inout Substring.UnicodeScalarView
  ) -> Token? {
    let value = digits.reduce(0) { $0 * 10 + $1 }
    guard rest.first == ":", digits.count <= 2 else { return .number(value, digits: digits.count) }
    var fields: [Int64] = []
    while rest.first == ":", fields.count < 2 {
      var ahead = rest.dropFirst()
      guard let tens = digit(ahead.popFirst()), let ones = digit(ahead.popFirst()),
        digit(ahead.first) == nil
      else { return nil }
      fields.append(tens * 10 + ones)
      rest = ahead
    }
    guard let minute = fields.first else { return nil }
    return .time(value, minute, fields.count > 1 ? fields[1] : nil)
  }

  private static func digit(_ scalar: Unicode.Scalar?) -> Int64? {
    guard let scalar, scalar.properties.numericType == .decimal,
      let value = scalar.properties.numericValue
    else { return nil }
    return Int64(value)
  }

  /// Names of zones that pages of 2010 to 2018 wrote, with their hours east of UTC.
  private static let names: [String: Double] = [
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "IST": 5.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
  ]

  /// `UTC+05:30`, `PDT`; takes it off the front.
  private static func zone(_ rest: inout Substring.UnicodeScalarView) -> Int64? {
    let name = rest.prefix { ("A"..."Z").contains($0) }
    guard name.count >= 3, let hours = names[String(String.UnicodeScalarView(name))] else {
      return nil
    }
    var ahead = rest.dropFirst(name.count)
    if let next = ahead.first, next.properties.isAlphabetic { return nil }
    guard name.count == 3, hours == 0, let sign = ahead.first, "+-−".unicodeScalars.contains(sign)
    else {
      rest = ahead
      return Int64(hours * 3_600_000)
    }
    ahead.removeFirst()
    var digits: [Int64] = []
    while let next = ahead.first, next == ":" || digit(next) != nil, digits.count < 4 {
      if let value = digit(next) { digits.append(value) }
      ahead.removeFirst()
    }
    guard !digits.isEmpty else { return nil }
    let hour = digits.prefix(digits.count > 2 ? digits.count - 2 : 2).reduce(0) { $0 * 10 + $1 }
    let minute = digits.count > 2 ? digits.suffix(2).reduce(0) { $0 * 10 + $1 } : 0
    rest = ahead
    let offset = (hour * 60 + minute) * 60_000
    return sign == "+" ? offset : -offset
  }
}
