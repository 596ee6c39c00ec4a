import ForeignDatabases
import InboxModel

/// What an Android database says of many messages in few rows: read once, kept by message.
struct AndroidSides {
  private(set) var reactions: [Int64: [Reaction]] = [:]
  /// When a message reached the other side, and when it was read there first.
  private(set) var receipts = AndroidReceipts()
  private(set) var edited: Set<Int64> = []
  private(set) var revoked: Set<Int64> = []
  private(set) var paid: Set<Int64> = []
  /// For a message that answers another, when that one was sent.
  private(set) var answered: [Int64: Int64] = [:]
  /// For a message about a call, what the call was.
  private(set) var calls: [Int64: String] = [:]
  /// Calls that no message is about.
  private(set) var callsAlone: [Record] = []

  init(_ db: ForeignDatabase, _ people: AndroidPeople) throws {
    try readReactions(db, people)
    receipts = try AndroidReceipts(db)
    edited = try AndroidSides.rows(db, "message_edit_info")
    revoked = try AndroidSides.rows(db, "message_revoked")
    paid = try AndroidSides.rows(db, "pay_transaction")
    try readQuotes(db)
    try readCalls(db, people)
  }

  private static func rows(_ db: ForeignDatabase, _ table: String) throws -> Set<Int64> {
    var rows: Set<Int64> = []
    guard db.has(table, ["message_row_id"]) else { return rows }
    try db.forEach("SELECT message_row_id FROM \(table)") { row in
      if let id = row.integer(0) { rows.insert(id) }
    }
    return rows
  }

  private mutating func readReactions(_ db: ForeignDatabase, _ people: AndroidPeople) throws {
    guard db.has("message_add_on_reaction", ["message_add_on_row_id", "reaction"]),
      db.has("message_add_on", ["_id", "parent_message_row_id", "from_me", "sender_jid_row_id"])
    else { return }
    let sql = """
      SELECT a.parent_message_row_id, a.from_me, a.sender_jid_row_id, r.reaction,
        r.sender_timestamp FROM message_add_on_reaction r
      JOIN message_add_on a ON a._id = r.message_add_on_row_id
      """
    try db.forEach(sql) { row in
      // A reaction that was taken back is empty.
      guard let message = row.integer(0), let sign = row.text(3), !sign.isEmpty else { return }
      let actor = row.integer(1) == 1 ? people.owner : people.handle(row.integer(2)) ?? ""
      reactions[message, default: []].append(
        Reaction(
          actor: actor, reaction: sign,
          reactedAt: row.integer(4).flatMap { SourceTime.plausible.contains($0) ? $0 : nil }))
    }
  }

  /// The original of a quote is found by its chat and key, if it is still there.
  private mutating func readQuotes(_ db: ForeignDatabase) throws {
    guard db.has("message_quoted", ["message_row_id", "key_id"]) else { return }
    let chat = ["parent_message_chat_row_id", "chat_row_id"].first {
      db.has("message_quoted", [$0])
    }
    var quoting: [String: [Int64]] = [:]
    let sql = "SELECT message_row_id, key_id, \(chat ?? "NULL") FROM message_quoted"
    try db.forEach(sql) { row in
      if let message = row.integer(0), let key = row.text(1) {
        // Without a chat the key alone must do.
        let chat = row.integer(2).map(String.init) ?? ""
        quoting[chat + "/" + key, default: []].append(message)
      }
    }
    guard !quoting.isEmpty else { return }
    try db.forEach("SELECT key_id, timestamp, chat_row_id FROM message") { row in
      guard let key = row.text(0), let time = row.integer(1), SourceTime.plausible.contains(time)
      else { return }
      let chat = row.integer(2).map(String.init) ?? ""
      for message in (quoting[chat + "/" + key] ?? []) + (quoting["/" + key] ?? []) {
        answered[message] = time
      }
    }
  }

  private mutating func readCalls(_ db: ForeignDatabase, _ people: AndroidPeople) throws {
    guard
      db.has("call_log", ["_id", "jid_row_id", "from_me", "timestamp", "video_call", "duration"])
    else { return }
    var messages: [Int64: Int64] = [:]
    if db.has("message_call_log", ["message_row_id", "call_log_row_id"]) {
      try db.forEach("SELECT call_log_row_id, message_row_id FROM message_call_log") { row in
        if let call = row.integer(0), let message = row.integer(1) { messages[call] = message }
      }
    }
    let sql = "SELECT _id, jid_row_id, from_me, timestamp, video_call, duration FROM call_log"
    try db.forEach(sql) { row in
      guard let id = row.integer(0), let time = row.integer(3) else { return }
      let isOwn = row.integer(2) == 1
      let seconds = row.integer(5) ?? 0
      let text = DatabaseAmounts.call(
        isVideo: row.integer(4) == 1, isMissed: !isOwn && seconds == 0, seconds: seconds)
      if let message = messages[id] {
        calls[message] = text
      } else {
        callsAlone.append(.call(with: people.handle(row.integer(1)), isOwn: isOwn, time, text, id))
      }
    }
  }
}

extension Record {
  /// A call that a phone lists apart from its messages.
  ///
  /// - Parameters:
  ///   - handle: The other's number; nil if the database does not say.
  ///   - isOwn: True if the owner called.
  ///   - time: Milliseconds since 1970 in UTC.
  ///   - text: What the call was.
  ///   - row: Its row in the database.
  /// - Returns: The record.
  static func call(
    with handle: String?, isOwn: Bool, _ time: Int64, _ text: String, _ row: Int64
  ) -> Record {
    Record(
      kind: RecordKind(rawValue: "call"), name: handle, text: text,
      time: SourceTime.plausible.contains(time)
        ? SourceTime(milliseconds: time, precision: .millisecond) : nil,
      contacts: [handle].compactMap(\.self),
      detail: [Detail(label: "direction", value: isOwn ? "outgoing" : "incoming")],
      place: RecordPlace(offset: row, length: 0))
  }
}
