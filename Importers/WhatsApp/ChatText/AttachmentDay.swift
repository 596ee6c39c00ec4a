import InboxModel
import TextDecoding

/// The day in the name of an attachment: always year, month, day.
enum AttachmentDay {
  /// `YYYYMMDD` at `start`.
  static func compact(_ bytes: ByteView, _ start: Int) -> Int64? {
    day(number(bytes, start, 4), number(bytes, start + 4, 2), number(bytes, start + 6, 2))
  }

  /// `-YYYY-MM-DD-` with the year at `start`.
  static func dashed(_ bytes: ByteView, _ start: Int, _ end: Int) -> Int64? {
    guard start > 0, start + 11 <= end, bytes[start - 1] == 0x2D, bytes[start + 4] == 0x2D,
      bytes[start + 7] == 0x2D, bytes[start + 10] == 0x2D
    else { return nil }
    return day(number(bytes, start, 4), number(bytes, start + 5, 2), number(bytes, start + 8, 2))
  }

  private static func number(_ bytes: ByteView, _ start: Int, _ count: Int) -> Int64 {
    var value: Int64 = 0
    for index in start..<(start + count) {
      guard bytes[index] &- 0x30 < 10 else { return -1 }
      value = value * 10 + Int64(bytes[index] - 0x30)
    }
    return value
  }

  private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (2009..<2100).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    return CivilTime.days(year: year, month: month, day: day)
  }
}
