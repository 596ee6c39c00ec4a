import InboxModel

/// Times as ISO 8601 text in UTC with milliseconds.
enum ISOText {
  static func text(_ milliseconds: Int64) -> String {
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
