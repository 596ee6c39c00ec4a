import ArchiveStore
import InboxModel
import Testing

@Suite struct MessageUnionTests {
  private func unite(_ sightings: [Sighting], _ downloads: [Int]) -> [UnitedMessage] {
    let count = (downloads.max() ?? 0) + 1
    return MessageUnion(downloads: downloads.map { [$0] }, ranks: Array(0..<count)).unite(sightings)
  }

  private func sighting(
    _ source: Int32, _ record: Int32, _ start: Int64, content: UInt64 = 7, sender: Int32 = 0,
    _ precision: TimePrecision = .millisecond, hasOwnContent: Bool = true, isEdited: Bool = false
  ) -> Sighting {
    Sighting(
      source: source, record: record, order: Int64(record), sender: sender, content: content,
      hasOwnContent: hasOwnContent, start: start, precision: precision, isEdited: isEdited)
  }

  private func lines(_ messages: [UnitedMessage], _ sightings: [Sighting], withContent: Bool)
    -> [ReferenceModel.Line: Int]
  {
    var result: [ReferenceModel.Line: Int] = [:]
    for message in messages {
      let line = ReferenceModel.Line(
        sender: message.sender,
        content: withContent ? sightings[message.sightings[0]].content : 0,
        start: message.start, precision: message.precision.rawValue)
      result[line, default: 0] += 1
    }
    return result
  }

  @Test func okTwiceInAMinuteStaysTwo() {
    let twice = [sighting(0, 0, 60_000, .minute), sighting(0, 1, 60_000, .minute)]
    #expect(unite(twice, [0]).count == 2)
    let again = twice + [sighting(1, 0, 60_000, .minute), sighting(1, 1, 60_000, .minute)]
    #expect(unite(again, [0, 1]).count == 2)
  }

  @Test func onceInThreeDownloadsStaysOne() {
    let seen = (0..<3).map { sighting(Int32($0), 0, 1_000) }
    let messages = unite(seen, [0, 1, 2])
    #expect(messages.count == 1)
    #expect(messages.first?.sightings.count == 3)
  }

  @Test func contentsAtOneMillisecondAreVersions() {
    let seen = [sighting(0, 0, 1_000, content: 1), sighting(1, 0, 1_000, content: 2)]
    let messages = unite(seen, [0, 1])
    #expect(messages.count == 1)
    // The download made later gives the text.
    #expect(messages.first?.sightings.first == 1)
  }

  @Test func deletedSightingAgreesWithTheText() {
    let seen = [
      sighting(0, 0, 60_000, content: 1, .minute),
      sighting(1, 0, 60_000, content: 0, .minute, hasOwnContent: false),
    ]
    let messages = unite(seen, [0, 1])
    #expect(messages.count == 1)
    #expect(messages.first?.sightings.first == 0)
  }

  @Test func preciseTimeWins() {
    let seen = [sighting(0, 0, 60_000, .minute), sighting(1, 0, 72_345)]
    let messages = unite(seen, [0, 1])
    #expect(messages.count == 1)
    #expect(messages.first?.start == 72_345)
  }

  @Test func editedPairsWithItsNeighbour() {
    let seen = [
      sighting(0, 0, 60_000, content: 1, .minute), sighting(0, 1, 60_000, content: 2, .minute),
      sighting(1, 0, 60_000, content: 1, .minute),
      sighting(1, 1, 60_000, content: 3, .minute, isEdited: true),
    ]
    let messages = unite(seen, [0, 1])
    #expect(messages.count == 2)
    #expect(messages.last?.isEdited == true)
  }

  @Test func withheldNameAgreesWithAnySender() {
    let seen = [
      sighting(0, 0, 1_000, content: 5, sender: 2),
      sighting(1, 0, 1_000, content: 5, sender: SenderKey.unnamed),
    ]
    let messages = unite(seen, [0, 1])
    #expect(messages.count == 1)
    #expect(messages.first?.sender == 2)
  }

  /// The fast union equals the plain one on random cases of mixed precision.
  @Test func equalsTheReferenceAtMixedPrecision() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let downloads = [0, 1, 2]
      var sightings: [Sighting] = []
      for source in 0..<3 {
        // Each download has one precision, as each format has.
        let precision = [TimePrecision.millisecond, .second, .minute].randomElement(using: &numbers)
        for record in 0..<Int.random(in: 0...6, using: &numbers) {
          let level = precision ?? .minute
          let moment = Int64.random(in: 0..<3, using: &numbers) * 40_000
          // At one millisecond a sender says one thing, so that no versions arise.
          let content = UInt64(moment / 40_000 % 2) + 1
          sightings.append(
            sighting(
              Int32(source), Int32(record), moment - moment % level.span, content: content, level))
        }
      }
      let expected = ReferenceModel(sightings: sightings, downloads: downloads).counts()
      let found = lines(unite(sightings, downloads), sightings, withContent: true)
      #expect(found == expected)
      if found != expected { return }
    }
  }

  @Test func equalsTheReferenceWithVersions() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let downloads = [0, 1, 2]
      let sightings = (0..<Int.random(in: 0...9, using: &numbers)).map { record in
        sighting(
          Int32.random(in: 0..<3, using: &numbers), Int32(record),
          Int64.random(in: 0..<2, using: &numbers),
          content: UInt64.random(in: 1...3, using: &numbers),
          sender: Int32.random(in: 0..<2, using: &numbers))
      }
      let expected = ReferenceModel(sightings: sightings, downloads: downloads).momentCounts()
      let found = lines(unite(sightings, downloads), sightings, withContent: false)
      #expect(found == expected)
      if found != expected { return }
    }
  }

  @Test func equalsTheReferenceWithBlanks() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let downloads = [0, 1, 2]
      let sightings = (0..<Int.random(in: 0...9, using: &numbers)).map { record in
        let isBlank = Bool.random(using: &numbers)
        return sighting(
          Int32.random(in: 0..<3, using: &numbers), Int32(record), 1_000,
          content: isBlank ? 0 : UInt64.random(in: 1...3, using: &numbers),
          sender: Int32.random(in: 0..<2, using: &numbers), hasOwnContent: !isBlank)
      }
      let expected = ReferenceModel(sightings: sightings, downloads: downloads).openCounts()
      let found = lines(unite(sightings, downloads), sightings, withContent: false)
      #expect(found == expected)
      if found != expected { return }
    }
  }

  /// The order in which sightings come changes nothing.
  @Test func orderDoesNotMatter() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let sightings = (0..<10).map { record in
        sighting(
          Int32(record % 3), Int32(record), Int64.random(in: 0..<3, using: &numbers) * 60_000,
          content: UInt64.random(in: 1...2, using: &numbers), .minute)
      }
      let shuffled = sightings.shuffled(using: &numbers)
      let first = unite(sightings, [0, 1, 2]).map { $0.sightings.map { sightings[$0] } }
      let second = unite(shuffled, [0, 1, 2]).map { $0.sightings.map { shuffled[$0] } }
      #expect(first == second)
    }
  }
}
