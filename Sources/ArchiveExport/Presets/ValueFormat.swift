import Crypto
import Foundation
import TextDecoding

/// How a target writes a value.
enum ValueFormat: Sendable {
  case date, dateTime, iso, usDateTime, yesNo, upperTrueFalse, json, digits, lower, number
  case list(String)
  case hashedEmail, hashedPhone, hashedText

  init?(_ name: String) {
    switch name {
    case "date": self = .date
    case "datetime": self = .dateTime
    case "iso": self = .iso
    case "us-datetime": self = .usDateTime
    case "yes-no": self = .yesNo
    case "TRUE-FALSE": self = .upperTrueFalse
    case "json": self = .json
    case "digits": self = .digits
    case "lower": self = .lower
    case "number": self = .number
    case "sha256-email": self = .hashedEmail
    case "sha256-phone": self = .hashedPhone
    case "sha256-text": self = .hashedText
    default:
      guard name.hasPrefix("list:") else { return nil }
      self = .list(String(name.dropFirst(5)))
    }
  }

  /// A value as text in this format; times are ISO 8601 in UTC before.
  func text(_ value: FieldValue) -> String {
    let plain = value.texts.joined(separator: ", ")
    switch self {
    case .date: return String(plain.prefix(10))
    case .dateTime: return plain.prefix(10) + ValueFormat.time(plain)
    case .iso, .number: return plain
    case .usDateTime:
      let day = plain.prefix(10).split(separator: "-")
      guard day.count == 3 else { return plain }
      return "\(day[1])/\(day[2])/\(day[0])" + ValueFormat.time(plain)
    case .yesNo: return ValueFormat.isTrue(plain) ? "yes" : "no"
    case .upperTrueFalse: return ValueFormat.isTrue(plain) ? "TRUE" : "FALSE"
    case .json:
      return value.isEmpty ? "" : JSONText.list(value.texts.map(JSONText.string))
    case .digits: return String(plain.filter(\.isASCII).filter(\.isNumber))
    case .lower: return plain.lowercased()
    case .list(let separator): return value.texts.joined(separator: separator)
    case .hashedEmail, .hashedText: return ValueFormat.hash(ValueFormat.trimmed(plain).lowercased())
    case .hashedPhone:
      let digits = plain.filter(\.isASCII).filter(\.isNumber)
      return ValueFormat.hash(String(digits.drop { $0 == "0" }))
    }
  }

  private static func isTrue(_ text: String) -> Bool {
    !["", "unknown", "opted-out", "no", "false", "0"].contains(text.lowercased())
  }

  /// The time of day of ISO 8601, to the second, behind a blank.
  private static func time(_ text: String) -> String {
    let time = text.dropFirst(11).prefix(8)
    return time.isEmpty ? "" : " " + time
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// SHA-256 in small hexadecimal digits; empty stays empty.
  private static func hash(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    return Hexadecimal.text(SHA256.hash(data: Data(text.utf8)))
  }
}
