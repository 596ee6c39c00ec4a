import Foundation
package import InboxModel

/// Turns times as sources write them into instants.
package struct WallClock: Sendable {
  private let zone: TimeZone
  private let basis: TimeBasis
  private var hour: Int64 = .min
  private var offset: Int64 = 0
  /// What the hour may also be, where an autumn change repeats it; nil for all other hours.
  private var second: Int64?
  private var last: Int64 = 0
  /// True while the second of two equal hours goes by.
  private var isSecond = false

  /// - Parameters:
  ///   - zone: The zone of wall-clock times, by its name in the IANA database.
  ///   - isKnown: True if the user named it.
  package init?(zone: String, isKnown: Bool) {
    guard let found = TimeZone(identifier: zone) else { return nil }
    self.zone = found
    basis = isKnown ? .zone : .assumed
  }

  /// The instant of a time, a page's clock moved by `shift` milliseconds.
  ///
  /// In the hour that an autumn change repeats, the first one is meant until times, which come in
  /// the order of a file, go back; an hour that a spring change leaves out is read as if the
  /// change had not been.
  package mutating func instant(_ time: SourceTime, shift: Int64 = 0) -> Instant {
    switch time.clock {
    case .utc:
      return Instant(milliseconds: time.milliseconds, precision: time.precision, basis: .utc)
    case .fixed(let offset):
      return Instant(
        milliseconds: time.milliseconds - offset + shift, precision: time.precision,
        basis: shift == 0 ? .assumed : .zone)
    case .local: break
    }
    let current = time.milliseconds / 3_600_000
    if current != hour {
      hour = current
      (offset, second) = offsets(atWallClock: time.milliseconds)
    }
    defer { last = time.milliseconds }
    guard let second else {
      isSecond = false
      return Instant(
        milliseconds: time.milliseconds - offset, precision: time.precision, basis: basis)
    }
    // Messages may stand in a file a minute or two out of order.
    if (900_000..<3_600_000).contains(last - time.milliseconds) { isSecond = true }
    return Instant(
      milliseconds: time.milliseconds - (isSecond ? second : offset), precision: time.precision,
      basis: basis)
  }

  /// The offset at a time of the wall clock, and a second one where the clock shows it twice.
  private func offsets(atWallClock wall: Int64) -> (Int64, Int64?) {
    // The larger offset first: in a repeated hour it names the earlier instant.
    let candidates = [wall - 86_400_000, wall + 86_400_000].map(offset(atUTC:)).sorted(by: >)
    let fitting = candidates.filter { offset(atUTC: wall - $0) == $0 }
    guard let first = fitting.first else { return (candidates.last ?? 0, nil) }
    return (first, fitting.last == first ? nil : fitting.last)
  }

  /// Forgets the times of another file.
  mutating func begin() {
    last = 0
    isSecond = false
  }

  private func offset(atUTC milliseconds: Int64) -> Int64 {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    return Int64(zone.secondsFromGMT(for: date)) * 1_000
  }
}
