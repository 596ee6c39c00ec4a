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
  package func set(_ key: String, _ value: String) throws {
    let old = try setting(key)
    guard old != value else { return }
    try queue.write { db in
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
        try ImportLedger.readAgain(db, importer: "whatsapp")
      case "date-order": try ImportLedger.readAgain(db, importer: "whatsapp")
      default: break
      }
    }
  }
}
