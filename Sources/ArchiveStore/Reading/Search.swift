import GRDB
import SearchText

/// A message that a search found.
package struct SearchHit: Sendable {
  package let uid: String
  package let platform: String
  package let conversation: String
  package let conversationUID: String
  package let sender: String?
  package let isOwner: Bool
  package let sentAt: String
  package let kind: String
  package let text: String?
}

/// A record beside the messages that a search found.
package struct RecordHit: Sendable {
  package let id: Int64
  package let platform: String
  package let kind: String
  package let name: String?
  package let text: String?
  package let happenedAt: String?
  package let detail: String
}

extension ArchiveDatabase {
  /// The messages that a query and a filter let through, newest first.
  package func search(_ query: SearchQuery, _ filter: SearchFilter) throws -> [SearchHit] {
    var conditions: [String] = []
    var arguments: [Cell] = []
    var tables = "message m"
    var key = "m.id"
    if let expression = try query.expression(endings) {
      tables = "message_text w CROSS JOIN message m ON m.id = w.rowid"
      key = "w.rowid"
      conditions.append("message_text MATCH ?")
      arguments.append(.text(expression))
    } else if let unwanted = try query.unwantedExpression(endings) {
      conditions.append("m.id NOT IN (SELECT rowid FROM message_text WHERE message_text MATCH ?)")
      arguments.append(.text(unwanted))
    }
    try add(filter, key: key, &conditions, &arguments)
    let sql = """
      SELECT \(ArchiveViews.messageUID), c.platform, c.title, c.uid, p.name,
        coalesce(p.is_owner, 0),
        strftime('%Y-%m-%dT%H:%M:%fZ', m.sent_at_ms / 1000.0, 'unixepoch'), m.kind, m.text
      FROM \(tables) CROSS JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN profile p ON p.id = m.sender_id
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY \(key) DESC LIMIT \(max(0, filter.limit))
      """
    return try rows(sql, arguments).map { row in
      SearchHit(
        uid: row[0].text ?? "", platform: row[1].text ?? "", conversation: row[2].text ?? "",
        conversationUID: row[3].text ?? "", sender: row[4].text, isOwner: row[5].integer == 1,
        sentAt: row[6].text ?? "", kind: row[7].text ?? "", text: row[8].text)
    }
  }

  /// The records beside the messages that a query lets through, newest first.
  package func searchRecords(
    _ query: SearchQuery, platform: String?, limit: Int
  ) throws -> [RecordHit] {
    // The vocabulary is that of messages: beginnings of words are left to the index itself.
    guard let expression = query.expression({ _ in nil }) else { return [] }
    let rows = try rows(
      """
      SELECT r.id, r.platform, r.kind, r.name, r.text, v.happened_at, r.detail
      FROM record_text w CROSS JOIN record r ON r.id = w.rowid JOIN records v ON v.id = r.id
      WHERE record_text MATCH ?1 AND (?2 IS NULL OR r.platform = ?2)
      ORDER BY r.happened_ms DESC, r.id LIMIT \(max(0, limit))
      """, [.text(expression), platform.map { .text($0.lowercased()) } ?? .null])
    return rows.map { row in
      RecordHit(
        id: row[0].integer ?? 0, platform: row[1].text ?? "", kind: row[2].text ?? "",
        name: row[3].text, text: row[4].text, happenedAt: row[5].text, detail: row[6].text ?? "{}")
    }
  }

  /// The words of the index that begin with `start`; nil if there are none or very many.
  private func endings(_ start: String) throws -> [String]? {
    var words: [String] = []
    var last = start
    while words.count <= 64 {
      guard
        let next = try cell(
          "SELECT term FROM message_word WHERE term >= ? LIMIT 1", [.text(last)]
        ).text, next.utf8.starts(with: start.utf8)
      else { return words.isEmpty ? nil : words }
      words.append(next)
      // The smallest text behind a word: asked for `>`, the vocabulary would go through all rows
      // of the word first. Words hold no control characters.
      last = next + "\u{1}"
    }
    return nil
  }

  private func add(
    _ filter: SearchFilter, key: String, _ conditions: inout [String], _ arguments: inout [Cell]
  ) throws {
    if let platform = filter.platform {
      conditions.append("c.platform = ?")
      arguments.append(.text(platform.lowercased()))
    }
    if let after = filter.after {
      conditions.append("\(key) >= ?")
      arguments.append(.integer(after << BatchWriter.tieBits))
    }
    if let before = filter.before {
      conditions.append("\(key) < ?")
      arguments.append(.integer(before << BatchWriter.tieBits))
    }
    if let from = filter.from {
      let people = try matching(from, "SELECT id, name FROM profile WHERE name IS NOT NULL")
      conditions.append("m.sender_id IN (\(people))")
    }
    if let customer = filter.customer {
      let found = try matching(
        customer, "SELECT id, name, uid FROM customer",
        also: "SELECT id FROM customer WHERE uid = ?")
      conditions.append("c.customer_id IN (\(found))")
    }
    for what in filter.has.sorted() { conditions.append(ArchiveDatabase.condition(has: what)) }
  }

  private static func condition(has what: String) -> String {
    switch what {
    case "media": "m.attachment_count > 0"
    case "link": "(m.text LIKE '%http://%' OR m.text LIKE '%https://%' OR m.text LIKE '%www.%')"
    case "phone":
      "EXISTS (SELECT 1 FROM contact_point t WHERE t.message_id = m.id AND t.kind = 'phone')"
    default: "m.kind IN ('order', 'marketplace')"
    }
  }

  /// The ids of rows whose name holds `text`, compared as in search; for use inside `IN (…)`.
  private func matching(_ text: String, _ sql: String, also exact: String? = nil) throws -> String {
    let wanted = NameFolding.fold(text)
    var found: Set<Int64> = []
    for row in try rows(sql) {
      guard let id = row[0].integer, let name = row[1].text else { continue }
      if NameFolding.fold(name).contains(wanted) { found.insert(id) }
    }
    if let exact {
      for row in try rows(exact, [.text(text)]) { row[0].integer.map { _ = found.insert($0) } }
    }
    return found.sorted().map(String.init).joined(separator: ",")
  }
}
