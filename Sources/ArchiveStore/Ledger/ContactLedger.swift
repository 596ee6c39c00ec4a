import GRDB

/// A contact point that a text shows.
package struct FoundContact: Sendable {
  package let kind: String
  package let value: String
  package let raw: String

  package init(kind: String, value: String, raw: String) {
    self.kind = kind
    self.value = value
    self.raw = raw
  }
}

extension ArchiveDatabase {
  /// Finds the contact points of conversations that changed, and writes them with the message
  /// that shows each.
  ///
  /// - Parameters:
  ///   - find: Gets a text of a person who is not the owner.
  ///   - card: Gets the hash of a contact card's file; gives what it says.
  /// - Returns: The number of contact points of these conversations.
  /// - Throws: What SQLite reports.
  package func findContacts(
    _ find: (String) -> [FoundContact], card: (String) -> String?
  ) throws -> Int {
    try queue.write { db in
      var count = try findInRecords(db, find)
      let conversations = try Int64.fetchAll(
        db, sql: "SELECT id FROM conversation WHERE needs_contacts = 1")
      guard !conversations.isEmpty else { return count }
      try db.execute(
        sql: """
          DELETE FROM contact_point
          WHERE message_id IS NULL AND record_id IS NULL OR message_id IN (
            SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE c.needs_contacts = 1)
          """)
      try addHandles(db)
      try db.forEachRow(
        """
        SELECT m.id, m.sender_id, m.text, m.kind FROM message m
        JOIN conversation c ON c.id = m.conversation_id JOIN profile p ON p.id = m.sender_id
        WHERE c.needs_contacts = 1 AND p.is_owner = 0 AND m.text IS NOT NULL
          AND m.kind <> 'system'
        """
      ) { row in
        let ownership = row.cell(3).text == "contact" ? "other" : "unknown"
        for contact in find(row.cell(2).text ?? "") {
          count += 1
          try Self.add(
            contact, ownership, sender: row.integer(1), message: row.integer(0), db)
        }
        return true
      }
      count += try findInCards(db, find, card)
      try refreshCustomers(db)
      try db.execute(sql: "UPDATE conversation SET needs_contacts = 0 WHERE needs_contacts = 1")
      return count
    }
  }

  /// The numbers in contact cards that were sent as files: they are of those whom the cards are of.
  private func findInCards(
    _ db: Database, _ find: (String) -> [FoundContact], _ card: (String) -> String?
  ) throws -> Int {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT m.id, m.sender_id, s.sha256 FROM attachment t JOIN message m ON m.id = t.message_id
        JOIN conversation c ON c.id = m.conversation_id JOIN source s ON s.id = t.source_id
        WHERE c.needs_contacts = 1 AND t.kind = 'contact' AND m.sender_id IS NOT NULL ORDER BY m.id
        """)
    var count = 0
    for row in rows {
      for contact in card(row[2]).map(find) ?? [] {
        count += 1
        try Self.add(contact, "other", sender: row[1], message: row[0], db)
      }
    }
    return count
  }

  private static func add(
    _ contact: FoundContact, _ ownership: String, sender: Int64?, message: Int64?, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO contact_point(profile_id, kind, value, raw, ownership, message_id)
        VALUES (?,?,?,?,?,?)
        """
    ).execute(
      arguments: [sender, contact.kind, contact.value, contact.raw, ownership, message])
  }

  /// The entries of address books: who they are is for the reader to say, not yet a profile.
  private func findInRecords(_ db: Database, _ find: (String) -> [FoundContact]) throws -> Int {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, contacts FROM record WHERE needs_contacts = 1")
    var count = 0
    while let row = try rows.next() {
      let id: Int64 = row[0]
      for raw in StoredList.values(row[1]) {
        for contact in find(raw) {
          count += 1
          try db.execute(
            sql: """
              INSERT INTO contact_point(kind, value, raw, ownership, record_id)
              VALUES (?,?,?,'unknown',?)
              """, arguments: [contact.kind, contact.value, contact.raw, id])
        }
      }
    }
    try db.execute(sql: "UPDATE record SET needs_contacts = 0 WHERE needs_contacts = 1")
    return count
  }

  /// A telephone number that names a person on its platform is theirs.
  private func addHandles(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO contact_point(profile_id, kind, value, raw, ownership)
        SELECT id, 'phone', handle, CASE WHEN name LIKE '+%' THEN name ELSE handle END, 'self'
        FROM profile
        WHERE handle LIKE '+%' AND is_owner = 0
        """)
  }

  private func refreshCustomers(_ db: Database) throws {
    for (column, kind) in [("phones", "phone"), ("emails", "email")] {
      try db.execute(
        sql: """
          UPDATE customer SET \(column) = coalesce((SELECT json_group_array(value) FROM (
            SELECT DISTINCT t.value FROM contact_point t JOIN profile p ON p.id = t.profile_id
            WHERE p.customer_id = customer.id AND t.kind = '\(kind)' AND t.ownership <> 'other' ORDER BY t.value)), '[]')
          WHERE id IN (SELECT p.customer_id FROM contact_point t JOIN profile p ON p.id = t.profile_id)
            OR \(column) <> '[]'
          """)
    }
  }
}
