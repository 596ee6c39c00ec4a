import GRDB
import SearchText

/// What the archive had of conversations before they were united anew.
struct OldConversation {
  /// The uid of the message of each sighting, by source and record.
  private var uids: [Key: String] = [:]

  private struct Key: Hashable {
    let source: Int64
    let record: Int64
  }

  /// Removes the messages of conversations, and the conversations that nothing is left of.
  ///
  /// - Returns: What is needed to keep old uids true.
  static func remove(
    _ db: Database, conversations: Set<Int64>, keeping kept: Int64
  ) throws -> OldConversation {
    var old = OldConversation()
    for id in conversations.sorted() {
      try old.note(db, id)
      try MessageRemoval.remove(db, conversation: id)
      try MatchRemoval.leave(db, conversation: id)
      try MatchRemoval.forget(db, "conversation_id = ?1", [id])
      try db.run("DELETE FROM profile WHERE conversation_id = ?", [id])
      try db.run("DELETE FROM participant WHERE conversation_id = ?", [id])
      if id != kept {
        try db.run(
          "UPDATE former_uid SET conversation_id = ? WHERE conversation_id = ?", [kept, id])
        try db.run("UPDATE thread SET conversation_id = NULL WHERE conversation_id = ?", [id])
        try db.run(
          "INSERT OR REPLACE INTO uid_alias SELECT a.uid, b.uid FROM conversation a, conversation b WHERE a.id = ? AND b.id = ? AND a.uid <> b.uid AND a.uid <> ''",
          [id, kept])
        try db.run("DELETE FROM conversation WHERE id = ?", [id])
      }
    }
    return old
  }

  private mutating func note(_ db: Database, _ conversation: Int64) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT g.source_id, g.record, \(ArchiveViews.messageUID)
        FROM message m JOIN conversation c ON c.id = m.conversation_id
        JOIN sighting g ON g.message_id = m.id WHERE m.conversation_id = ? AND c.uid <> ''
        """, arguments: [conversation])
    while let row = try rows.next() { uids[Key(source: row[0], record: row[1])] = row[2] }
  }

  /// Keeps the uids that changed as aliases of the new ones.
  func alias(
    _ db: Database, uid: String, plan: ReconciliationPlan, ordinals: [Int64]
  ) throws {
    guard !uids.isEmpty else { return }
    for (number, message) in plan.messages.enumerated() {
      let new = MessageUID.text(uid, message.start, ordinals[number])
      for index in message.sightings {
        let sighting = plan.sightings[index]
        let key = Key(
          source: plan.records[Int(sighting.source)].source, record: Int64(sighting.record))
        guard let old = uids[key], old != new else { continue }
        try db.run("INSERT OR REPLACE INTO uid_alias VALUES (?, ?)", [old, new])
      }
    }
    try db.execute(sql: "DELETE FROM uid_alias WHERE old_uid = new_uid")
  }
}

/// The uid of a message: its conversation's, its time and its place at that time.
package enum MessageUID {
  static func text(_ conversation: String, _ milliseconds: Int64, _ ordinal: Int64) -> String {
    "\(conversation)-\(milliseconds)-\(ordinal)"
  }

  /// The message of a conversation that has this uid; nil if there is none.
  static func find(_ uid: String, in conversation: Int64, _ db: Database) throws -> Int64? {
    let pieces = uid.split(separator: "-")
    guard pieces.count == 3, let time = Int64(pieces[1]), let ordinal = Int64(pieces[2]),
      abs(time) < 1 << 50
    else { return nil }
    return try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT id FROM message WHERE conversation_id = ?1 AND id BETWEEN ?2 AND ?3
            AND sent_at_ms = ?4 AND ordinal = ?5
          """), arguments: [conversation, time << 12, (time + 1) << 12, time, ordinal])
  }
}

/// The one way in which messages leave the archive, words and all.
enum MessageRemoval {
  /// Removes a conversation with its messages and the people who are in no other.
  static func removeConversation(_ db: Database, _ id: Int64) throws {
    try remove(db, conversation: id)
    try MatchRemoval.leave(db, conversation: id)
    try MatchRemoval.forget(db, "conversation_id = ?1", [id])
    for sql in [
      "DELETE FROM profile WHERE conversation_id = ?",
      "DELETE FROM participant WHERE conversation_id = ?",
      "DELETE FROM clock_vote WHERE conversation_id = ?",
      "DELETE FROM conversation WHERE id = ?",
    ] { try db.run(sql, [id]) }
  }

  static func remove(_ db: Database, conversation: Int64) throws {
    var folder = SearchFolder()
    let removeWords = try RawStatement(
      db, "INSERT INTO message_text(message_text, rowid, words) VALUES ('delete', ?, ?)")
    try SearchIndex.forEachText(db, "m.conversation_id = \(conversation)") { id, _, text in
      let words = folder.foldedBytes(text)
      guard !words.isEmpty else { return }
      removeWords.bind(id, at: 1)
      try words.withUnsafeBufferPointer { _ = try removeWords.run(with: $0, at: 2) }
    }
    try OrderRemoval.leave(db, "conversation_id = ?1", [conversation])
    for table in ["sighting", "attachment", "reaction", "platform_order", "customer_sign"] {
      try db.run(
        "DELETE FROM \(table) WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ?)",
        [conversation])
    }
    try db.run(
      "UPDATE contact_point SET message_id = NULL WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ?)",
      [conversation])
    // Orders are made anew with the messages that show them.
    try OrderRemoval.remove(db, "conversation_id = ?1", [conversation])
    try db.run("DELETE FROM message WHERE conversation_id = ?", [conversation])
  }
}
