import GRDB

/// What makes an order known in every archive of the same downloads: the places in files of the
/// messages that speak of it.
package struct OrderAnchor: Codable, Sendable, Equatable {
  /// A message as one file shows it.
  struct Place: Codable, Sendable, Equatable {
    /// The hash of the file, and the thread's key in it.
    let file: String
    let thread: String
    /// In bytes from the beginning of the file.
    let place: Int64
    /// When the file says it was sent, milliseconds; a hint where to look first.
    let at: Int64
  }

  /// The number of the first decision about this order.
  let about: Int64
  /// The messages, the one that asks first; of each the places in files.
  let messages: [[Place]]

  /// More messages of one order, and places of one message, need not be remembered.
  private static let mostMessages = 16
  private static let mostPlaces = 2
  /// So far a changed time zone may move a message, in milliseconds.
  private static let reach: Int64 = 2 * 86_400_000

  init(about: Int64, messages: [Int64], _ db: Database) throws {
    self.about = about
    self.messages = try messages.prefix(OrderAnchor.mostMessages).map { message in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT s.sha256, t.key, g.place, g.sent_at_ms FROM message m
            JOIN sighting g ON g.message_id = m.id JOIN source s ON s.id = g.source_id
            JOIN thread t ON t.source_id = g.source_id AND t.conversation_id = m.conversation_id
            WHERE m.id = ? ORDER BY s.sha256, t.key, g.place LIMIT ?
            """), arguments: [message, OrderAnchor.mostPlaces]
      ).map { Place(file: $0[0], thread: $0[1], place: $0[2], at: $0[3]) }
    }
  }

  private init(about: Int64, messages: [[Place]]) {
    self.about = about
    self.messages = messages
  }

  /// The same, known by another first decision.
  func about(_ decision: Int64) -> OrderAnchor {
    OrderAnchor(about: decision, messages: messages)
  }

  /// The messages in this archive, as far as their files are in it, in order, each once.
  func found(_ db: Database) throws -> [Int64] {
    var found: [Int64] = []
    for places in messages {
      for place in places {
        guard let id = try OrderAnchor.message(place, db) else { continue }
        if !found.contains(id) { found.append(id) }
        break
      }
    }
    return found
  }

  private static func message(_ place: Place, _ db: Database) throws -> Int64? {
    let near = (place.at - reach) << 12...(place.at + reach) << 12
    return try message(place, near, db) ?? message(place, Int64.min...Int64.max, db)
  }

  private static func message(
    _ place: Place, _ range: ClosedRange<Int64>, _ db: Database
  ) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT m.id FROM source s CROSS JOIN thread t ON t.source_id = s.id AND t.key = ?2
          CROSS JOIN message m ON m.conversation_id = t.conversation_id AND m.id BETWEEN ?4 AND ?5
          CROSS JOIN sighting g ON g.message_id = m.id AND g.source_id = s.id
          WHERE s.sha256 = ?1 AND g.place = ?3 LIMIT 1
          """),
      arguments: [place.file, place.thread, place.place, range.lowerBound, range.upperBound])
  }
}
