import GRDB
import InboxModel

/// The messages of a conversation, one by one: however long it is, only a portion is in memory.
final class ConversationMessages {
  private let db: Database
  private let conversation: Int64
  private var portion: [OrderMessage] = []
  private var place = 0
  private var last = Int64.min
  private static let size = 1_000

  init(_ db: Database, _ conversation: Int64) {
    self.db = db
    self.conversation = conversation
  }

  /// The next message with a text, in order of time; nil at the end.
  ///
  /// - Throws: What SQLite reports.
  func next() throws -> OrderMessage? {
    if place == portion.count {
      try load()
      place = 0
    }
    guard place < portion.count else { return nil }
    defer { place += 1 }
    return portion[place]
  }

  private func load() throws {
    portion.removeAll(keepingCapacity: true)
    var withPhones: [Int] = []
    // What a platform records as an order itself is no text to read one out of.
    try db.forEachRow(
      """
      SELECT m.id, m.text, p.is_owner, m.sent_at_ms,
        EXISTS (SELECT 1 FROM contact_point o WHERE o.message_id = m.id AND +o.kind = 'phone')
      FROM message m
      JOIN profile p ON p.id = m.sender_id
      WHERE m.conversation_id = ? AND m.id > ? AND m.text IS NOT NULL
        AND m.kind NOT IN ('system', 'contact')
        AND NOT EXISTS (SELECT 1 FROM platform_order o WHERE o.message_id = m.id)
      ORDER BY m.id LIMIT ?
      """,
      [.integer(conversation), .integer(last), .integer(Int64(ConversationMessages.size))],
      isCached: true
    ) { row in
      if row.integer(4) == 1 { withPhones.append(portion.count) }
      portion.append(
        OrderMessage(
          id: row.integer(0), text: row.cell(1).text ?? "", isOwner: row.integer(2) == 1,
          sentAt: row.integer(3)))
      return true
    }
    last = portion.last?.id ?? last
    for number in withPhones { portion[number].phones = try phones(portion[number].id) }
  }

  private func phones(_ message: Int64) throws -> [OrderMessage.Phone] {
    var found: [OrderMessage.Phone] = []
    try db.forEachRow(
      "SELECT raw, value FROM contact_point WHERE message_id = ? AND +kind = 'phone' ORDER BY id",
      [.integer(message)], isCached: true
    ) { row in
      found.append(OrderMessage.Phone(raw: row.cell(0).text ?? "", number: row.cell(1).text ?? ""))
      return true
    }
    return found
  }
}
