import ArchiveStore
import InboxModel

/// The design's section 7 in the plainest words: how many messages there are, counted by
/// definition and slowly. It knows nothing of islands or slots.
struct ReferenceModel {
  let sightings: [Sighting]
  /// The one download of each source.
  let downloads: [Int]

  /// A kind of message that the union has, with how many of them.
  struct Line: Hashable, Comparable {
    let sender: Int32
    let content: UInt64
    let start: Int64
    let precision: Int

    static func < (left: Line, right: Line) -> Bool {
      (left.start, left.precision, left.sender, left.content)
        < (right.start, right.precision, right.sender, right.content)
    }
  }

  /// The counts where one sender says one thing at one millisecond at most in versions of none:
  /// "for a point, the most that any download shows; for a second, then a minute, then a day,
  /// the larger of what its parts sum to and the most any download shows in it".
  func counts() -> [Line: Int] {
    var result: [Line: Int] = [:]
    for (sender, content) in Set(sightings.map { Pair(sender: $0.sender, content: $0.content) })
      .map({ ($0.sender, $0.content) })
    {
      let group = sightings.filter { $0.sender == sender && $0.content == content }
      for level in TimePrecision.allCases {
        for start in Set(group.filter { $0.precision == level }.map(\.start)) {
          let end = start + level.span
          let inside = group.filter {
            $0.precision <= level && $0.start >= start && $0.start < end
          }
          let most =
            Set(inside.map { downloads[Int($0.source)] }).map { download in
              inside.filter { downloads[Int($0.source)] == download }.count
            }.max() ?? 0
          let parts = result.filter {
            $0.key.sender == sender && $0.key.content == content
              && $0.key.precision < level.rawValue
              && $0.key.start >= start && $0.key.start < end
          }.values.reduce(0, +)
          let line = Line(
            sender: sender, content: content, start: start, precision: level.rawValue)
          if most > parts { result[line] = most - parts }
        }
      }
    }
    return result
  }

  private struct Pair: Hashable {
    let sender: Int32
    let content: UInt64
  }

  /// At each millisecond, how many messages each sender has: the most any download shows.
  func momentCounts() -> [Line: Int] {
    var result: [Line: Int] = [:]
    for sighting in sightings {
      let line = Line(sender: sighting.sender, content: 0, start: sighting.start, precision: 0)
      let same = sightings.filter {
        $0.sender == sighting.sender && $0.start == sighting.start
      }
      result[line] = Set(downloads).map { download in
        same.filter { downloads[Int($0.source)] == download }.count
      }.max()
    }
    return result
  }

  /// With sightings that show nothing: at each time of a sender the larger of the union of
  /// contents and the most that any download shows, contents and blanks together.
  func openCounts() -> [Line: Int] {
    var contents = ReferenceModel(
      sightings: sightings.filter(\.hasOwnContent), downloads: downloads
    ).momentCounts()
    for (line, count) in momentCounts() { contents[line] = max(contents[line] ?? 0, count) }
    return contents
  }
}
