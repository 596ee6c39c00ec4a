import GRDB

extension ArchiveDatabase {
  /// A setting of the archive; nil if it was never set.
  package func setting(_ key: String) throws -> String? {
    try cell("SELECT value FROM setting WHERE key = ?", [.text(key)]).text
  }

  /// Queues again what stayed locked for want of a key.
  package func readLockedAgain() throws {
    try queue.write { try ImportLedger.readLockedAgain($0) }
  }

  /// Changes a setting and marks what must be interpreted anew by it.
  ///
  /// - Returns: How many texts stay as they were read, because their originals are gone.
  @discardableResult
  package func set(_ key: String, _ value: String) throws -> Int {
    let old = try setting(key)
    guard old != value else { return 0 }
    return try queue.write { db in
      var gone = 0
      try db.execute(
        sql: "INSERT OR REPLACE INTO setting VALUES (?, ?)", arguments: [key, value])
      switch key {
      case "timezone":
        try db.execute(
          sql: "UPDATE conversation SET is_unfinished = 2 WHERE platform = 'whatsapp'")
      case "owner":
        try db.execute(
          sql: "UPDATE conversation SET is_unfinished = 2, needs_contacts = 1")
      case "region":
        try db.execute(
          sql: """
            UPDATE conversation SET needs_contacts = 1;
            DELETE FROM contact_point WHERE record_id IS NOT NULL;
            UPDATE record SET needs_contacts = 1 WHERE contacts <> '[]';
            """)
        gone = try ImportLedger.readAgain(db, importer: "whatsapp", objects)
      case "date-order": gone = try ImportLedger.readAgain(db, importer: "whatsapp", objects)
      default: break
      }
      return gone
    }
  }
}
