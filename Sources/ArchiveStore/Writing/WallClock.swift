import Foundation
package import InboxModel

/// Turns times as sources write them into instants.
package struct WallClock: Sendable {
  private let zone: TimeZone
  private let basis: TimeBasis
  private var hour: Int64 = .min
  private var offset: Int64 = 0

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
  /// In the hour that an autumn change repeats, the first one is meant; an hour that a spring
  /// change leaves out is read as if the change had not been.
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
      offset = offset(atWallClock: time.milliseconds)
    }
    return Instant(
      milliseconds: time.milliseconds - offset, precision: time.precision, basis: basis)
  }

  private func offset(atWallClock wall: Int64) -> Int64 {
    // The larger offset first: in a repeated hour it names the earlier instant.
    let candidates = [wall - 86_400_000, wall + 86_400_000].map(offset(atUTC:)).sorted(by: >)
    for candidate in candidates where offset(atUTC: wall - candidate) == candidate {
      return candidate
    }
    return candidates.last ?? 0
  }

  private func offset(atUTC milliseconds: Int64) -> Int64 {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    return Int64(zone.secondsFromGMT(for: date)) * 1_000
  }
}
