import InboxModel

/// Pairs an edited message with its earlier text where times are coarser than a millisecond.
///
/// The edited sighting and the unmatched one stand after the same neighbour in their files, and
/// there is only one such.
enum EditPairing {
  static func pair(_ island: inout Island) {
    let edited = island.slots.indices.filter { index in
      let slot = island.slots[index]
      return slot.precision != .millisecond
        && slot.members.allSatisfy { island.sightings[$0].isEdited }
    }
    var removed: Set<Int> = []
    for index in edited {
      let candidates = island.slots.indices.filter {
        $0 != index && !removed.contains($0) && fits(island.slots[index], island.slots[$0], island)
      }
      guard candidates.count == 1, let home = candidates.first else { continue }
      for member in island.slots[index].members { island.add(member, to: home) }
      removed.insert(index)
    }
    for index in removed.sorted(by: >) { island.slots.remove(at: index) }
  }

  private static func fits(_ edited: Island.Slot, _ other: Island.Slot, _ island: Island) -> Bool {
    guard other.sender == edited.sender, other.isFree(edited.downloads),
      other.start < edited.start + edited.precision.span,
      edited.start < other.start + other.precision.span,
      other.members.contains(where: { !island.sightings[$0].isEdited })
    else { return false }
    return neighbours(edited, island).contains { mine in
      neighbours(other, island).contains { $0 == mine }
    }
  }

  /// For each download of a slot, the slot that stands just before it there among those that
  /// several downloads share; -1 for none.
  private static func neighbours(_ slot: Island.Slot, _ island: Island) -> [Int] {
    slot.members.map { member in
      let sighting = island.sightings[member]
      let mine = island.union.downloads(of: sighting)
      var best: (order: Int64, slot: Int)?
      for (index, other) in island.slots.enumerated() where other.downloads.count > 1 {
        for candidate in other.members {
          let found = island.sightings[candidate]
          guard island.union.downloads(of: found) == mine, found.order < sighting.order,
            found.order > best?.order ?? Int64.min
          else { continue }
          best = (found.order, index)
        }
      }
      return best?.slot ?? -1
    }
  }
}
