import InboxModel

/// Times of an iPhone's databases: seconds since 2001 in UTC.
enum PhoneTime {
  private static let epoch: Double = 978_307_200

  /// The time; nil if it is none that a message can have. Most are whole seconds.
  static func time(_ seconds: Double?) -> SourceTime? {
    guard let seconds, seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    let milliseconds = Int64(((seconds + epoch) * 1_000).rounded())
    guard SourceTime.plausible.contains(milliseconds) else { return nil }
    return SourceTime(
      milliseconds: milliseconds,
      precision: milliseconds % 1_000 == 0 ? .second : .millisecond)
  }
}
