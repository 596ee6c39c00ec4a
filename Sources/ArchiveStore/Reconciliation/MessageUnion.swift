/// The union of all sightings of one conversation: each message once, as a multiset.
///
/// Two sightings can be of one message only if their intervals meet, so the sightings fall into
/// islands that are settled one by one: single milliseconds for sources that are exact, a
/// minute or a day where one is not. The rules are those of the design, section 7.
package struct MessageUnion {
  /// For each source, the downloads that hold it.
  let downloads: [[Int]]
  /// For each download, its rank by the time of its newest record: later made is larger.
  let ranks: [Int]

  package init(downloads: [[Int]], ranks: [Int]) {
    self.downloads = downloads
    self.ranks = ranks
  }

  /// Unites sightings.
  ///
  /// - Parameter sightings: All of one conversation, in any order.
  /// - Returns: The messages in the order of time, then of the files.
  package func unite(_ sightings: [Sighting]) -> [UnitedMessage] {
    let sorted = sightings.indices.sorted { left, right in
      let (first, second) = (sightings[left], sightings[right])
      return (first.start, Int64(first.source), first.order)
        < (second.start, Int64(second.source), second.order)
    }
    var messages: [UnitedMessage] = []
    messages.reserveCapacity(sightings.count)
    var begin = 0
    while begin < sorted.count {
      var end = begin + 1
      var reach = sightings[sorted[begin]].end
      while end < sorted.count, sightings[sorted[end]].start < reach {
        reach = max(reach, sightings[sorted[end]].end)
        end += 1
      }
      if end == begin + 1 {
        messages.append(MessageUnion.single(sorted[begin], sightings))
      } else {
        var island = Island(sightings, Array(sorted[begin..<end]), union: self)
        messages += island.settle()
      }
      begin = end
    }
    return messages
  }

  private static func single(_ index: Int, _ sightings: [Sighting]) -> UnitedMessage {
    let sighting = sightings[index]
    return UnitedMessage(
      sightings: [index], sender: sighting.sender, start: sighting.start,
      precision: sighting.precision, isEdited: sighting.isEdited, isDeleted: sighting.isDeleted)
  }

  /// The downloads of a sighting.
  func downloads(of sighting: Sighting) -> [Int] { downloads[Int(sighting.source)] }

  /// The latest rank of the downloads of a sighting.
  func rank(of sighting: Sighting) -> Int {
    downloads(of: sighting).map { ranks[$0] }.max() ?? 0
  }
}
