import GRDB
package import InboxModel

/// Finds the contact points and signs in messages of conversations that changed, and writes them
/// with the message that shows each.
struct ContactStage<Reader: MessageReading> {
  let db: Database
  let reader: Reader
  /// What a contact card's file says, by its hash.
  let card: (String) -> String?
  private let insert: RawStatement

  init(_ db: Database, _ reader: Reader, card: @escaping (String) -> String?) throws {
    self.db = db
    self.reader = reader
    self.card = card
    insert = try RawStatement(
      db,
      """
      INSERT INTO contact_point(profile_id, kind, value, raw, ownership, reason, is_stated, line,
        role, message_id, record_id, found, found_reason)
      VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?5,?6)
      """)
  }

  /// What is known of who writes in a conversation.
  private struct Person {
    let isOwner: Bool
    let name: String?
    let handle: String?
  }

  /// A message that is worth reading, until the one after it is known.
  private struct Candidate {
    let id: Int64
    let message: ChatMessage
    let before: [ChatMessage]
    let isDirect: Bool
    let kind: String?
  }

  /// So many messages before one may say whose a number is.
  private static var reach: Int { 4 }
  /// What more people than these give without saying whose it is, is nobody's own.
  private static var mostGivers: Int { 4 }

  /// - Returns: The number of contact points found.
  /// - Throws: What SQLite reports.
  func run() throws -> Int {
    var count = try findInRecords()
    // There may be millions of them.
    var conversations: [(id: Int64, isDirect: Bool)] = []
    try db.forEachRow(
      "SELECT id, kind IS 'direct' FROM conversation WHERE needs_contacts = 1 ORDER BY id"
    ) { row in
      conversations.append((row.integer(0), row.integer(1) == 1))
      return true
    }
    guard !conversations.isEmpty else { return count }
    try removeOld()
    let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM contact_point") ?? 0
    for conversation in conversations {
      count += try read(conversation.id, isDirect: conversation.isDirect)
    }
    count += try findInCards()
    try addHandles()
    try disown(after: last)
    return count
  }

