import GRDB
import InboxModel

/// Writes batches of rows: messages in the order of time, their words straight into the index.
final class BatchWriter {
  private let db: Database
  private let threads: ThreadWriter
  private let insertMessage: RawStatement
  private let insertSighting: RawStatement
  private let insertWords: RawStatement
  private let insertAttachment: RawStatement
  private let insertReaction: RawStatement
  private(set) var written = 0
  /// Where to look for a free id in milliseconds that very many messages share.
  private var crowded: [Int64: Int64] = [:]
  private var waitingWords: [(id: Int64, words: [UInt8])] = []
  private var waitingBytes = 0
  private var results: [SourceResult] = []
  /// Conversations that reconciliation must look at again.
  private var unsettled: [Int64] = []

  /// Bytes of words that go into the index together.
  private static let wordsAtOnce = 6 << 20

  /// A time with so many messages is noted; and so many times are.
  private static let mostTries = 16
  private static let mostCrowded = 65_536

  /// Bits of a message's id below its milliseconds.
  static let tieBits: Int64 = 12

  init(_ db: Database) throws {
    self.db = db
    threads = try ThreadWriter(db)
    insertMessage = try RawStatement(
      db, "INSERT OR IGNORE INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    insertSighting = try RawStatement(db, "INSERT INTO sighting VALUES (?,?,?,?,?,?,?)")
    insertWords = try RawStatement(db, "INSERT INTO message_text(rowid, words) VALUES (?,?)")
    insertAttachment = try RawStatement(
      db,
      "INSERT INTO attachment(message_id, position, kind, file_name, reference, state, reason,"
        + " stated_sha256) VALUES (?,?,?,?,?,?,?,?)")
    insertReaction = try RawStatement(
      db,
      "INSERT INTO reaction(message_id, position, actor, reaction, reacted_at_ms) VALUES (?,?,?,?,?)"
    )
  }

  /// Writes a batch from the reader of sources.
  func write(_ batch: RowBatch) throws {
    for (id, platform) in batch.conversations { try threads.write(id, of: platform) }
    for profile in batch.profiles { try write(profile) }
    for (conversation, profile) in batch.participants {
      try threads.write(participant: profile, of: conversation)
    }
    for number in batch.numbers { try NameStage.offer(number.name, profile: number.profile, db) }
    try write(batch.messages)
    for record in batch.records { try BatchWriter.write(record, db) }
    try WordForms.add(batch.forms, db)
    for thread in batch.threads {
      try threads.write(thread)
      if thread.isUnsettled, let conversation = thread.conversation {
        unsettled.append(conversation)
      }
    }
    results += batch.results
  }

  /// Writes messages in the order of time; those without an ordinal are numbered by their order
  /// among the messages of their conversation and millisecond.
  func write(_ messages: [MessageRow]) throws {
    // Rows are looked at where they are: a copy of each costs as much as a statement.
    try messages.withUnsafeBufferPointer { messages in
      let places = BatchWriter.order(of: messages)
      var ids: [Int64] = []
      ids.reserveCapacity(places.count)
      var previous: (conversation: Int64, id: Int64) = (-1, -1)
      for place in places {
        let base = place.time << BatchWriter.tieBits
        // A start that differs by conversation keeps chats of the same minute apart.
        let spread = (place.conversation &* 37) & 0x7FF
        var id = base | spread
        if previous.conversation == place.conversation, previous.id >= id { id = previous.id + 1 }
        if !crowded.isEmpty, let free = crowded[place.time], free > id { id = free }
        let first = id
        while try !insert(messages[place.index], id: id, ordinal: place.ordinal) { id += 1 }
        note(id, at: place.time, tries: id - first)
        previous = (place.conversation, id)
        ids.append(id)
      }
      for (place, id) in zip(places, ids) {
        try writeDetails(messages[place.index], id: id)
        keepWords(messages[place.index].words, id: id)
      }
    }
    written += messages.count
    if waitingBytes > BatchWriter.wordsAtOnce { try flushWords() }
  }

  /// Notes the id that was found for a time: looking at all that are taken again and again would take
  /// quadratic time.
  private func note(_ id: Int64, at time: Int64, tries: Int64) {
    guard tries > BatchWriter.mostTries || !crowded.isEmpty && crowded[time] != nil else { return }
    if crowded.count >= BatchWriter.mostCrowded { crowded.removeAll(keepingCapacity: true) }
    crowded[time] = id + 1
  }

  /// Where a message stands in its batch, and among the messages of its millisecond.
  private struct Place {
    let time: Int64
    let conversation: Int64
    let order: Int64
    let index: Int
    var ordinal: Int64
  }

  private static func order(of messages: UnsafeBufferPointer<MessageRow>) -> [Place] {
    var places = messages.indices.map { index in
      Place(
        time: messages[index].time.milliseconds, conversation: messages[index].conversation,
        order: messages[index].order, index: index, ordinal: messages[index].ordinal ?? 0)
    }
    places.sort { ($0.time, $0.conversation, $0.order) < ($1.time, $1.conversation, $1.order) }
    for index in places.indices.dropFirst() where messages[places[index].index].ordinal == nil {
      let before = places[index - 1]
      if before.conversation == places[index].conversation, before.time == places[index].time {
        places[index].ordinal = before.ordinal + 1
      }
    }
    return places
  }

  private func keepWords(_ words: [UInt8], id: Int64) {
    guard !words.isEmpty else { return }
    waitingWords.append((id, words))
    waitingBytes += words.count
  }

  /// Writes what waits for the commit: words, and what became of the sources.
  ///
  /// The search index makes a segment of what it holds before each statement that may change many
  /// rows; so those of the sources wait until the words are in.
  func finish() throws {
    try flushWords()
    for result in results { try BatchWriter.write(result, db) }
    results.removeAll()
    for conversation in unsettled {
      try db.run("UPDATE conversation SET is_unfinished = 2 WHERE id = ?", [conversation])
    }
    unsettled.removeAll()
  }

  /// Writes the words that are waiting, in the order of their rows: each fall of the row number
  /// makes the index begin another segment.
  private func flushWords() throws {
    let ids = waitingWords.map(\.id)
    for index in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
      insertWords.bind(ids[index], at: 1)
      try waitingWords[index].words.withUnsafeBufferPointer { words in
        _ = try insertWords.run(with: words, at: 2)
      }
    }
    waitingWords.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }

