import GRDB
import SearchText

extension ArchiveDatabase {
  /// True if the index was made by another way of folding or stemming than this program's.
  package func isIndexStale() throws -> Bool {
    try cell("SELECT value FROM setting WHERE key = 'folding'").text != WordStems.version
  }

  /// Makes the search index anew from the messages and records.
  ///
  /// - Throws: What SQLite reports; the old index then stays.
  package func makeIndexAnew() throws {
    try queue.write { db in
      try db.execute(sql: "INSERT INTO message_text(message_text) VALUES ('delete-all')")
      var folder = SearchFolder()
      let insert = try RawStatement(db, "INSERT INTO message_text(rowid, words) VALUES (?,?)")
      // The index wants its rows in their order, the vocabulary one conversation after the other.
      try SearchIndex.forEachText(db, "1 ORDER BY m.id") { id, _, text in
        let words = folder.foldedBytes(text)
        guard !words.isEmpty else { return }
        insert.bind(id, at: 1)
        try words.withUnsafeBufferPointer { _ = try insert.run(with: $0, at: 2) }
      }
      try WordForms.makeAnew(db)
      try db.execute(sql: "INSERT INTO record_text(record_text) VALUES ('delete-all')")
      try RecordStage.fillSearch(db)
      try db.execute(
        sql: "INSERT OR REPLACE INTO setting VALUES ('folding', ?)", arguments: [WordStems.version])
    }
  }

  /// Removes a conversation so that none of its words is left in the archive's file, nor comes back
  /// with a later import of the same files. The originals still hold it, and so does `rebuild`.
  ///
  /// The index keeps the words of removed rows until it is merged, and pages that are given up keep
  /// their bytes unless they are overwritten: both is done here, which takes as long as writing the
  /// index anew.
  ///
  /// - Parameter uid: The conversation's uid.
  /// - Throws: What SQLite reports; nothing is removed then.
  package func eraseConversation(uid: String) throws {
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
      try db.inTransaction(.immediate) {
        for id in try Int64.fetchAll(
          db, sql: "SELECT id FROM conversation WHERE uid = ?", arguments: [uid])
        {
          // Without its threads no later import unites it again.
          try db.execute(sql: "DELETE FROM thread WHERE conversation_id = ?", arguments: [id])
          try MessageRemoval.removeConversation(db, id)
        }
        try db.execute(sql: "INSERT INTO message_text(message_text) VALUES ('optimize')")
        try db.execute(
          sql: """
            DELETE FROM word_form WHERE NOT EXISTS (
              SELECT 1 FROM message_word w WHERE w.term = word_form.word)
              AND NOT EXISTS (SELECT 1 FROM record_word w WHERE w.term = word_form.word)
            """)
        return .commit
      }
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// What is wrong with the search index; needs a connection that may write.
  func indexFindings() throws -> [String] {
    if try isIndexStale() {
      return ["search index: made by another version; the next import makes it anew"]
    }
    return try queue.inDatabase { db in
      do {
        for table in ["message_text", "record_text"] {
          try db.execute(sql: "INSERT INTO \(table)(\(table)) VALUES ('integrity-check')")
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
        return []
      } catch let error as DatabaseError {
        return ["search index: \(error.message ?? "damaged")"]
      }
      var folder = SearchFolder()
      var wanted: Int64 = 0
      try SearchIndex.forEachText(db, "1") { _, _, text in
        let words = folder.foldedBytes(text)
        if !words.isEmpty { wanted += 1 + words.reduce(0) { $0 + ($1 == 0x20 ? 1 : 0) } }
      }
      let found = try SearchIndex.countWords(db)
      return found == wanted ? [] : ["search index: it holds \(found) words of \(wanted)"]
    }
  }
}

/// The texts that the index is made of.
enum SearchIndex {
  /// Calls `body` with id, conversation and text of messages that have any.
  ///
  /// - Parameters:
  ///   - db: The archive.
  ///   - condition: SQL on `message m`, with an order if one is needed.
  ///   - body: Gets each message.
  /// - Throws: What SQLite reports, and what `body` throws.
  static func forEachText(
    _ db: Database, _ condition: String, _ body: (Int64, Int64, String) throws -> Void
  ) throws {
    try db.forEachRow(
      """
      SELECT m.id, m.conversation_id, m.text, \(IndexedText.fileNames)
      FROM message m WHERE (m.text IS NOT NULL OR m.attachment_count > 0) AND \(condition)
      """
    ) { row in
      let names = row.cell(3).text.map(StoredList.values) ?? []
      if let text = IndexedText.of(row.cell(2).text, fileNames: names) {
        try body(row.integer(0), row.integer(1), text)
      }
      return true
    }
  }

  /// All words of the message index, each as often as it stands there.
  static func countWords(_ db: Database) throws -> Int64 {
    try db.execute(
      sql: "CREATE VIRTUAL TABLE temp.word_count USING fts5vocab('main', 'message_text', 'row')")
    defer { try? db.execute(sql: "DROP TABLE temp.word_count") }
    return try Int64.fetchOne(db, sql: "SELECT coalesce(sum(cnt), 0) FROM temp.word_count") ?? 0
  }
}
