import GRDB
package import InboxModel

/// What the user says of an order that is in the archive.
package enum OrderAnswer: Sendable {
  case confirm, reject
  case edit(OrderChange)
  /// What later messages say other than the user confirmed is so, or is not.
  case accept, keep
}

/// An order that no message tells of, or none that the program understood.
package struct AddedOrder: Sendable {
  /// The profiles of the customer.
  let profiles: [Int64]
  /// The message that speaks of it, if there is one.
  let message: Int64?
  let facts: OrderFacts

  package init(profiles: [Int64], message: Int64?, facts: OrderFacts) {
    self.profiles = profiles
    self.message = message
    self.facts = facts
  }
}

extension ArchiveDatabase {
  /// Writes what the user says of orders and acts on it: on all or none.
  ///
  /// - Parameters:
  ///   - answers: In order, each with the number of its order in this archive.
  ///   - time: Now, ISO 8601 in UTC.
  ///   - matcher: Compares profiles.
  ///   - orders: Reads conversations for orders.
  /// - Returns: The numbers by which they can be undone; none for what is so already.
  /// - Throws: `ArchiveError` if they cannot be written, or what SQLite reports.
  package func decide(
    _ answers: [(order: Int64, answer: OrderAnswer)], at time: String,
    _ matcher: some ProfileMatching, _ orders: some OrderFinding
  ) throws -> [Int64] {
    try act(matcher, orders) { db in
      let ledger = try DecisionLedger.all(db)
      let last = ledger.last?.number ?? 0
      var decisions: [Decision] = []
      for (order, answer) in answers {
        guard let stored = try StoredOrder(order, db) else { continue }
        let number = last + Int64(decisions.count) + 1
        var verdict = OrderVerdict(source: stored.source, read: stored.read, set: nil)
        let kind: Decision.Kind
        switch answer {
        case .confirm: kind = .orderConfirm
        case .reject: kind = .orderReject
        case .keep: kind = .orderKeep
        case .edit(let change): (kind, verdict.set) = (.orderEdit, change)
        case .accept: (kind, verdict.set) = (.orderEdit, stored.suggestion)
        }
        // An order that was added by hand is known by its customer.
        let earlier = stored.firstDecision(of: ledger)
        decisions.append(
          Decision(
            number: number, madeAt: time, kind: kind, first: earlier?.first ?? [], second: [],
            value: try StoredJSON.text(verdict),
            order: try OrderAnchor(
              about: earlier?.order?.about ?? number, messages: stored.messages(db), db),
            undoneAt: nil))
      }
      return decisions
    }.map(\.number)
  }

  /// Adds an order by hand.
  ///
  /// - Parameters:
  ///   - order: The order.
  ///   - time: Now, ISO 8601 in UTC.
  ///   - matcher: Compares profiles.
  ///   - orders: Reads conversations for orders.
  /// - Returns: The number by which it can be undone.
  /// - Throws: `ArchiveError` if it cannot be written, or what SQLite reports.
  package func add(
    _ order: AddedOrder, at time: String, _ matcher: some ProfileMatching,
    _ orders: some OrderFinding
  ) throws -> Int64 {
    try act(matcher, orders) { db in
      let number = try DecisionLedger.last(db) + 1
      let verdict = OrderVerdict(
        source: OrderDraft.Source.manual.rawValue, read: order.facts, set: nil)
      return [
        Decision(
          number: number, madeAt: time, kind: .orderAdd,
          first: try order.profiles.compactMap { try ProfileAnchor.of($0, db) }, second: [],
          value: try StoredJSON.text(verdict),
          order: try OrderAnchor(
            about: number, messages: order.message.map { [$0] } ?? [], db),
          undoneAt: nil)
      ]
    }.first?.number ?? 0
  }

  /// Reads the orders of all conversations again; what the user decided stays.
  ///
  /// - Throws: What SQLite reports.
  package func readOrdersAgain(
    _ matcher: some ProfileMatching, _ orders: some OrderFinding
  ) throws {
    try queue.write { db in
      try db.execute(sql: "INSERT OR IGNORE INTO stale_order SELECT id FROM conversation")
      try settle(matcher, orders, db)
    }
  }

  /// The conversation of the order that a decision is about; nil while it is not in this archive.
  package func conversation(ofOrderIn decision: Decision) throws -> Int64? {
    try queue.inDatabase { try OrderDecisions.place(decision, $0)?.conversation }
  }

  /// The message of a conversation that has this uid; nil if there is none.
  package func message(_ uid: String, in conversation: Int64) throws -> Int64? {
    try queue.inDatabase { try MessageUID.find(uid, in: conversation, $0) }
  }

  /// What the user decided about an order, in order, undone ones left out.
  package func decisions(about order: Int64) throws -> [Decision] {
    try queue.inDatabase { db in
      let numbers = Set(
        try Int64.fetchAll(
          db,
          sql: "SELECT j.value FROM purchase o, json_each(o.decisions) j WHERE o.id = ?",
          arguments: [order]))
      guard !numbers.isEmpty else { return [] }
      return try DecisionLedger.all(db).filter { numbers.contains($0.number) }
    }
  }
}

/// An order as it stands in the archive, as far as decisions need it.
private struct StoredOrder {
  let source: String
  /// What is read of it; nil if only the user knows of it.
  let read: OrderFacts?
  let suggestion: OrderChange?
  private let id: Int64
  private let conversation: Int64
  private let evidence: [String]
  private let decisions: [Int64]

  init?(_ id: Int64, _ db: Database) throws {
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT source, ordinal, read_facts, suggestion, conversation_id, evidence, decisions, status,
            placed_at, total, currency, currency_basis, delivery_fee, delivery_address, phone
          FROM purchase WHERE id = ?
          """, arguments: [id])
    else { return nil }
    self.id = id
    source = row[0]
    suggestion = (row[3] as String?).flatMap(OrderChange.init(stored:))
    conversation = row[4]
    evidence = StoredList.values(row[5])
    decisions = StoredJSON.value([Int64].self, row[6]) ?? []
    if let text = row[2] as String? {
      read = StoredJSON.value(OrderFacts.self, text)
    } else if decisions.isEmpty {
      var facts = OrderFacts(status: row[7], placedAt: row[8])
      (facts.total, facts.currency, facts.currencyBasis) = (row[9], row[10], row[11])
      (facts.fee, facts.address, facts.phone) = (row[12], row[13], row[14])
      facts.lines = try StoredOrder.lines(id, db)
      read = facts
    } else {
      read = nil
    }
  }

  private static func lines(_ id: Int64, _ db: Database) throws -> [OrderFacts.Line] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT item, quantity, unit, unit_price, line_total FROM purchase_line
        WHERE purchase_id = ? ORDER BY position
        """, arguments: [id]
    ).map {
      OrderFacts.Line(
        item: $0[0], quantity: $0[1], unit: $0[2], unitPrice: $0[3], lineTotal: $0[4])
    }
  }

  /// The first decision about it that counts; nil if there is none.
  func firstDecision(of ledger: [Decision]) -> Decision? {
    let known = Set(decisions)
    return known.isEmpty ? nil : ledger.first { known.contains($0.number) }
  }

  /// The messages that speak of it.
  func messages(_ db: Database) throws -> [Int64] {
    try evidence.compactMap { try MessageUID.find($0, in: conversation, db) }
  }
}
