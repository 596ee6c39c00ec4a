import InboxModel

/// Sightings whose intervals touch, settled together.
struct Island {
  /// A message in the making.
  struct Slot {
    var sender: Int32
    var start: Int64
    var precision: TimePrecision
    var contents: [UInt64] = []
    /// Downloads that show this message.
    var downloads: [Int] = []
    var members: [Int] = []

    func isFree(_ sightingDownloads: [Int]) -> Bool {
      !sightingDownloads.contains(where: downloads.contains)
    }
  }

  let sightings: [Sighting]
  let indices: [Int]
  let union: MessageUnion
  var slots: [Slot] = []

  init(_ sightings: [Sighting], _ indices: [Int], union: MessageUnion) {
    self.sightings = sightings
    self.indices = indices
    self.union = union
  }

  /// The messages of the island, in order.
  mutating func settle() -> [UnitedMessage] {
    let counted = indices.filter { !sightings[$0].isRepeat }
    let named = counted.filter { sightings[$0].sender != SenderKey.unnamed }
    let withheld = counted.filter { sightings[$0].sender == SenderKey.unnamed }
    settleContents(named.filter { sightings[$0].hasOwnContent })
    EditPairing.pair(&self)
    // What shows no content agrees with any content of its sender.
    settleOpen(named.filter { !sightings[$0].hasOwnContent }, anySender: false)
    // Who is not named agrees with any sender of the same content, or of any if it has none.
    settleWithheld(withheld.filter { sightings[$0].hasOwnContent })
    settleOpen(withheld.filter { !sightings[$0].hasOwnContent }, anySender: true)
    layRepeats(indices.filter { sightings[$0].isRepeat })
    return SlotOrder.sorted(slots, sightings, union).map(message)
  }

  // MARK: Counting

  private mutating func settleContents(_ group: [Int]) {
    let exact = group.filter { sightings[$0].precision == .millisecond }
    for moment in grouped(exact, by: { [Int64($0.sender), $0.start] }) { settleMoment(moment) }
    for level in [TimePrecision.second, .minute, .day] {
      let coarse = group.filter { sightings[$0].precision == level }
      for same in grouped(coarse, by: { [Int64($0.sender), Int64(bitPattern: $0.content)] }) {
        for interval in intervals(same) {
          let sample = sightings[interval[0]]
          place(interval, sender: sample.sender, content: sample.content) { slot in
            slot.sender == sample.sender && slot.contents.contains(sample.content)
          }
        }
      }
    }
  }

  /// At one millisecond a sender has as many messages as the most any one download shows;
  /// differing contents are then versions.
  private mutating func settleMoment(_ group: [Int]) {
    let perDownload = byDownload(group)
    let count = perDownload.values.map(\.count).max() ?? 0
    let first = slots.count
    for _ in 0..<count { slots.append(emptySlot(like: group[0])) }
    let largestFirst = perDownload.keys.sorted {
      let (left, right) = (perDownload[$0]?.count ?? 0, perDownload[$1]?.count ?? 0)
      return left != right ? left > right : $0 < $1
    }
    var laid: Set<Int> = []
    for download in largestFirst {
      let own = (perDownload[download] ?? []).filter { laid.insert($0).inserted }
      lay(own, on: Array(first..<slots.count))
    }
  }

  private mutating func settleWithheld(_ group: [Int]) {
    for level in TimePrecision.allCases {
      let same = group.filter { sightings[$0].precision == level }
      for content in grouped(same, by: { [Int64(bitPattern: $0.content)] }) {
        for interval in intervals(content) {
          let sample = sightings[interval[0]]
          place(interval, sender: SenderKey.unnamed, content: sample.content) { slot in
            slot.contents.contains(sample.content)
          }
        }
      }
    }
  }

  private mutating func settleOpen(_ group: [Int], anySender: Bool) {
    for level in TimePrecision.allCases {
      let same = group.filter { sightings[$0].precision == level }
      for person in grouped(same, by: { [Int64($0.sender)] }) {
        for interval in intervals(person) {
          let sample = sightings[interval[0]]
          place(interval, sender: sample.sender, content: 0) { slot in
            anySender || slot.sender == sample.sender
          }
        }
      }
    }
  }

  /// Lays the sightings of one interval on fitting messages, after making as many new ones as
  /// the download with the most needs beyond those it can share.
  private mutating func place(
    _ group: [Int], sender: Int32, content: UInt64, fits: (Slot) -> Bool
  ) {
    let start = group.map { sightings[$0].start }.min() ?? 0
    let end = group.map { sightings[$0].end }.max() ?? 0
    var fitting = slots.indices.filter {
      let slot = slots[$0]
      // What shows no content may be dated more exactly than what it agrees with.
      let reach = content == 0 ? slot.start + slot.precision.span - 1 : slot.start
      return reach >= start && slot.start < end && fits(slot)
    }
    let perDownload = byDownload(group)
    var missing = 0
    for (download, own) in perDownload {
      let free = fitting.count { !slots[$0].downloads.contains(download) }
      missing = max(missing, own.count - free)
    }
    for _ in 0..<missing {
      fitting.append(slots.count)
      slots.append(emptySlot(like: group[0]))
    }
    fitting.sort {
      (slots[$0].start, slots[$0].precision.rawValue, $0)
        < (slots[$1].start, slots[$1].precision.rawValue, $1)
    }
    var laid: Set<Int> = []
    for download in perDownload.keys.sorted() {
      lay((perDownload[download] ?? []).filter { laid.insert($0).inserted }, on: fitting)
    }
  }