  /// False if the id is taken.
  private func insert(_ message: borrowing MessageRow, id: Int64, ordinal: Int64) throws -> Bool {
    let statement = insertMessage
    statement.bind(id, at: 1)
    statement.bind(message.conversation, at: 2)
    statement.bind(ordinal, at: 3)
    statement.bind(message.sender, at: 4)
    statement.bind(message.time.milliseconds, at: 5)
    statement.bind(Int64(message.time.precision.rawValue), at: 6)
    statement.bind(Int64(message.time.basis.rawValue), at: 7)
    statement.bind(message.kind.rawValue, at: 8)
    statement.bind(Int64(message.isEdited ? 1 : 0), at: 10)
    statement.bind(Int64(message.isDeleted ? 1 : 0), at: 11)
    statement.bind(Int64(message.attachments.count), at: 12)
    statement.bind(Int64(message.reactions.count), at: 13)
    statement.bind(Int64(message.sightings.count), at: 14)
    statement.bind(message.facts.repliesTo, at: 15)
    statement.bind(message.facts.deliveredAt, at: 16)
    statement.bind(message.facts.readAt, at: 17)
    guard var text = message.text else { return try statement.run(with: nil, at: 9) }
    return try text.withUTF8 { try statement.run(with: $0, at: 9) }
  }

  private func writeDetails(_ message: borrowing MessageRow, id: Int64) throws {
    for sighting in message.sightings {
      insertSighting.bind(id, at: 1)
      insertSighting.bind(sighting.source, at: 2)
      insertSighting.bind(sighting.record, at: 3)
      insertSighting.bind(sighting.place.offset, at: 4)
      insertSighting.bind(sighting.place.length, at: 5)
      insertSighting.bind(sighting.time, at: 6)
      insertSighting.bind(Int64(sighting.precision.rawValue), at: 7)
      try insertSighting.run()
    }
    for (position, attachment) in message.attachments.enumerated() {
      insertAttachment.bind(id, at: 1)
      insertAttachment.bind(Int64(position), at: 2)
      insertAttachment.bind(attachment.kind.rawValue, at: 3)
      insertAttachment.bind(attachment.fileName, at: 4)
      insertAttachment.bind(attachment.reference, at: 5)
      let state: AttachmentState =
        attachment.reference == nil && attachment.absence?.hasPrefix("left out") == true
        ? .omitted : .missing
      insertAttachment.bind(state.rawValue, at: 6)
      insertAttachment.bind(attachment.absence, at: 7)
      insertAttachment.bind(attachment.sha256, at: 8)
      try insertAttachment.run()
    }
    for (position, reaction) in message.reactions.enumerated() {
      insertReaction.bind(id, at: 1)
      insertReaction.bind(Int64(position), at: 2)
      insertReaction.bind(reaction.actor, at: 3)
      insertReaction.bind(reaction.reaction, at: 4)
      insertReaction.bind(reaction.reactedAt, at: 5)
      try insertReaction.run()
    }
    if let order = message.facts.order { try BatchWriter.write(order, message: id, db) }
  }

  private static func write(_ order: PlatformOrder, message: Int64, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO platform_order VALUES (?,?,?,?,?,?,?)").execute(
      arguments: [
        message, order.kind.rawValue, order.reference, order.title, order.quantity, order.total,
        order.currency,
      ])
  }

  func write(_ profile: ProfileRow) throws { try threads.write(profile) }
}
