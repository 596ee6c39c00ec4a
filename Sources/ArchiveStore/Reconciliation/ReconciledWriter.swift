import GRDB
import InboxModel
import SearchText

/// Writes a conversation's union in place of what the archive had of it.
struct ReconciledWriter {
  let db: Database
  let loader: ThreadLoader
  let ranks: DownloadRanks
  let conversation: Int64
  /// Conversations that this one takes the place of.
  let replaced: Set<Int64>
  let uid: String
  let plan: ReconciliationPlan

  /// Where a record of a source belongs, and what it gives.
  private struct Target {
    var message: Int32
    var givesText: Bool
    /// Gives reactions, and what else only the platform's own records say.
    var givesFacts: Bool
  }

  func write() throws {
    let ordinals = ReconciledWriter.ordinals(plan.messages)
    let before = try OldConversation.remove(
      db, conversations: replaced.union([conversation]), keeping: conversation)
    for record in plan.records {
      try db.run("UPDATE thread SET conversation_id = ? WHERE id = ?", [conversation, record.id])
    }
    let profiles = try writeProfiles()
    let targets = targets()
    let borrowed = try borrowedFacts(targets)
    try writeMessages(targets, ordinals, profiles, borrowed)
    try plan.votes.write(db, conversation: conversation, sources: loader.sources)
    try before.alias(db, uid: uid, plan: plan, ordinals: ordinals)
    try db.run(
      "UPDATE conversation SET is_unfinished = 1, needs_contacts = 1 WHERE id = ?", [conversation])
  }

  /// The place of each message among those of its millisecond.
  private static func ordinals(_ messages: [UnitedMessage]) -> [Int64] {
    var ordinals = [Int64](repeating: 0, count: messages.count)
    for index in messages.indices.dropFirst()
    where messages[index].start == messages[index - 1].start {
      ordinals[index] = ordinals[index - 1] + 1
    }
    return ordinals
  }

  private func writeProfiles() throws -> [Int32: Int64] {
    var profiles: [Int32: Int64] = [:]
    for number in Set(plan.messages.map(\.sender)).sorted() where number != SenderKey.app {
      let person = plan.people[number]
      let platform = plan.records[0].platform.rawValue
      if let handle = person?.handle,
        let known = try Int64.fetchOne(
          db.cachedStatement(sql: "SELECT id FROM profile WHERE platform = ? AND handle = ?"),
          arguments: [platform, handle])
      {
        profiles[number] = known
        try NameStage.offer(person?.name, profile: known, db)
        try addParticipant(known)
        continue
      }
      try db.run(
        "INSERT INTO profile(platform, conversation_id, name, handle) VALUES (?,?,?,?)",
        [
          platform, person?.handle == nil ? conversation : nil, person?.name, person?.handle,
        ])
      profiles[number] = db.lastInsertedRowID
      try addParticipant(db.lastInsertedRowID)
    }
    return profiles
  }

  private func addParticipant(_ profile: Int64) throws {
    try db.run("INSERT OR IGNORE INTO participant VALUES (?, ?)", [conversation, profile])
  }

  /// For each source, what each of its records is to the union.
  private func targets() -> [[Int32: Target]] {
    var targets = [[Int32: Target]](repeating: [:], count: plan.records.count)
    for (number, message) in plan.messages.enumerated() {
      for (place, index) in message.sightings.enumerated() {
        let sighting = plan.sightings[index]
        targets[Int(sighting.source)][sighting.record] = Target(
          message: Int32(number), givesText: place == 0,
          givesFacts: plan.records[Int(sighting.source)].showsReactions)
      }
    }
    return targets
  }

