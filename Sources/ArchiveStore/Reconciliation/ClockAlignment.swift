import InboxModel

/// Finds the zone difference between two wall-clock records of one chat.
enum ClockAlignment {
  /// Phones' zones differ by multiples of a quarter of an hour, at most 26 hours.
  private static let step: Int64 = 900_000
  private static let farthest: Int64 = 26 * 3_600_000

  /// What to add to the times of `moving` so that most messages shared with `fixed` coincide.
  ///
  /// - Returns: The shift in milliseconds and the number of messages that then coincide; nil if
  ///   too few do for a shift to be believed: fewer than three, or under a third of those that
  ///   could.
  static func shift(of moving: [Sighting], to fixed: [Sighting]) -> (shift: Int64, shared: Int)? {
    let (votes, comparable) = votes(of: moving, to: fixed)
    let best = votes.max { ($0.value, abs($1.key), $1.key) < ($1.value, abs($0.key), $0.key) }
    guard let best, best.value >= 3 || best.key == 0, best.value * 3 >= comparable else {
      return nil
    }
    return (best.key, best.value)
  }

  /// Moves wall-clock times to those of a source that shows the same messages.
  ///
  /// Summer time, or a journey, makes the difference another one for some of them: of the shifts
  /// that several messages speak for, each message takes its own, and one that is not shared
  /// takes that of its neighbour before it.
  static func align(_ moving: inout [Sighting], to fixed: [Sighting]) {
    let (votes, comparable) = votes(of: moving, to: fixed)
    let best = votes.max { ($0.value, abs($1.key), $1.key) < ($1.value, abs($0.key), $0.key) }
    guard let best, best.value >= 3 else { return }
    // An hour beside the best is summer time; any other difference needs many to speak for it.
    let shifts = votes.filter { shift, count in
      let isSummer = best.key != 0 && abs(shift - best.key) == 3_600_000
      return shift == best.key || count >= max(3, best.value / (isSummer ? 20 : 3))
    }.keys.sorted {
      (votes[$1] ?? 0, abs($0), $0) < (votes[$0] ?? 0, abs($1), $1)
    }
    guard shifts != [0], shifts.reduce(0, { $0 + (votes[$1] ?? 0) }) * 3 >= comparable else {
      return
    }
    var times: [UInt64: [Int64]] = [:]
    for sighting in fixed where sighting.content != 0 {
      times[sighting.content, default: []].append(sighting.start)
    }
    let own = moving.map { sighting in
      shifts.first { shift in
        (times[sighting.content] ?? []).contains { abs($0 - sighting.start - shift) < 60_000 }
      }
    }
    var current = own.lazy.compactMap(\.self).first ?? 0
    for place in moving.indices {
      current = own[place] ?? current
      moving[place].start += current
    }
  }

  /// How many messages speak for each shift, and how many could.
  static func votes(
    of moving: [Sighting], to fixed: [Sighting]
  ) -> (votes: [Int64: Int], comparable: Int) {
    var times: [UInt64: [Int64]] = [:]
    for sighting in fixed where sighting.content != 0 && sighting.hasOwnContent {
      // Several downloads show a message at one time, more or less exactly.
      let isKnown = times[sighting.content]?.contains { abs($0 - sighting.start) < 60_000 }
      if isKnown != true, times[sighting.content]?.count ?? 0 < 4 {
        times[sighting.content, default: []].append(sighting.start)
      }
    }
    var votes: [Int64: Int] = [:]
    var comparable = 0
    for sighting in moving where sighting.content != 0 && sighting.hasOwnContent {
      // A text that comes often tells nothing of the clock.
      guard let found = times[sighting.content], found.count <= 3 else { continue }
      comparable += 1
      for time in found {
        let difference = time - sighting.start
        let rounded = (Double(difference) / Double(step)).rounded() * Double(step)
        guard abs(rounded) <= Double(farthest), abs(Double(difference) - rounded) < 60_000 else {
          continue
        }
        votes[Int64(rounded), default: 0] += 1
      }
    }
    return (votes, comparable)
  }
}
