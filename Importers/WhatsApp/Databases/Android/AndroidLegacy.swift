import ForeignDatabases
import Importing
import InboxModel
import TextDecoding

/// Reads the messages of an Android database as WhatsApp kept them until about 2021: one table.
struct AndroidLegacy {
  private let db: ForeignDatabase
  private let emit: (ImportEvent) throws -> Void
  private var subjects: [String: String] = [:]
  private var quotes: [Int64: String] = [:]
  private var times: [String: Int64] = [:]

  private static let owner = OwnerFacts.unnamed

  /// How many messages a database has in this schema; 0 if it has another.
  static func count(_ db: ForeignDatabase) throws -> Int64 {
    guard db.has("messages", ["_id", "key_remote_jid", "key_from_me", "data", "timestamp"]) else {
      return 0
    }
    var count: Int64 = 0
    try db.forEach("SELECT 1 FROM messages WHERE key_remote_jid <> '-1'") { _ in count += 1 }
    return count
  }

  init(_ db: ForeignDatabase, emit: @escaping (ImportEvent) throws -> Void) throws {
    self.db = db
    self.emit = emit
    if db.has("chat_list", ["key_remote_jid", "subject"]) {
      try db.forEach("SELECT key_remote_jid, subject FROM chat_list") { row in
        if let jid = row.text(0), let subject = row.text(1) { subjects[jid] = subject }
      }
    }
    if db.has("chat", ["jid_row_id", "subject"]), db.has("jid", ["_id", "raw_string"]) {
      let sql = "SELECT j.raw_string, c.subject FROM chat c JOIN jid j ON j._id = c.jid_row_id"
      try db.forEach(sql) { row in
        if let jid = row.text(0), let subject = row.text(1) { subjects[jid] = subject }
      }
    }
    try readQuotes()
  }

  /// A quote is a row of its own that bears the chat and the key of the original.
  private mutating func readQuotes() throws {
    guard db.has("messages_quotes", ["_id", "key_remote_jid", "key_id"]),
      db.has("messages", ["quoted_row_id", "key_id"])
    else { return }
    try db.forEach("SELECT _id, key_remote_jid, key_id FROM messages_quotes") { row in
      if let id = row.integer(0), let chat = row.text(1), let key = row.text(2) {
        quotes[id] = chat + "/" + key
      }
    }
    let wanted = Set(quotes.values)
    guard !wanted.isEmpty else { return }
    try db.forEach("SELECT key_remote_jid, key_id, timestamp FROM messages") { row in
      guard let chat = row.text(0), let key = row.text(1), let time = row.integer(2) else { return }
      if wanted.contains(chat + "/" + key) { times[chat + "/" + key] = time }
    }
  }

  mutating func read() throws {
    var chats: [(jid: String, row: Int64)] = []
    let sql = "SELECT key_remote_jid, min(_id) FROM messages GROUP BY key_remote_jid"
    try db.forEach(sql) { row in
      if let jid = row.text(0), jid != "-1" { chats.append((jid, row.integer(1) ?? 0)) }
    }
    var leftOut = LeftOut()
    for chat in chats.sorted(by: { $0.row < $1.row }) {
      let address = JID(chat.jid)
      if address?.kind == .status {
        leftOut.status += 1
        continue
      }
      try read(chat.jid, address)
    }
    for issue in leftOut.issues { try emit(.issue(issue)) }
  }

  private mutating func read(_ jid: String, _ address: JID?) throws {
    try emit(
      .thread(
        InboxModel.Thread(
          key: jid, address: address, title: subjects[jid], members: [],
          owner: AndroidLegacy.owner)))
    let wanted = [
      "_id", "key_from_me", "remote_resource", "data", "timestamp", "media_wa_type", "media_name",
      "media_caption", "media_hash", "latitude", "longitude", "quoted_row_id", "edit_version",
      "status", "receipt_device_timestamp", "read_device_timestamp",
    ]
    let columns = wanted.map { db.has("messages", [$0]) ? $0 : "NULL" }.joined(separator: ", ")
    // The address is data: it goes in as hexadecimal.
    let hex = jid.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let sql = """
      SELECT \(columns) FROM messages WHERE key_remote_jid = CAST(x'\(hex)' AS TEXT)
      ORDER BY timestamp, _id
      """
    try db.forEach(sql) { row in
      guard let time = row.integer(4), SourceTime.plausible.contains(time) else {
        let issue = ImportIssue(.lost, "a message without a time", offset: row.integer(0))
        return try emit(.issue(issue))
      }
      try emit(.message(message(row, time, address)))
    }
  }

  private func message(_ row: ForeignStatement, _ time: Int64, _ address: JID?) -> Message {
    let kind = AndroidKind(Int64(row.text(5) ?? "0") ?? 0)
    let isSystem = row.integer(13) == 6
    let isOwn = row.integer(1) == 1
    let author = row.text(2).flatMap(JID.init)?.handle ?? address?.handle
    let sender: Sender =
      isSystem
      ? .app : isOwn ? .named(AndroidLegacy.owner) : author.map { .named($0) } ?? .unnamed
    var message = Message(
      sender: sender, time: SourceTime(milliseconds: time, precision: .millisecond),
      text: row.text(3), place: RecordPlace(offset: row.integer(0) ?? 0, length: 0))
    message.repliesTo = row.integer(11).flatMap { quotes[$0] }.flatMap { times[$0] }
    message.deliveredAt = AndroidLegacy.plausible(row.integer(14))
    message.readAt = AndroidLegacy.plausible(row.integer(15))
    if isSystem {
      message.kind = .system
      message.text = AndroidEvent.text(nil, message.text)
      message.hasOwnContent = false
    } else if row.integer(12) == 7 || kind == .deleted {
      message.kind = .unavailable
      message.text = nil
      message.isDeleted = true
      message.hasOwnContent = false
    } else {
      fill(&message, kind, row)
    }
    return message
  }

  private static func plausible(_ time: Int64?) -> Int64? {
    time.flatMap { SourceTime.plausible.contains($0) ? $0 : nil }
  }

  private func fill(_ message: inout Message, _ kind: AndroidKind, _ row: ForeignStatement) {
    switch kind {
    case .media(let media):
      message.kind = media == .sticker ? .sticker : .media
      message.text = row.text(7)
      message.attachments = [
        Attachment.ofPhone(media, path: row.text(6), name: nil, hash: row.text(8))
      ]
      message.hasOwnContent = message.text != nil || message.attachments[0].fileName != nil
    case .contact:
      message.kind = .contact
      message.text = message.text.flatMap(ContactCard.text) ?? row.text(6)
    case .location:
      message.kind = .location
      message.text = DatabaseAmounts.place(
        name: row.text(6), address: nil, latitude: row.real(9), longitude: row.real(10))
    case .call:
      message.kind = .call
      message.text = "Missed call"
      message.hasOwnContent = false
    default:
      if message.text?.isEmpty != false {
        message.text = nil
        message.kind = .unavailable
        message.hasOwnContent = false
      }
    }
  }
}