  /// What the formats that have them say of reactions and the like: of each the latest download
  /// that says something, of reactions the latest that could.
  private func borrowedFacts(_ targets: [[Int32: Target]]) throws -> [Int32: GivenFacts] {
    var given: [Int32: GivenFacts] = [:]
    let earliestFirst = plan.records.indices.filter { plan.records[$0].showsReactions }.sorted {
      let (left, right) = (
        ranks.rank(plan.records[$0].downloads), ranks.rank(plan.records[$1].downloads)
      )
      return left != right ? left < right : $0 > $1
    }
    // Where one source alone says all, its messages do so when they are written.
    guard earliestFirst.count > 1 || plan.records.count > 1 else { return [:] }
    for source in earliestFirst {
      try loader.forEachMessage(of: plan.records[source]) { number, message in
        guard let target = targets[source][number], target.givesFacts else { return }
        let facts = GivenFacts(message)
        given[target.message] = given[target.message]?.updated(by: facts) ?? facts
      }
    }
    return given.filter { !$0.value.isEmpty }
  }

  private func writeMessages(
    _ targets: [[Int32: Target]], _ ordinals: [Int64], _ profiles: [Int32: Int64],
    _ borrowed: [Int32: GivenFacts]
  ) throws {
    let writer = try BatchWriter(db)
    var places = PlaceList(plan.sightings)
    for (source, record) in plan.records.enumerated() {
      try loader.forEachMessage(of: record) { number, message in
        places.note(source: source, record: number, message.place, message.time)
      }
    }
    var folder = SearchFolder()
    var clock = loader.clock
    var rows: [MessageRow] = []
    let isAlone = plan.records.count == 1
    func flush() throws {
      try writer.write(rows)
      rows.removeAll(keepingCapacity: true)
    }
    for (source, record) in plan.records.enumerated() {
      let shift = loader.sources[record.source]?.clockShift ?? 0
      try loader.forEachMessage(of: record) { number, message in
        guard let target = targets[source][number], target.givesText else { return }
        let united = plan.messages[Int(target.message)]
        let basis = clock.instant(message.time, shift: shift).basis
        let searched = IndexedText.of(
          message.text, fileNames: message.attachments.map(\.fileName))
        let given = borrowed[target.message] ?? (isAlone ? GivenFacts(message) : GivenFacts())
        rows.append(
          MessageRow(
            conversation: conversation, sender: profiles[united.sender],
            time: Instant(milliseconds: united.start, precision: united.precision, basis: basis),
            ordinal: ordinals[Int(target.message)], order: ordinals[Int(target.message)],
            kind: message.kind,
            text: message.text, words: searched.map { folder.foldedBytes($0) } ?? [],
            isEdited: united.isEdited, isDeleted: united.isDeleted,
            facts: given.facts, attachments: message.attachments, reactions: given.reactions,
            sightings: united.sightings.map { places.row($0, plan) }))
        if rows.count >= 16_384 { try flush() }
      }
    }
    try flush()
    try writer.finish()
  }
}

/// What one sighting knows that others of the same message may not.
private struct GivenFacts {
  private(set) var reactions: [Reaction] = []
  private(set) var facts = MessageFacts()

  init() {}

  init(_ message: Message) {
    reactions = message.reactions
    facts = MessageFacts(message)
  }

  var isEmpty: Bool { reactions.isEmpty && facts.isEmpty }

  /// With what a later download says; what it does not say stays.
  func updated(by later: GivenFacts) -> GivenFacts {
    var result = later
    result.facts = facts.updated(by: later.facts)
    return result
  }
}

/// Where each sighting stands in its file.
private struct PlaceList {
  private var index: [[Int32: Int]]
  private var places: [RecordPlace]

  init(_ sightings: [Sighting]) {
    let sources = (sightings.map { Int($0.source) }.max() ?? -1) + 1
    index = Array(repeating: [:], count: sources)
    for (number, sighting) in sightings.enumerated() {
      index[Int(sighting.source)][sighting.record] = number
    }
    places = Array(repeating: RecordPlace(offset: 0, length: 0), count: sightings.count)
  }

  mutating func note(source: Int, record: Int32, _ place: RecordPlace, _ time: SourceTime) {
    if let number = index[source][record] { places[number] = place }
  }

  func row(_ number: Int, _ plan: ReconciliationPlan) -> SightingRow {
    let sighting = plan.sightings[number]
    return SightingRow(
      source: plan.records[Int(sighting.source)].source, record: Int64(sighting.record),
      place: places[number], time: sighting.start, precision: sighting.precision)
  }
}
