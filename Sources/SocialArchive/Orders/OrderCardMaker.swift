import ArchiveStore

extension SocialArchive {
  /// An order by its number or uid, with the talk around it and the proofs of its facts.
  ///
  /// - Parameter name: Its number or uid.
  /// - Returns: The order.
  /// - Throws: `ArchiveFailure` if there is none.
  public func order(_ name: String) throws -> OrderCard {
    let archive = try reading()
    return try orderCard(try orderID(name, archive), archive)
  }

  func orderCard(_ id: Int64, _ archive: ArchiveDatabase) throws -> OrderCard {
    let rows = try archive.rows(
      "\(OrderEntry.sql) WHERE o.id = ? ORDER BY l.position", [.integer(id)])
    guard let first = rows.first else {
      throw ArchiveFailure.unknown("there is no order \(id). See: archive orders")
    }
    let entry = OrderEntry(first, lines: rows)
    let maker = OrderCardMaker(archive: archive, order: id)
    let marks = try maker.marks()
    let messages = try maker.messages(entry, marks)
    return OrderCard(
      entry: entry, proofs: try maker.proofs(marks), messages: messages,
      decisions: try archive.decisions(about: id).map { try self.entry($0, archive) })
  }
}

/// Puts an order's card together.
private struct OrderCardMaker {
  /// Bytes of a message that prove a fact.
  struct Mark {
    let field: String
    let message: Int64
    let range: Range<Int>
  }

  let archive: ArchiveDatabase
  let order: Int64

  /// So many messages before and behind one that speaks of the order are shown.
  private static let around: Int64 = 2

  func marks() throws -> [Mark] {
    try archive.rows(
      """
      SELECT field, message_id, start, length FROM purchase_proof WHERE purchase_id = ?
      ORDER BY number
      """, [.integer(order)]
    ).map {
      let start = Int($0[2].integer ?? 0)
      return Mark(
        field: $0[0].text ?? "", message: $0[1].integer ?? 0,
        range: start..<(start + Int($0[3].integer ?? 0)))
    }
  }

  private static let message =
    "SELECT id, uid, sender, is_owner, sent_at, kind, text FROM messages WHERE id = ?"

  func proofs(_ marks: [Mark]) throws -> [OrderCard.Proof] {
    try marks.compactMap { mark in
      guard
        let row = try archive.rows(
          OrderCardMaker.message, [.integer(mark.message)]
        ).first
      else { return nil }
      let bytes = Array((row[6].text ?? "").utf8)
      return OrderCard.Proof(
        field: mark.field, message: row[1].text ?? "", range: mark.range,
        text: String(decoding: bytes[mark.range.clamped(to: 0..<bytes.count)], as: UTF8.self),
        sender: row[2].text, sentAt: row[4].text ?? "")
    }
  }

  /// The messages that speak of an order, with their neighbours, in order of time.
  func messages(_ entry: OrderEntry, _ marks: [Mark]) throws -> [OrderCard.Message] {
    guard
      let conversation = try archive.cell(
        "SELECT conversation_id FROM purchase WHERE id = ?", [.integer(order)]
      ).integer
    else { return [] }
    var shown: Set<Int64> = []
    var evidence: Set<Int64> = []
    for uid in entry.evidence {
      guard let id = try archive.message(uid, in: conversation) else { continue }
      evidence.insert(id)
      shown.insert(id)
      for sql in [
        "SELECT id FROM message WHERE conversation_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        "SELECT id FROM message WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?",
      ] {
        let near = try archive.rows(
          sql, [.integer(conversation), .integer(id), .integer(OrderCardMaker.around)])
        shown.formUnion(near.compactMap { $0[0].integer })
      }
    }
    var last: Int64?
    return try shown.sorted().compactMap { id in
      guard
        let row = try archive.rows(
          OrderCardMaker.message, [.integer(id)]
        ).first
      else { return nil }
      defer { last = id }
      return OrderCard.Message(
        uid: row[1].text ?? "", sender: row[2].text, isOwner: row[3].integer == 1,
        sentAt: row[4].text ?? "", kind: row[5].text ?? "", text: row[6].text,
        isEvidence: evidence.contains(id),
        isAfterGap: try last.map { try isGap($0, id, conversation) } ?? false,
        pieces: OrderCardMaker.pieces(
          row[6].text ?? "", marks.filter { $0.message == id }.map(\.range)))
    }
  }

  private func isGap(_ first: Int64, _ second: Int64, _ conversation: Int64) throws -> Bool {
    try archive.cell(
      """
      SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ? AND id > ? AND id < ?)
      """, [.integer(conversation), .integer(first), .integer(second)]
    ).integer == 1
  }

  /// A text cut where marked bytes begin and end.
  private static func pieces(_ text: String, _ ranges: [Range<Int>]) -> [SnippetPiece] {
    let bytes = Array(text.utf8)
    var pieces: [SnippetPiece] = []
    var place = 0
    func add(_ range: Range<Int>, _ isHit: Bool) {
      guard !range.isEmpty else { return }
      pieces.append(
        SnippetPiece(text: String(decoding: bytes[range], as: UTF8.self), isHit: isHit))
    }
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      let start = max(place, min(range.lowerBound, bytes.count))
      let end = max(start, min(range.upperBound, bytes.count))
      add(place..<start, false)
      add(start..<end, true)
      place = end
    }
    add(place..<bytes.count, false)
    return pieces
  }
}
