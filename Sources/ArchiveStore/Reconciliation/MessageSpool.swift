import Foundation
import GRDB
import InboxModel

/// Messages laid aside by thread, in a database beside the archive that has no name and is gone
/// with the process.
///
/// Uniting conversations looks at each of their threads several times. A large file of many
/// threads would be read as often as it has threads; a sealed file cannot be read again at all
/// without its key, and then what the archive has of it is laid here.
final class MessageSpool {
  private let db: Database
  private var sources: Set<Int64> = []
  private let insert: RawStatement

  init(_ db: Database) throws {
    self.db = db
    try db.execute(sql: "DELETE FROM spool.message")
    insert = try RawStatement(db, "INSERT INTO spool.message VALUES (?,?,?,?)")
  }

  /// Attaches the database to the writing connection.
  static func attach(_ db: Database, folder: String) throws {
    let path = folder + "/.spool-\(getpid())"
    try db.execute(sql: "ATTACH DATABASE ? AS spool", arguments: [path])
    try db.execute(
      sql: """
        PRAGMA spool.journal_mode = MEMORY;
        PRAGMA spool.synchronous = OFF;
        CREATE TABLE spool.message(
          source_id INTEGER, thread TEXT, number INTEGER, body BLOB,
          PRIMARY KEY (source_id, thread, number)) WITHOUT ROWID;
        """)
    unlink(path)
  }

  func has(_ source: Int64) -> Bool { sources.contains(source) }

  /// Says that all messages of a source are here.
  func close(_ source: Int64) { sources.insert(source) }

  func add(_ message: Message, source: Int64, thread: String, number: Int32) throws {
    insert.bind(source, at: 1)
    insert.bind(thread, at: 2)
    insert.bind(Int64(number), at: 3)
    try SpooledMessage(message).bytes.withUnsafeBytes { bytes in
      _ = try insert.run(withBlob: bytes, at: 4)
    }
  }

  /// Calls `body` with the messages of a thread, in the order of the source.
  func forEach(
    source: Int64, thread: String, _ body: (Int32, Message) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql:
        "SELECT number, body FROM spool.message WHERE source_id = ? AND thread = ? ORDER BY number",
      arguments: [source, thread])
    while let row = try rows.next() {
      let number: Int32 = row[0]
      let message = try row.withUnsafeData(atIndex: 1) { data in
        data.flatMap { data in data.withUnsafeBytes(SpooledMessage.message) }
      }
      if let message { try body(number, message) }
    }
  }

  /// Lays here what the archive has of a source that cannot be read now.
  func addFromArchive(_ source: Int64) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT (SELECT min(t.key) FROM thread t WHERE t.source_id = g.source_id
            AND t.conversation_id = m.conversation_id) AS key, g.record, g.place, g.length, g.sent_at_ms, g.time_precision, m.id, m.kind,
          m.text, m.is_edited, m.is_deleted, m.reply_to_ms, m.delivered_ms, m.read_ms, p.name,
          p.handle, m.sender_id
        FROM sighting g JOIN message m ON m.id = g.message_id
        LEFT JOIN profile p ON p.id = m.sender_id
        WHERE g.source_id = ? AND key IS NOT NULL
        """, arguments: [source])
    while let row = try rows.next() {
      let message = try archived(row)
      try add(message, source: source, thread: row[0], number: row[1])
    }
    close(source)
  }

  private func archived(_ row: Row) throws -> Message {
    let id: Int64 = row[6]
    let name: String? = row[15] ?? row[14]
    let hasSender: Bool = (row[16] as Int64?) != nil
    let kind = MessageKind(rawValue: row[7]) ?? .text
    var message = Message(
      sender: hasSender ? name.map { .named($0) } ?? .unnamed : .app,
      time: SourceTime(
        milliseconds: row[4], precision: TimePrecision(rawValue: row[5]) ?? .millisecond),
      kind: kind, text: row[8], isEdited: row[9], isDeleted: row[10],
      hasOwnContent: ![.system, .unavailable, .call, .poll].contains(kind),
      place: RecordPlace(offset: row[2], length: row[3]))
    message.repliesTo = row[11]
    message.deliveredAt = row[12]
    message.readAt = row[13]
    message.attachments = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, reference, file_name, reason, stated_sha256 FROM attachment
        WHERE message_id = ? ORDER BY position
        """, arguments: [id]
    ).map { row in
      Attachment(
        kind: AttachmentKind(rawValue: row[0]) ?? .file, reference: row[1], fileName: row[2],
        absence: row[3], sha256: row[4])
    }
    if message.text == nil, message.attachments.allSatisfy({ $0.fileName == nil }) {
      message.hasOwnContent = false
    }
    message.reactions = try Row.fetchAll(
      db,
      sql:
        "SELECT actor, reaction, reacted_at_ms FROM reaction WHERE message_id = ? ORDER BY position",
      arguments: [id]
    ).map { Reaction(actor: $0[0], reaction: $0[1], reactedAt: $0[2]) }
    message.order = try Row.fetchOne(
      db, sql: "SELECT * FROM platform_order WHERE message_id = ?", arguments: [id]
    ).flatMap { row in
      PlatformOrder.Kind(rawValue: row["kind"]).map {
        PlatformOrder(
          kind: $0, reference: row["reference"], title: row["title"], quantity: row["quantity"],
          total: row["total"], currency: row["currency"])
      }
    }
    return message
  }
}
