import GRDB
import InboxModel

/// Writes batches of rows: messages in the order of time, their words straight into the index.
final class BatchWriter {
  private let db: Database
  private let insertMessage: RawStatement
  private let insertSighting: RawStatement
  private let insertWords: RawStatement
  private let insertAttachment: RawStatement
  private let insertReaction: RawStatement
  private(set) var written = 0
  private var waitingWords: [(id: Int64, words: [UInt8])] = []
  private var waitingBytes = 0

  /// Bytes of words that go into the index together.
  private static let wordsAtOnce = 6 << 20

  /// Bits of a message's id below its milliseconds.
  static let tieBits: Int64 = 12

  init(_ db: Database) throws {
    self.db = db
    insertMessage = try RawStatement(
      db, "INSERT OR IGNORE INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    insertSighting = try RawStatement(db, "INSERT INTO sighting VALUES (?,?,?,?,?,?,?)")
    insertWords = try RawStatement(db, "INSERT INTO message_text(rowid, words) VALUES (?,?)")
    insertAttachment = try RawStatement(
      db,
      "INSERT INTO attachment(message_id, position, kind, file_name, reference, state, reason)"
        + " VALUES (?,?,?,?,?,?,?)")
    insertReaction = try RawStatement(
      db,
      "INSERT INTO reaction(message_id, position, actor, reaction, reacted_at_ms) VALUES (?,?,?,?,?)"
    )
  }

  /// Writes a batch from the reader of sources, numbering equal times.
  func write(_ batch: RowBatch) throws {
    for conversation in batch.conversations {
      try db.execute(
        sql: "INSERT INTO conversation(id, uid, platform) VALUES (?, '', ?)",
        arguments: [conversation.id, conversation.platform.rawValue])
    }
    for profile in batch.profiles { try write(profile) }
    for participant in batch.participants {
      try db.execute(
        sql: "INSERT OR IGNORE INTO participant VALUES (?, ?)",
        arguments: [participant.conversation, participant.profile])
    }
    var order = Array(batch.messages.indices)
    order.sort { BatchWriter.precedes(batch.messages[$0], batch.messages[$1]) }
    var messages = order.map { batch.messages[$0] }
    for index in messages.indices.dropFirst() {
      let before = messages[index - 1]
      if before.conversation == messages[index].conversation,
        before.time.milliseconds == messages[index].time.milliseconds
      {
        messages[index].ordinal = before.ordinal + 1
      }
    }
    try write(messages)
    for result in batch.results { try BatchWriter.write(result, db) }
  }

  private static func precedes(_ left: MessageRow, _ right: MessageRow) -> Bool {
    if left.time.milliseconds != right.time.milliseconds {
      return left.time.milliseconds < right.time.milliseconds
    }
    return (left.conversation, left.order) < (right.conversation, right.order)
  }

  /// Writes messages that have their ordinals, sorted by time.
  func write(_ messages: [MessageRow]) throws {
    var ids: [Int64] = []
    ids.reserveCapacity(messages.count)
    var previous: (conversation: Int64, id: Int64) = (-1, -1)
    for message in messages {
      let base = message.time.milliseconds << BatchWriter.tieBits
      // A start that differs by conversation keeps chats of the same minute apart.
      let spread = (message.conversation &* 37) & 0x7FF
      var id = base | spread
      if previous.conversation == message.conversation, previous.id >= id { id = previous.id + 1 }
      while try !write(message, id: id) { id += 1 }
      previous = (message.conversation, id)
      ids.append(id)
    }
    for index in messages.indices { try writeDetails(messages[index], id: ids[index]) }
    for index in ids.indices where !messages[index].words.isEmpty {
      waitingWords.append((ids[index], messages[index].words))
      waitingBytes += messages[index].words.count
    }
    written += messages.count
    if waitingBytes > BatchWriter.wordsAtOnce { try flushWords() }
  }

  /// Writes the words that are waiting, in the order of their rows: each fall of the row number
  /// makes the index begin another segment. To be called before a commit.
  func flushWords() throws {
    let ids = waitingWords.map(\.id)
    for index in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
      insertWords.bind(ids[index], at: 1)
      insertWords.bind(bytes: waitingWords[index].words, at: 2)
      try insertWords.run()
    }
    waitingWords.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }

  /// False if the id is taken.
  private func write(_ message: MessageRow, id: Int64) throws -> Bool {
    let statement = insertMessage
    statement.bind(id, at: 1)
    statement.bind(message.conversation, at: 2)
    statement.bind(message.ordinal, at: 3)
    statement.bind(message.sender, at: 4)
    statement.bind(message.time.milliseconds, at: 5)
    statement.bind(Int64(message.time.precision.rawValue), at: 6)
    statement.bind(Int64(message.time.basis.rawValue), at: 7)
    statement.bind(message.kind.rawValue, at: 8)
    statement.bind(message.text, at: 9)
    statement.bind(Int64(message.isEdited ? 1 : 0), at: 10)
    statement.bind(Int64(message.isDeleted ? 1 : 0), at: 11)
    statement.bind(Int64(message.attachments.count), at: 12)
    statement.bind(Int64(message.reactions.count), at: 13)
    statement.bind(Int64(message.sightings.count), at: 14)
    return try statement.run()
  }

  private func writeDetails(_ message: MessageRow, id: Int64) throws {
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
        attachment.reference == nil && attachment.fileName == nil
          && attachment.absence?
            .hasPrefix("left out") == true
        ? .omitted : .missing
      insertAttachment.bind(state.rawValue, at: 6)
      insertAttachment.bind(attachment.absence, at: 7)
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
  }

  func write(_ profile: ProfileRow) throws {
    try db.execute(
      sql: "INSERT INTO profile(id, platform, conversation_id, name, handle) VALUES (?,?,?,?,?)",
      arguments: [
        profile.id, profile.platform.rawValue, profile.conversation, profile.name, profile.handle,
      ])
  }
}
