/// How exactly a source states a time. Finer precisions compare as smaller.
package enum TimePrecision: Int, Sendable, Comparable, CaseIterable {
  case millisecond = 0
  case second = 1
  case minute = 2
  case day = 3

  /// The length of the interval that a time of this precision names, in milliseconds.
  package var span: Int64 {
    switch self {
    case .millisecond: 1
    case .second: 1_000
    case .minute: 60_000
    case .day: 86_400_000
    }
  }

  /// The word that stands in the archive's `time_precision` column.
  package var name: String {
    switch self {
    case .millisecond: "millisecond"
    case .second: "second"
    case .minute: "minute"
    case .day: "day"
    }
  }

  package static func < (left: TimePrecision, right: TimePrecision) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How we know the zone of a time.
package enum TimeBasis: Int, Sendable {
  /// The file says so.
  case utc = 0
  /// A zone was known, from the user or from other downloads.
  case zone = 1
  /// The zone is an assumption.
  case assumed = 2

  /// The word that stands in the archive's `time_basis` column.
  package var name: String {
    switch self {
    case .utc: "utc"
    case .zone: "zone"
    case .assumed: "assumed"
    }
  }
}

/// A moment with what is known about it: milliseconds since 1970 in UTC, precision and basis.
package struct Instant: Sendable, Hashable {
  package var milliseconds: Int64
  package var precision: TimePrecision
  package var basis: TimeBasis

  package init(milliseconds: Int64, precision: TimePrecision, basis: TimeBasis) {
    self.milliseconds = milliseconds
    self.precision = precision
    self.basis = basis
  }
}

/// The clock that a source's times are read from.
package enum SourceClock: Sendable, Hashable {
  case utc
  /// The clock on the wall where the archive's owner is.
  case local
  /// A clock that stands at this many milliseconds east of UTC all year, as far as is known.
  case fixed(Int64)
}

/// A time as a source writes it, before any zone is decided.
package struct SourceTime: Sendable, Hashable {
  /// Milliseconds since 1970 of its clock, read as if that were UTC.
  package var milliseconds: Int64
  package var precision: TimePrecision
  package var clock: SourceClock

  package init(milliseconds: Int64, precision: TimePrecision, clock: SourceClock = .utc) {
    self.milliseconds = milliseconds
    self.precision = precision
    self.clock = clock
  }

  /// The times that the archive accepts: 1990 up to, and without, 2100 (UTC).
  package static let plausible: Range<Int64> = 631_152_000_000..<4_102_444_800_000
}
