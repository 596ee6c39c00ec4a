import GRDB
import SearchText

/// A message that a search found.
package struct SearchHit: Sendable {
  package let id: Int64
  package let uid: String
  package let platform: String
  package let conversation: String
  package let conversationUID: String
  package let conversationID: Int64
  package let sender: String?
  package let isOwner: Bool
  package let sentAt: String
  package let kind: String
  package let text: String?
  /// The names of its files, where people gave them.
  package let fileNames: [String]
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

/// A customer that a search found.
package struct CustomerHit: Sendable {
  package let uid: String
  package let name: String?
  package let aliases: [String]
  package let phones: String
  package let messageCount: Int64
}

extension ArchiveDatabase {
  /// The messages that a query lets through, newest first.
  ///
  /// - Parameters:
  ///   - query: The words, with their forms.
  ///   - fields: What else must be so.
  ///   - limit: At most so many messages.
  /// - Returns: The messages.
  /// - Throws: What SQLite reports.
  package func search(
    _ query: ResolvedQuery, _ fields: [SearchField], limit: Int
  ) throws -> [SearchHit] {
    let filter = try SearchFilter(fields, self)
    if !query.clauses.isEmpty, !query.isAllWanted || filter.hasFewMessages {
      let ids = try scan(query, filter, limit: limit).map(String.init).joined(separator: ",")
      return try hits(
        from: "message m", where: ["m.id IN (\(ids))"], [], order: "m.id DESC", limit: limit)
    }
    let (tables, key, conditions, arguments) = matching(query, filter)
    return try hits(
      from: tables, where: conditions, arguments, order: "\(key) DESC", limit: limit)
  }

  /// Where a query's messages are: tables, the column of their ids, and the conditions.
  func matching(
    _ query: ResolvedQuery, _ filter: SearchFilter
  ) -> (tables: String, key: String, conditions: [String], arguments: [Cell]) {
    var conditions: [String] = []
    var arguments: [Cell] = []
    var tables = "message m"
    var key = "m.id"
    if query.isAllWanted, let expression = query.expression {
      tables = "message_text w CROSS JOIN message m ON m.id = w.rowid"
      key = "w.rowid"
      conditions.append("message_text MATCH ?")
      arguments.append(.text(expression))
    } else if !query.clauses.isEmpty {
      let condition = query.condition
      conditions.append(condition.sql)
      arguments += condition.arguments
    }
    if !query.isAllWanted, let conversations = filter.conversations {
      tables = "message m INDEXED BY message_conversation"
      conditions.append("m.conversation_id IN (\(conversations))")
    }
    if filter.idRange.lowerBound > 0 { conditions.append("\(key) >= \(filter.idRange.lowerBound)") }
    if filter.idRange.upperBound < .max {
      conditions.append("\(key) < \(filter.idRange.upperBound)")
    }
    return (tables, key, conditions + filter.conditions, arguments)
  }

  /// The newest messages that a filter lets through and whose texts have the words, by looking at
  /// one after the other.
  private func scan(
    _ query: ResolvedQuery, _ filter: SearchFilter, limit: Int
  ) throws -> [Int64] {
    let (tables, key, conditions, _) = matching(ResolvedQuery(clauses: []), filter)
    var matcher = TextMatcher(query)
    var found: [Int64] = []
    try forEachRow(
      """
      SELECT m.id, m.text, \(IndexedText.fileNames)
      FROM \(tables) CROSS JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN profile p ON p.id = m.sender_id
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY \(key) DESC
      """
    ) { row in
      let names = row.cell(2).text.map(StoredList.values) ?? []
      if matcher.fits(IndexedText.of(row.cell(1).text, fileNames: names) ?? "") {
        found.append(row.integer(0))
      }
      return found.count < limit
    }
    return found
  }

  func hits(
    from tables: String, where conditions: [String], _ arguments: [Cell], order: String, limit: Int
  ) throws -> [SearchHit] {
    let sql = """
      SELECT m.id, \(ArchiveViews.messageUID), c.platform, c.title, c.uid, c.id, p.name,
        coalesce(p.is_owner, 0),
        strftime('%Y-%m-%dT%H:%M:%fZ', m.sent_at_ms / 1000.0, 'unixepoch'), m.kind, m.text,
        \(IndexedText.fileNames)
      FROM \(tables) CROSS JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN profile p ON p.id = m.sender_id
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY \(order) LIMIT \(max(0, limit))
      """
    return try rows(sql, arguments).map { row in
      SearchHit(
        id: row[0].integer ?? 0, uid: row[1].text ?? "", platform: row[2].text ?? "",
        conversation: row[3].text ?? "", conversationUID: row[4].text ?? "",
        conversationID: row[5].integer ?? 0, sender: row[6].text, isOwner: row[7].integer == 1,
        sentAt: row[8].text ?? "", kind: row[9].text ?? "", text: row[10].text,
        fileNames: StoredList.values(row[11].text ?? "[]").filter(IndexedText.isGiven))
    }
  }

  /// The messages before and after one, in the order of their conversation.
  ///
  /// - Parameters:
  ///   - hit: A message.
  ///   - count: How many on each side.
  /// - Returns: The messages before it and those after it.
  /// - Throws: What SQLite reports.
  package func neighbours(
    of hit: SearchHit, count: Int
  ) throws -> (before: [SearchHit], after: [SearchHit]) {
    let conversation = "m.conversation_id = \(hit.conversationID)"
    let before = try hits(
      from: "message m", where: [conversation, "m.id < \(hit.id)"], [], order: "m.id DESC",
      limit: count)
    let after = try hits(
      from: "message m", where: [conversation, "m.id > \(hit.id)"], [], order: "m.id", limit: count)
    return (before.reversed(), after)
  }

  /// How many messages a query finds, by platform, year and customer.
  ///
  /// - Parameters:
  ///   - query: The words, with their forms.
  ///   - fields: What else must be so.
  ///   - column: `platform`, `year` or `customer`.
  /// - Returns: Names and counts, the largest first.
  /// - Throws: What SQLite reports.
  package func counts(
    _ query: ResolvedQuery, _ fields: [SearchField], by column: String
  ) throws -> [(name: String, count: Int64)] {
    let filter = try SearchFilter(fields, self)
    let (tables, _, conditions, arguments) = matching(query, filter)
    let name =
      switch column {
      case "platform": "c.platform"
      case "year": "strftime('%Y', m.sent_at_ms / 1000, 'unixepoch')"
      default: "(SELECT u.name FROM customer u WHERE u.id = c.customer_id)"
      }
    return try rows(
      """
      SELECT coalesce(\(name), '–') AS name, count(*) AS count FROM \(tables)
      CROSS JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN profile p ON p.id = m.sender_id
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50
      """, arguments
    ).map { ($0[0].text ?? "–", $0[1].integer ?? 0) }
  }

  /// The records beside the messages that a query lets through, newest first.
  package func searchRecords(
    _ query: ResolvedQuery, _ fields: [SearchField], limit: Int
  ) throws -> [RecordHit] {
    var conditions = ["1"]
    var arguments: [Cell] = []
    for clause in query.clauses.isEmpty ? [] : [query.condition(on: "r.id", in: "record_text")] {
      conditions.append(clause.sql)
      arguments += clause.arguments
    }
    var kinds: [String] = []
    for field in fields {
      let not = field.isNegative ? "NOT " : ""
      switch field.kind {
      case .platform: conditions.append("\(not)r.platform = '\(field.value)'")
      case .kind where field.value == "record": break
      case .kind where field.isNegative: conditions.append("r.kind <> '\(field.value)'")
      case .kind: kinds.append("'\(field.value)'")
      case .before, .after, .on:
        conditions.append(ArchiveDatabase.condition(time: field))
      default: break
      }
    }
    if !kinds.isEmpty { conditions.append("r.kind IN (\(kinds.joined(separator: ",")))") }
    let rows = try rows(
      """
      SELECT r.id, r.platform, r.kind, r.name, r.text, v.happened_at, r.detail
      FROM record r JOIN records v ON v.id = r.id
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY r.happened_ms DESC, r.id LIMIT \(max(0, limit))
      """, arguments)
    return rows.map { row in
      RecordHit(
        id: row[0].integer ?? 0, platform: row[1].text ?? "", kind: row[2].text ?? "",
        name: row[3].text, text: row[4].text, happenedAt: row[5].text, detail: row[6].text ?? "{}")
    }
  }

  /// SQL for the time of a record.
  private static func condition(time field: SearchField) -> String {
    let days = field.days ?? 0..<0
    let first = "r.happened_ms >= \(days.lowerBound * 86_400_000)"
    let end = "r.happened_ms < \(days.upperBound * 86_400_000)"
    let condition =
      switch field.kind {
      case .after: first
      case .before: "r.happened_ms < \(days.lowerBound * 86_400_000)"
      default: "\(first) AND \(end)"
      }
    return "coalesce(\(field.isNegative ? "NOT " : "")(\(condition)), 0)"
  }

  /// The customers one of whose names holds the words of a query, or their beginnings; all if it has
  /// none. The busiest first.
  package func searchCustomers(_ query: SearchQuery, limit: Int) throws -> [CustomerHit] {
    var names: [Int64: [String]] = [:]
    try forEachRow(ArchiveDatabase.customerNames) { row in
      guard let id = row.cell(0).integer, let name = row.cell(1).text else { return true }
      if query.fitsName(name), names[id]?.contains(name) != true {
        names[id, default: []].append(name)
      }
      return true
    }
    guard !names.isEmpty else { return [] }
    let ids = names.keys.sorted().map(String.init).joined(separator: ",")
    return try rows(
      """
      SELECT id, uid, name, phones, message_count FROM customer WHERE id IN (\(ids))
      ORDER BY message_count DESC, uid LIMIT \(max(0, limit))
      """
    ).map { row in
      CustomerHit(
        uid: row[1].text ?? "", name: row[2].text, aliases: names[row[0].integer ?? 0] ?? [],
        phones: row[3].text ?? "[]", messageCount: row[4].integer ?? 0)
    }
  }

  /// The words of the index that begin with `start`; nil if there are none or very many.
  func endings(_ start: String) throws -> [String]? {
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
}
