import InboxModel

/// Who the senders of a conversation are across its sources.
///
/// Between two people a sender is the owner or the other, whatever the name. In a group, names
/// that only one download has are paired by the messages they share.
struct SenderStage {
  /// The owner's number, where the owner is known.
  static let owner: Int32 = 0
  /// The other person's number in a conversation of two.
  static let other: Int32 = 1

  let isDirect: Bool
  private var numbers: [String: Int32] = [:]
  private var ownerNames: Set<String>

  init(isDirect: Bool, ownerNames: Set<String>) {
    self.isDirect = isDirect && !ownerNames.isEmpty
    self.ownerNames = ownerNames
  }

  /// The number of a sender's name; people are numbered from 2 where they are not roles.
  mutating func number(_ sender: Sender) -> Int32 {
    guard case .named(let name) = sender else {
      return sender == .app ? SenderKey.app : isDirect ? SenderStage.other : SenderKey.unnamed
    }
    if ownerNames.contains(name) { return SenderStage.owner }
    if isDirect { return SenderStage.other }
    let key = PersonHandle.of(sender, namesAreHandles: false) ?? name
    if let known = numbers[key] { return known }
    let number = Int32(numbers.count + 2)
    numbers[key] = number
    return number
  }

  /// Pairs names of a group that changed between downloads, and renumbers the sightings.
  ///
  /// A pair needs shared messages, more than any other pairing of either name, and no download
  /// that shows both.
  static func pairNames(_ sightings: inout [Sighting], downloads: [[Int]]) {
    var homes: [Int32: Set<Int>] = [:]
    var moments: [Moment: [Int32: Set<Int>]] = [:]
    for sighting in sightings where sighting.sender >= 0 {
      let mine = downloads[Int(sighting.source)]
      homes[sighting.sender, default: []].formUnion(mine)
      guard sighting.hasOwnContent else { continue }
      moments[Moment(sighting), default: [:]][sighting.sender, default: []].formUnion(mine)
    }
    guard Set(homes.values.flatMap { $0 }).count > 1 else { return }
    var shared: [Pair: Int] = [:]
    for people in moments.values where people.count > 1 {
      let ordered = people.keys.sorted()
      for (index, first) in ordered.enumerated() {
        for second in ordered[(index + 1)...]
        where homes[first]?.isDisjoint(with: homes[second] ?? []) == true {
          shared[Pair(first: first, second: second), default: 0] += 1
        }
      }
    }
    var target: [Int32: Int32] = [:]
    for (pair, count) in shared.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      guard target[pair.first] == nil, target[pair.second] == nil,
        !shared.contains(where: { other in
          other.key != pair && other.value >= count
            && !Set([other.key.first, other.key.second]).isDisjoint(with: [pair.first, pair.second])
        })
      else { continue }
      target[pair.second] = pair.first
    }
    guard !target.isEmpty else { return }
    for index in sightings.indices {
      if let number = target[sightings[index].sender] { sightings[index].sender = number }
    }
  }

  private struct Moment: Hashable {
    let start: Int64
    let content: UInt64

    init(_ sighting: Sighting) {
      start = sighting.start
      content = sighting.content
    }
  }

  private struct Pair: Hashable, Comparable {
    let first: Int32
    let second: Int32

    static func < (left: Pair, right: Pair) -> Bool {
      (left.first, left.second) < (right.first, right.second)
    }
  }
}
