import ArchiveExport
import Foundation
import InboxModel

/// Writes the times of messages, which mostly follow one another on one day.
struct MessageClock {
  /// The column of the view `messages`.
  static let column = "sent_at"

  private let isForPeople: Bool
  private var day = Int64.min
  /// The day with what stands before the time: `2024-05-01T`.
  private var dayText: [UInt8] = []

  init(isForPeople: Bool) { self.isForPeople = isForPeople }

  /// Writes `2024-05-01T09:12:33.123Z`, for people `2024-05-01 09:12:33`.
  mutating func write(_ milliseconds: Int64, to output: inout ByteOutput) {
    let days = (milliseconds - (milliseconds < 0 ? 86_399_999 : 0)) / 86_400_000
    if days != day {
      day = days
      dayText = Array(ISOTime.text(days * 86_400_000).utf8.prefix(10))
      dayText.append(UInt8(ascii: isForPeople ? " " : "T"))
    }
    output.write(dayText)
    let rest = milliseconds - days * 86_400_000
    two(rest / 3_600_000, ":", &output)
    two(rest / 60_000 % 60, ":", &output)
    two(rest / 1_000 % 60, isForPeople ? nil : ".", &output)
    if isForPeople { return }
    output.write(UInt8(ascii: "0") + UInt8(rest % 1_000 / 100))
    two(rest % 100, "Z", &output)
  }

  private func two(_ number: Int64, _ mark: Unicode.Scalar?, _ output: inout ByteOutput) {
    output.write(UInt8(ascii: "0") + UInt8(number / 10))
    output.write(UInt8(ascii: "0") + UInt8(number % 10))
    if let mark { output.write(UInt8(ascii: mark)) }
  }
}

extension TimeZone {
  /// What the clock on the wall shows, milliseconds, when so many have passed since 1970 in UTC.
  func local(_ milliseconds: Int64) -> Int64 {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    return milliseconds + Int64(secondsFromGMT(for: date)) * 1_000
  }
}
