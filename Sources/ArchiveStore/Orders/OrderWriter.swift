import Foundation
import GRDB
import InboxModel
import TextDecoding

/// Writes the orders of conversations, and keeps their numbers and old uids true.
struct OrderWriter {
  private let db: Database
  private let insert: RawStatement
  private let insertLine: RawStatement
  private let insertProof: RawStatement
  private let insertNumber: RawStatement
  /// True if orders may have been called otherwise before.
  private let hasFormer: Bool

  /// - Throws: What SQLite reports.
  init(_ db: Database) throws {
    self.db = db
    insert = try RawStatement(
      db,
      """
      INSERT INTO purchase(id, uid, customer_id, conversation_id, status, placed_at, total, currency,
        currency_basis, delivery_address, phone, source, review, evidence, delivery_fee,
        status_reason, message_id, ordinal, decisions, read_facts, suggestion)
      VALUES ((SELECT id FROM order_number WHERE uid = ?1), ?1,
        (SELECT customer_id FROM conversation WHERE id = ?2), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
        ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
      """)
    insertLine = try RawStatement(db, "INSERT INTO purchase_line VALUES (?,?,?,?,?,?,?)")
    insertProof = try RawStatement(db, "INSERT INTO purchase_proof VALUES (?,?,?,?,?,?)")
    insertNumber = try RawStatement(db, "INSERT INTO order_number(id, uid) VALUES (?, ?)")
    hasFormer =
      try Bool.fetchOne(
        db,
        sql: "SELECT EXISTS (SELECT 1 FROM former_order) OR EXISTS (SELECT 1 FROM uid_alias)")
      ?? true
  }

  /// An order that gets its uid.
  private struct Named {
    let draft: OrderDraft
    let uids: [String]
    let uid: String
    /// Which of several orders of its first message.
    let ordinal: Int
    /// The uid that it had until now, if another.
    var former: String?
  }

  /// - Throws: What SQLite reports.
  func write(_ drafts: [OrderDraft], of conversation: Int64) throws {
    let named = try name(drafts)
    try number(named)
    for one in named { try write(one, conversation) }
  }

  /// The uids of orders: by the message that asks for it; two in one message are told apart by their
  /// places.
  private func name(_ drafts: [OrderDraft]) throws -> [Named] {
    var given: Set<String> = []
    var taken: Set<String> = []
    return try drafts.map { draft in
      let uids = try draft.messages.map(uid)
      if let about = draft.about {
        let uid = OrderWriter.manualUID(about)
        return Named(draft: draft, uids: uids, uid: uid, ordinal: 0, former: nil)
      }
      let kind = draft.source == .chat ? "chat order" : "order"
      var ordinal = 0
      var uid = ""
      repeat {
        uid = Hexadecimal.digest([kind, uids.first ?? "", String(ordinal)], length: 16)
        ordinal += 1
      } while !given.insert(uid).inserted
      let former = try former(draft, ordinal - 1).first { taken.insert($0).inserted }
      return Named(draft: draft, uids: uids, uid: uid, ordinal: ordinal - 1, former: former)
    }
  }

  /// The uid of an order that the user added.
  static func manualUID(_ about: Int64) -> String {
    Hexadecimal.digest(["manual order", String(about)], length: 16)
  }

  /// The uids of orders that began with any of these messages before.
  private func former(_ draft: OrderDraft, _ ordinal: Int) throws -> [String] {
    guard hasFormer else { return [] }
    for message in draft.messages {
      let found = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT f.uid FROM sighting g CROSS JOIN former_order f
              ON f.source_id = g.source_id AND f.record = g.record
            WHERE g.message_id = ?1 ORDER BY f.ordinal <> ?2, f.ordinal
            """), arguments: [message, ordinal])
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Gives each order the number that it had; who had none gets one that no order had before.
  private func number(_ named: [Named]) throws {
    let live = Set(named.map(\.uid))
    let numbers = try named.map { try number(of: $0.former ?? $0.uid) }
    for (one, number) in zip(named, numbers) {
      if number != nil || one.former != nil {
        for uid in [one.uid, one.former].compactMap(\.self) {
          try db.run("DELETE FROM order_number WHERE uid = ?", [uid])
        }
      }
      guard hasFormer else { continue }
      try db.run("DELETE FROM uid_alias WHERE old_uid = ?", [one.uid])
      if let former = one.former, !live.contains(former) {
        try db.run("INSERT OR REPLACE INTO uid_alias VALUES (?, ?)", [former, one.uid])
      }
    }
    var taken: Set<Int64> = []
    for (one, number) in zip(named, numbers) {
      let own = number.flatMap { taken.insert($0).inserted ? $0 : nil }
      insertNumber.bind(own, at: 1)
      insertNumber.bind(one.uid, at: 2)
      try insertNumber.run()
    }
  }

  private func number(of uid: String) throws -> Int64? {
    var number: Int64?
    try db.forEachRow(
      "SELECT id FROM order_number WHERE uid = ?", [.text(uid)], isCached: true
    ) { row in
      number = row.integer(0)
      return false
    }
    return number
  }

  private func write(_ one: Named, _ conversation: Int64) throws {
    let draft = one.draft
    let facts = draft.facts
    insert.bind(one.uid, at: 1)
    insert.bind(conversation, at: 2)
    let decisions = draft.decisions.map(String.init).joined(separator: ",")
    let texts = [
      facts.status, facts.placedAt, facts.total, facts.currency, facts.currencyBasis, facts.address,
      facts.phone, draft.source.rawValue, draft.review.rawValue, StoredList.text(one.uids),
      facts.fee, draft.reason,
    ]
    for (place, text) in zip(Int32(3)..., texts) { insert.bind(text, at: place) }
    insert.bind(draft.messages.first, at: 15)
    insert.bind(Int64(one.ordinal), at: 16)
    insert.bind("[\(decisions)]", at: 17)
    insert.bind(try draft.read.map(StoredJSON.text), at: 18)
    insert.bind(try draft.suggestion.map(StoredJSON.text), at: 19)
    try insert.run()
    let id = db.lastInsertedRowID
    for (position, line) in facts.lines.enumerated() {
      insertLine.bind(id, at: 1)
      insertLine.bind(Int64(position), at: 2)
      let texts = [line.item, line.quantity, line.unit, line.unitPrice, line.lineTotal]
      for (place, text) in zip(Int32(3)..., texts) { insertLine.bind(text, at: place) }
      try insertLine.run()
    }
    for (number, proof) in draft.proofs.enumerated() {
      insertProof.bind(id, at: 1)
      insertProof.bind(Int64(number), at: 2)
      insertProof.bind(proof.field, at: 3)
      insertProof.bind(proof.message, at: 4)
      insertProof.bind(Int64(proof.range.lowerBound), at: 5)
      insertProof.bind(Int64(proof.range.count), at: 6)
      try insertProof.run()
    }
  }

  private func uid(_ message: Int64) throws -> String {
    var uid = ""
    try db.forEachRow(
      """
      SELECT \(ArchiveViews.messageUID) FROM message m
      JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?
      """, [.integer(message)], isCached: true
    ) { row in
      uid = row.cell(0).text ?? ""
      return false
    }
    return uid
  }
}

/// Values that stand as JSON in a column.
enum StoredJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