  /// Takes note that the conversations are read, and whose facts may have changed by that.
  ///
  /// - Throws: What SQLite reports.
  func finish() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_profile SELECT t.profile_id FROM participant t
        JOIN conversation c ON c.id = t.conversation_id WHERE c.needs_contacts = 1
        """)
    try db.execute(sql: "UPDATE conversation SET needs_contacts = 0 WHERE needs_contacts = 1")
  }

  private func removeOld() throws {
    let isEmpty = try Bool.fetchOne(
      db,
      sql: """
        SELECT NOT EXISTS (SELECT 1 FROM contact_point)
          AND NOT EXISTS (SELECT 1 FROM customer_sign)
        """)
    guard isEmpty != true else { return }
    let changed = """
      SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation_id = c.id
      WHERE c.needs_contacts = 1
      """
    // Each by its own index.
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO changed_value
          SELECT kind, value FROM contact_point WHERE message_id IN (\(changed));
        DELETE FROM contact_point WHERE message_id IN (\(changed));
        DELETE FROM contact_point WHERE message_id IS NULL AND record_id IS NULL
          AND profile_id IN (SELECT t.profile_id FROM conversation c
            CROSS JOIN participant t ON t.conversation_id = c.id WHERE c.needs_contacts = 1);
        DELETE FROM customer_sign WHERE message_id IN (\(changed));
        """)
  }

  private func read(_ conversation: Int64, isDirect: Bool) throws -> Int {
    let people = try people(conversation)
    var count = 0
    var recent: [ChatMessage] = []
    var waiting: Candidate?
    var told: Set<String> = []
    try db.forEachRow(
      """
      SELECT id, sender_id, text, kind, sent_at_ms FROM message
      WHERE conversation_id = ? AND text IS NOT NULL AND kind <> 'system' ORDER BY id
      """, [.integer(conversation)], isCached: true
    ) { row in
      let sender = row.integer(1)
      guard let person = people[sender] else { return true }
      let message = ChatMessage(
        text: row.cell(2).text ?? "", isOwner: person.isOwner, sender: sender,
        sentAt: row.integer(4))
      if let candidate = waiting {
        count += try write(candidate, after: message, people, &told)
        waiting = nil
      }
      if reader.isWorthReading(message.text, isOwner: person.isOwner) {
        waiting = Candidate(
          id: row.integer(0), message: message, before: Array(recent.reversed()),
          isDirect: isDirect, kind: row.cell(3).text)
      }
      recent.append(message)
      if recent.count > Self.reach { recent.removeFirst() }
      return true
    }
    if let candidate = waiting { count += try write(candidate, after: nil, people, &told) }
    return count
  }

  private func people(_ conversation: Int64) throws -> [Int64: Person] {
    var people: [Int64: Person] = [:]
    try db.forEachRow(
      """
      SELECT p.id, p.is_owner, p.name, p.handle FROM participant t
      JOIN profile p ON p.id = t.profile_id WHERE t.conversation_id = ?
      """, [.integer(conversation)], isCached: true
    ) { row in
      people[row.integer(0)] = Person(
        isOwner: row.integer(1) == 1, name: row.cell(2).text, handle: row.cell(3).text)
      return true
    }
    return people
  }

  private func write(
    _ candidate: Candidate, after: ChatMessage?, _ people: [Int64: Person],
    _ told: inout Set<String>
  ) throws -> Int {
    let person = people[candidate.message.sender]
    var facts = FoundInMessage(contacts: [], signs: [])
    if candidate.kind == "contact" {
      facts.contacts = reader.card(candidate.message.text)
    } else {
      facts = reader.read(
        candidate.message,
        Surroundings(
          before: candidate.before, after: after, name: person?.name, isDirect: candidate.isDirect,
          handle: person?.handle, toldByOwner: told))
    }
    if candidate.message.isOwner {
      told.formUnion(facts.contacts.filter { $0.kind == .phone }.map(\.value))
    }
    for point in facts.contacts {
      try add(point, sender: candidate.message.sender, message: candidate.id)
    }
    for sign in facts.signs {
      try db.run(
        "INSERT OR IGNORE INTO customer_sign VALUES (?,?,?,?)",
        [candidate.message.sender, candidate.id, sign.kind.rawValue, sign.words])
    }
    return facts.contacts.count
  }

  /// The numbers in contact cards that were sent as files: they are of those whom the cards are of.
  private func findInCards() throws -> Int {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT m.id, m.sender_id, s.sha256 FROM attachment t JOIN message m ON m.id = t.message_id
        JOIN conversation c ON c.id = m.conversation_id JOIN source s ON s.id = t.source_id
        JOIN profile p ON p.id = m.sender_id
        WHERE c.needs_contacts = 1 AND t.kind = 'contact' AND p.is_owner = 0 ORDER BY m.id
        """)
    var count = 0
    for row in rows {
      for point in card(row[2]).map(reader.card) ?? [] {
        count += 1
        try add(point, sender: row[1], message: row[0])
      }
    }
    return count
  }

  /// The entries of address books: who they are is for the user to say, not yet a profile.
  private func findInRecords() throws -> Int {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, contacts FROM record WHERE needs_contacts = 1 ORDER BY id")
    var count = 0
    for row in rows {
      for raw in StoredList.values(row[1]) {
        for point in reader.entry(raw) {
          count += 1
          try add(point, sender: nil, record: row[0])
        }
      }
    }
    try db.execute(sql: "UPDATE record SET needs_contacts = 0 WHERE needs_contacts = 1")
    return count
  }

  /// A telephone number that names a person on its platform is theirs.
  private func addHandles() throws {
    try db.forEachRow(
      """
      SELECT p.id, p.handle, p.name FROM conversation c
      CROSS JOIN participant t ON t.conversation_id = c.id
      CROSS JOIN profile p ON p.id = t.profile_id
      WHERE c.needs_contacts = 1 AND p.handle LIKE '+%' GROUP BY p.id
      """
    ) { row in
      let handle = row.cell(1).text ?? ""
      let raw = row.cell(2).text.flatMap { $0.hasPrefix("+") ? $0 : nil } ?? handle
      try add(reader.shown(handle, raw: raw), sender: row.integer(0))
      return true
    }
  }

  /// Takes from people what is not theirs: the shop's own, a courier's, and what more people gave
  /// than can have it; and gives back what nothing speaks against any more.
  ///
  /// - Parameter last: The number of the last contact point before those that are new.
  /// - Throws: What SQLite reports.
  private func disown(after last: Int64) throws {
    let theirs = "(SELECT id FROM profile WHERE is_owner = 0)"
    try db.run(
      "INSERT OR IGNORE INTO changed_value SELECT kind, value FROM contact_point WHERE id > ?",
      [last])
    let values = try Row.fetchCursor(
      db,
      sql: """
        SELECT f.kind, f.value, max(p.is_owner = 1 AND o.found = 'self'),
          max(coalesce(o.role = 'courier', 0)),
          count(DISTINCT CASE WHEN o.is_stated = 0 AND p.is_owner = 0 THEN o.profile_id END),
          max(o.found <> o.ownership)
        FROM changed_value f CROSS JOIN contact_point o ON o.kind = f.kind AND o.value = f.value
        JOIN profile p ON p.id = o.profile_id WHERE f.kind IN ('phone', 'email', 'handle')
        GROUP BY f.kind, f.value
        """)
    var verdicts: [(key: StatementArguments, isShops: Bool, ownership: String?, reason: String?)] =
      []
    while let row = try values.next() {
      let isShops: Bool = row[2]
      let isCouriers: Bool = row[3]
      let givers: Int = row[4]
      let wasChanged: Bool = row[5]
      let verdict: (String?, String?) =
        isShops
        ? ("other", "it is the shop's own")
        : isCouriers
          ? ("other", "others say it is a courier's")
          : givers > Self.mostGivers ? ("unknown", "too many people gave it") : (nil, nil)
      guard verdict.0 != nil || wasChanged else { continue }
      verdicts.append(([row[0] as String, row[1] as String], isShops, verdict.0, verdict.1))
    }
    for verdict in verdicts {
      // Only what they seemed to own; what they say is theirs stays, unless it is the shop's.
      let condition = "kind = ? AND value = ? AND profile_id IN \(theirs)"
      try db.run(
        "INSERT OR IGNORE INTO stale_profile SELECT profile_id FROM contact_point WHERE \(condition)",
        verdict.key)
      try db.run(
        "UPDATE contact_point SET ownership = found, reason = found_reason WHERE \(condition)",
        verdict.key)
      guard let ownership = verdict.ownership else { continue }
      try db.run(
        """
        UPDATE contact_point SET ownership = ?, reason = ?
        WHERE ownership = 'self' AND (? OR is_stated = 0) AND \(condition)
        """, [ownership, verdict.reason, verdict.isShops] + verdict.key)
    }
    try db.execute(sql: "DELETE FROM changed_value")
  }

  private func add(
    _ point: ContactPoint, sender: Int64?, message: Int64? = nil, record: Int64? = nil
  ) throws {
    insert.bind(sender, at: 1)
    insert.bind(point.kind.rawValue, at: 2)
    insert.bind(point.value, at: 3)
    insert.bind(point.raw, at: 4)
    insert.bind(point.ownership.rawValue, at: 5)
    insert.bind(point.reason, at: 6)
    insert.bind(point.isStated ? 1 : 0 as Int64, at: 7)
    insert.bind(point.line?.rawValue, at: 8)
    insert.bind(point.role?.rawValue, at: 9)
    insert.bind(message, at: 10)
    insert.bind(record, at: 11)
    try insert.run()
  }
}
