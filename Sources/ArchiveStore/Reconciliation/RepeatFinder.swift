import InboxModel

/// Finds what one download shows twice: the end of one file of a thread again at the beginning
/// of the next, and a thread that stands whole in another thread.
enum RepeatFinder {
  /// Marks, in the later file of each neighbouring pair, the longest run that ends the earlier
  /// file and begins the later one, if they join at equal times.
  ///
  /// - Parameter files: The files of one thread in one download, oldest first, each sorted by
  ///   its own order.
  static func markJoints(_ files: inout [[Sighting]]) {
    for index in files.indices.dropFirst() {
      let earlier = files[index - 1]
      let later = files[index]
      guard let end = earlier.last, let begin = later.first, begin.start <= end.start else {
        continue
      }
      let length = overlap(earlier, later)
      for position in 0..<length { files[index][position].isRepeat = true }
    }
  }

  /// The length of the longest end of `earlier` that begins `later`, by the failure function
  /// of Knuth, Morris and Pratt.
  private static func overlap(_ earlier: [Sighting], _ later: [Sighting]) -> Int {
    let pattern = Array(later.prefix(earlier.count))
    var failure = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, !isSame(pattern[index], pattern[length]) { length = failure[length - 1] }
      if isSame(pattern[index], pattern[length]) { length += 1 }
      failure[index] = length
    }
    var matched = 0
    for sighting in earlier {
      while matched > 0, matched == pattern.count || !isSame(sighting, pattern[matched]) {
        matched = failure[matched - 1]
      }
      if matched < pattern.count, isSame(sighting, pattern[matched]) { matched += 1 }
    }
    return matched
  }

  private static func isSame(_ left: Sighting, _ right: Sighting) -> Bool {
    left.start == right.start && left.sender == right.sender && left.content == right.content
      && left.precision == right.precision
  }

  /// True if every sighting of `small` has its own in `large`.
  static func contains(_ large: [Sighting], _ small: [Sighting]) -> Bool {
    guard !small.isEmpty, small.count <= large.count else { return false }
    var counts: [Moment: Int] = [:]
    for sighting in large { counts[Moment(sighting), default: 0] += 1 }
    for sighting in small {
      guard let left = counts[Moment(sighting)], left > 0 else { return false }
      counts[Moment(sighting)] = left - 1
    }
    return true
  }

  /// How many sightings two lists have in common, as multisets of time and content.
  static func shared(_ left: [Sighting], _ right: [Sighting]) -> Int {
    let coarsest = max(
      left.map(\.precision).max() ?? .millisecond, right.map(\.precision).max() ?? .millisecond)
    let span = coarsest == .millisecond ? 1 : coarsest == .second ? 1_000 : 60_000 as Int64
    var counts: [Moment: Int] = [:]
    for sighting in left where sighting.content != 0 {
      counts[Moment(sighting, span: span), default: 0] += 1
    }
    var shared = 0
    for sighting in right where sighting.content != 0 {
      let moment = Moment(sighting, span: span)
      if let count = counts[moment], count > 0 {
        counts[moment] = count - 1
        shared += 1
      }
    }
    return shared
  }

  /// Time and content, the time as coarse as that of the coarser source.
  private struct Moment: Hashable {
    let start: Int64
    let content: UInt64

    init(_ sighting: Sighting, span: Int64? = nil) {
      let span = span ?? (sighting.precision == .millisecond ? 1 : 60_000)
      start = sighting.start - sighting.start % span
      content = sighting.content
    }
  }
}
