import InboxModel

/// Puts messages of an island in order: by time, and at equal times as the files have them.
enum SlotOrder {
  static func sorted(
    _ slots: [Island.Slot], _ sightings: [Sighting], _ union: MessageUnion
  ) -> [Island.Slot] {
    let byTime = slots.indices.sorted { (slots[$0].start, $0) < (slots[$1].start, $1) }
    var result: [Island.Slot] = []
    var begin = 0
    while begin < byTime.count {
      var end = begin + 1
      while end < byTime.count, slots[byTime[end]].start == slots[byTime[begin]].start { end += 1 }
      let group = Array(byTime[begin..<end])
      result += merged(group, slots, sightings, union).map { slots[$0] }
      begin = end
    }
    return result
  }

  /// Merges the downloads' own orders: what one download alone shows goes behind its neighbour.
  private static func merged(
    _ group: [Int], _ slots: [Island.Slot], _ sightings: [Sighting], _ union: MessageUnion
  ) -> [Int] {
    guard group.count > 1 else { return group }
    var places: [Int: [(order: Int64, slot: Int)]] = [:]
    for slot in group {
      for member in slots[slot].members {
        for download in union.downloads(of: sightings[member]) {
          places[download, default: []].append((sightings[member].order, slot))
        }
      }
    }
    var result: [Int] = []
    let downloads = places.keys.sorted {
      (places[$0]?.count ?? 0, $1) > (places[$1]?.count ?? 0, $0)
    }
    for download in downloads {
      let own = (places[download] ?? []).sorted { ($0.order, $0.slot) < ($1.order, $1.slot) }
      insert(own.map(\.slot), into: &result)
    }
    return result
  }

  private static func insert(_ sequence: [Int], into result: inout [Int]) {
    for (index, slot) in sequence.enumerated() where !result.contains(slot) {
      if index > 0, let before = result.firstIndex(of: sequence[index - 1]) {
        result.insert(slot, at: before + 1)
      } else if let next = sequence.dropFirst(index).first(where: result.contains),
        let after = result.firstIndex(of: next)
      {
        result.insert(slot, at: after)
      } else {
        result.append(slot)
      }
    }
  }
}