  // MARK: Laying

  /// Lays one download's sightings: equal contents first, the rest in order.
  private mutating func lay(_ own: [Int], on candidates: [Int]) {
    var rest: [Int] = []
    for index in own {
      let (sighting, mine) = (sightings[index], union.downloads(of: sightings[index]))
      let equal = candidates.first {
        slots[$0].isFree(mine) && sighting.content != 0
          && slots[$0].contents.contains(sighting.content)
      }
      if let equal { add(index, to: equal) } else { rest.append(index) }
    }
    for index in rest {
      let mine = union.downloads(of: sightings[index])
      if let free = candidates.first(where: { slots[$0].isFree(mine) }) {
        add(index, to: free)
      } else {
        slots.append(emptySlot(like: index))
        add(index, to: slots.count - 1)
      }
    }
  }

  /// A repeat is another sighting of what its own download shows already.
  private mutating func layRepeats(_ repeats: [Int]) {
    for index in repeats {
      let sighting = sightings[index]
      let home = slots.indices.first {
        slots[$0].sender == sighting.sender && slots[$0].start == sighting.start
          && (slots[$0].contents.contains(sighting.content) || !sighting.hasOwnContent)
      }
      if let home {
        slots[home].members.append(index)
      } else {
        slots.append(emptySlot(like: index))
        add(index, to: slots.count - 1)
      }
    }
  }

  mutating func add(_ index: Int, to slot: Int) {
    let sighting = sightings[index]
    slots[slot].members.append(index)
    for download in union.downloads(of: sighting) where !slots[slot].downloads.contains(download) {
      slots[slot].downloads.append(download)
    }
    if sighting.content != 0, !slots[slot].contents.contains(sighting.content) {
      slots[slot].contents.append(sighting.content)
    }
    if sighting.precision < slots[slot].precision {
      slots[slot].precision = sighting.precision
      slots[slot].start = sighting.start
    }
    if slots[slot].sender == SenderKey.unnamed { slots[slot].sender = sighting.sender }
  }

  private func emptySlot(like index: Int) -> Slot {
    let sighting = sightings[index]
    var slot = Slot(
      sender: sighting.sender, start: sighting.start, precision: sighting.precision)
    if sighting.hasOwnContent, sighting.precision != .millisecond {
      slot.contents = [sighting.content]
    }
    return slot
  }

  // MARK: Grouping

  private func grouped(_ group: [Int], by key: (Sighting) -> [Int64]) -> [[Int]] {
    var groups: [[Int64]: [Int]] = [:]
    for index in group { groups[key(sightings[index]), default: []].append(index) }
    return groups.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { groups[$0] }
  }

  /// Splits sightings of one precision by interval; days that overlap count together.
  private func intervals(_ group: [Int]) -> [[Int]] {
    var result: [[Int]] = []
    var reach = Int64.min
    for index in group.sorted(by: { sightings[$0].start < sightings[$1].start }) {
      if sightings[index].start < reach {
        result[result.count - 1].append(index)
      } else {
        result.append([index])
      }
      reach = max(reach, sightings[index].end)
    }
    return result
  }

  private func byDownload(_ group: [Int]) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    for index in group.sorted(by: { sightings[$0].order < sightings[$1].order }) {
      for download in union.downloads(of: sightings[index]) {
        result[download, default: []].append(index)
      }
    }
    return result
  }

  // MARK: Facts

  /// The message of a slot: the best sighting first.
  private func message(_ slot: Slot) -> UnitedMessage {
    let members = slot.members.sorted { left, right in
      let (first, second) = (sightings[left], sightings[right])
      if first.hasOwnContent != second.hasOwnContent { return first.hasOwnContent }
      // The final words count, however exactly the first ones are dated.
      if first.isEdited != second.isEdited { return first.isEdited }
      if first.precision != second.precision { return first.precision < second.precision }
      let ranks = (union.rank(of: first), union.rank(of: second))
      if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
      return (first.source, first.record) < (second.source, second.record)
    }
    return UnitedMessage(
      sightings: members, sender: slot.sender, start: slot.start, precision: slot.precision,
      isEdited: members.contains { sightings[$0].isEdited },
      isDeleted: members.contains { sightings[$0].isDeleted })
  }
}
