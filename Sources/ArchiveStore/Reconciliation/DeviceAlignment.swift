import InboxModel

/// Aligns records of one chat from two devices whose clocks differ by less than two minutes.
///
/// A message arrives on each phone at a time of its own. What two exports of one phone share
/// coincides to the minute; where most of the shared sequence does not, they are of two phones,
/// and the times of one are taken for both.
package enum DeviceAlignment {
  /// How far the clocks may be apart, in milliseconds.
  private static let farthest: Int64 = 120_000
  /// So many messages must stand apart before two devices are believed.
  private static let fewest = 3

  /// Moves sightings onto the times at which `fixed` shows the same messages.
  ///
  /// - Parameters:
  ///   - moving: The sightings of one source, in order.
  ///   - fixed: What the sources before it show.
  package static func align(_ moving: inout [Sighting], to fixed: [Sighting]) {
    let pairs = pairs(moving, fixed.sorted { ($0.start, $0.order) < ($1.start, $1.order) })
    let apart = pairs.filter { !meets(moving[$0.moving], $0.fixed) }
    guard apart.count >= fewest, apart.count * 2 > pairs.count else { return }
    for pair in apart {
      let span = moving[pair.moving].precision.span
      if moving[pair.moving].precision < pair.fixed.precision {
        moving[pair.moving].precision = pair.fixed.precision
        moving[pair.moving].start = pair.fixed.start
      } else {
        moving[pair.moving].start = pair.fixed.start - pair.fixed.start % span
      }
    }
  }

  /// Pairs of equal sender and content in the same sequence, not too far apart.
  private static func pairs(
    _ moving: [Sighting], _ fixed: [Sighting]
  ) -> [(moving: Int, fixed: Sighting)] {
    var result: [(moving: Int, fixed: Sighting)] = []
    var next = 0
    for index in moving.indices where moving[index].content != 0 && moving[index].hasOwnContent {
      let sighting = moving[index]
      while next < fixed.count, fixed[next].start < sighting.start - farthest { next += 1 }
      var place = next
      while place < fixed.count, fixed[place].start <= sighting.start + farthest {
        if fixed[place].sender == sighting.sender, fixed[place].content == sighting.content {
          result.append((index, fixed[place]))
          next = place + 1
          break
        }
        place += 1
      }
    }
    return result
  }

  private static func meets(_ left: Sighting, _ right: Sighting) -> Bool {
    left.start < right.end && right.start < left.end
  }
}
