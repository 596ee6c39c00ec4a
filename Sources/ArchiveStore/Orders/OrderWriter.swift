import Foundation
import GRDB
import InboxModel

/// Writes the orders of one conversation, and keeps their numbers and old uids true.
struct OrderWriter {
  private let db: Database
  private let conversation: Int64
  /// The uids that are given in this conversation.
  private var given: Set<String> = []

  init(_ db: Database, _ conversation: Int64) {
    self.db = db
    self.conversation = conversation
  }

  /// - Throws: What SQLite reports.
  mutating func write(_ draft: OrderDraft) throws {
    let uids = try draft.messages.map(uid)
    let (uid, ordinal) = uid(draft, uids.first ?? "")
    try noteFormer(draft, uid, ordinal)
    try db.run("INSERT OR IGNORE INTO order_number(uid) VALUES (?)", [uid])
    let facts = draft.facts
    try db.run(
      """
      INSERT INTO purchase(id, uid, customer_id, conversation_id, status, placed_at, total, currency,
        currency_basis, delivery_address, phone, source, review, evidence, delivery_fee,
        status_reason, message_id, ordinal, decisions, read_facts, suggestion)
      VALUES ((SELECT id FROM order_number WHERE uid = ?1), ?1,
        (SELECT customer_id FROM conversation WHERE id = ?2), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
        ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
      """,
      [
        uid, conversation, facts.status, facts.placedAt, facts.total, facts.currency,
        facts.currencyBasis, facts.address, facts.phone, draft.source.rawValue,
        draft.review.rawValue, StoredList.text(uids), facts.fee, draft.reason, draft.messages.first,
        ordinal, "[\(draft.decisions.map(String.init).joined(separator: ","))]",
        try draft.read.map(StoredJSON.text), try draft.suggestion.map(StoredJSON.text),
      ])
    let id = db.lastInsertedRowID
    for (position, line) in facts.lines.enumerated() {
      try db.run(
        "INSERT INTO purchase_line VALUES (?,?,?,?,?,?,?)",
        [id, position, line.item, line.quantity, line.unit, line.unitPrice, line.lineTotal])
    }
    for (number, proof) in draft.proofs.enumerated() {
      try db.run(
        "INSERT INTO purchase_proof VALUES (?,?,?,?,?,?)",
        [id, number, proof.field, proof.message, proof.range.lowerBound, proof.range.count])
    }
  }

  /// The uid of an order: by the message that asks for it. Two in one message are told apart by
  /// their places.
  private mutating func uid(_ draft: OrderDraft, _ first: String) -> (String, Int) {
    if let about = draft.about {
      return (Hexadecimal.digest(["manual order", String(about)], length: 16), 0)
    }
    var ordinal = 0
    while true {
      let kind = draft.source == .chat ? "chat order" : "order"
      let uid = Hexadecimal.digest([kind, first, String(ordinal)], length: 16)
      if given.insert(uid).inserted { return (uid, ordinal) }
      ordinal += 1
    }
  }

  /// An order whose message got another uid keeps its number, and its old uid as an alias.
  private func noteFormer(_ draft: OrderDraft, _ uid: String, _ ordinal: Int) throws {
    guard let message = draft.messages.first else { return }
    let old = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT f.uid FROM sighting g CROSS JOIN former_order f
            ON f.source_id = g.source_id AND f.record = g.record AND f.ordinal = ?2
          WHERE g.message_id = ?1 AND f.uid <> ?3 LIMIT 1
          """), arguments: [message, ordinal, uid])
    guard let old else { return }
    try db.run("INSERT OR REPLACE INTO uid_alias VALUES (?, ?)", [old, uid])
    try db.run("UPDATE OR IGNORE order_number SET uid = ? WHERE uid = ?", [uid, old])
  }

  private func uid(_ message: Int64) throws -> String {
    try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(ArchiveViews.messageUID) FROM message m
          JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?
          """), arguments: [message]) ?? ""
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
