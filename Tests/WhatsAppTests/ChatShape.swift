import Foundation

/// How one phone writes the headers of an export: locale, device, version.
struct ChatShape: Sendable, CustomStringConvertible {
  let name: String
  /// `[` and seconds on iPhones, ` - ` on Android.
  let isPhone: Bool
  /// `d M y h H m s a` by one, two or four letters; all else, and what stands
  /// between quotes, stands for itself.
  let pattern: String
  let language: String
  var periods = ["AM", "PM"]
  /// The zero of its digits.
  var zero: Unicode.Scalar = "0"
  var calendar = Calendar.Identifier.gregorian
  /// The hour of noon and midnight is 0, as in Japan.
  var countsFromZero = false
  var encoding = String.Encoding.utf8
  var startsWithMark = false

  var description: String { name }

  /// True if the header shows seconds.
  var hasSeconds: Bool { pattern.contains("s") }

  init(_ name: String, _ language: String, _ pattern: String) {
    self.name = name
    self.language = language
    self.pattern = pattern
    isPhone = pattern.hasPrefix("[") || pattern.hasPrefix("\u{200F}[")
  }

  /// The header of a time, up to and with the blank behind it.
  func header(_ date: Date, zone: TimeZone) -> String {
    var calendar = Calendar(identifier: calendar)
    calendar.timeZone = zone
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: date)
    let hour = parts.hour ?? 0
    var half = hour % 12
    if half == 0, !countsFromZero { half = 12 }
    let numbers: [Character: Int] = [
      "d": parts.day ?? 0, "M": parts.month ?? 0, "y": parts.year ?? 0, "H": hour, "h": half,
      "m": parts.minute ?? 0, "s": parts.second ?? 0,
    ]
    var text = ""
    var rest = Substring(pattern)
    while let sign = rest.first {
      if sign == "'" {
        let quoted = rest.dropFirst().prefix { $0 != sign }
        text += quoted
        rest = rest.dropFirst(quoted.count + 2)
        continue
      }
      let width = rest.prefix { $0 == sign }.count
      if let number = numbers[sign] {
        text += digits(sign == "y" && width == 2 ? number % 100 : number, width)
        rest = rest.dropFirst(width)
      } else {
        text += sign == "a" ? periods[hour / 12] : String(sign)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private func digits(_ number: Int, _ width: Int) -> String {
    let plain = String(number)
    let padded = String(repeating: "0", count: max(0, min(width, 2) - plain.count)) + plain
    return String(
      String.UnicodeScalarView(
        padded.unicodeScalars.compactMap { Unicode.Scalar(zero.value + $0.value - 48) }))
  }

  func with(_ change: (inout ChatShape) -> Void) -> ChatShape {
    var shape = self
    change(&shape)
    return shape
  }
}
