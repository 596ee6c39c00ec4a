import GRDB
import SearchText

/// The archive's vocabulary: every word with its stems, by language.
///
/// Words stay when the last message with them goes; only erasing takes them out.
enum WordForms {
  /// Adds words that the archive may know already.
  static func add(_ forms: [WordCollector.Form], _ db: Database) throws {
    guard !forms.isEmpty else { return }
    let insert = try RawStatement(db, "INSERT OR IGNORE INTO word_form VALUES (?,?,?)")
    // In the order of the table, neighbours are on one page.
    for form in forms.sorted(by: {
      ($0.language, $0.stem, $0.word) < ($1.language, $1.stem, $1.word)
    }) {
      insert.bind(form.language, at: 1)
      insert.bind(form.stem, at: 2)
      insert.bind(form.word, at: 3)
      try insert.run()
    }
  }

  /// Makes the vocabulary anew from the messages and records.
  static func makeAnew(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM word_form")
    var folder = SearchFolder()
    var collector = WordCollector()
    var last: Int64 = -1
    try SearchIndex.forEachText(db, "1 ORDER BY m.conversation_id") { _, conversation, text in
      if conversation != last { collector.endFile() }
      last = conversation
      collector.note(text, folded: folder.foldedBytes(text))
      try add(collector.takeForms(), db)
    }
    collector.endFile()
    let records = try Row.fetchCursor(
      db, sql: "SELECT coalesce(name, ''), coalesce(text, '') FROM record ORDER BY id")
    while let row = try records.next() {
      let text = (row[0] as String) + "\n" + (row[1] as String)
      collector.note(text, folded: folder.foldedBytes(text))
    }
    collector.endFile()
    try add(collector.takeForms(), db)
  }
}
