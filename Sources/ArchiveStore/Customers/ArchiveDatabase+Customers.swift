import GRDB
package import InboxModel

extension ArchiveDatabase {
  /// The second phase of an import: contact points, links between profiles, customers.
  ///
  /// Only what changed since the last time is looked at.
  ///
  /// - Parameters:
  ///   - reader: Reads messages.
  ///   - orders: Reads conversations for orders.
  ///   - matcher: Compares profiles.
  ///   - card: Gets the hash of a contact card's file; gives what it says.
  /// - Returns: The number of contact points of the conversations that changed.
  /// - Throws: What SQLite reports.
  package func settleCustomers(
    _ reader: some MessageReading, _ orders: some OrderFinding, _ matcher: some ProfileMatching,
    card: @escaping (String) -> String?
  ) throws -> Int {
    try queue.write { db in
      let contacts = try ContactStage(db, reader, card: card)
      let count = try contacts.run()
      try OrderStage(db: db, finder: orders).noteChanges()
      try contacts.finish()
      try settle(matcher, orders, db, isWhole: true)
      return count
    }
  }

  /// What follows from facts and decisions that changed: links, customers, orders.
  func settle(
    _ matcher: some ProfileMatching, _ orders: some OrderFinding, _ db: Database,
    isWhole: Bool = false
  ) throws {
    try MatchStage(db: db, matcher: matcher).run()
    try CustomerStage(db: db, matcher: matcher).run()
    try OrderStage(db: db, finder: orders).run(isWhole: isWhole)
  }

  /// A decision that is not yet written.
  package struct Draft {
    let kind: Decision.Kind
    let first: [Int64]
    let second: [Int64]
    let value: String?

    /// - Parameters:
    ///   - kind: What is decided.
    ///   - first: The profiles that it is about.
    ///   - second: For a merge or a split, those on the other side.
    ///   - value: The name, note, tag or word.
    package init(
      _ kind: Decision.Kind, _ first: [Int64], _ second: [Int64] = [], value: String? = nil
    ) {
      self.kind = kind
      self.first = first
      self.second = second
      self.value = value
    }
  }

  /// Writes decisions of the user and acts on them: on all or none.
  ///
  /// - Parameters:
  ///   - drafts: In order.
  ///   - time: Now, ISO 8601 in UTC.
  ///   - matcher: Compares profiles.
  ///   - orders: Reads conversations for orders.
  /// - Returns: The numbers by which they can be undone.
  /// - Throws: `ArchiveError` if they cannot be written, or what SQLite reports.
  package func decide(
    _ drafts: [Draft], at time: String, _ matcher: some ProfileMatching,
    _ orders: some OrderFinding
  ) throws -> [Int64] {
    try act(matcher, orders) { db in
      let last = try DecisionLedger.last(db)
      return try drafts.enumerated().map { index, draft in
        Decision(
          number: last + Int64(index) + 1, madeAt: time, kind: draft.kind,
          first: try draft.first.compactMap { try ProfileAnchor.of($0, db) },
          second: try draft.second.compactMap { try ProfileAnchor.of($0, db) },
          value: draft.value, order: nil, undoneAt: nil)
      }
    }.map(\.number)
  }

  /// Writes decisions and settles what follows of them; what cannot be settled is taken out of the file.
  func act(
    _ matcher: some ProfileMatching, _ orders: some OrderFinding,
    _ make: (Database) throws -> [Decision]
  ) throws -> [Decision] {
    var takeBack: () -> Void = {}
    do {
      return try queue.write { db in
        let decisions = try make(db)
        guard !decisions.isEmpty else { return [] }
        takeBack = try DecisionLedger.write(decisions, folder: folder, db)
        try settle(matcher, orders, db)
        return decisions
      }
    } catch {
      takeBack()
      throw error
    }
  }

  /// Takes a decision back.
  ///
  /// - Parameters:
  ///   - number: Which; nil for the last that counts.
  ///   - ofOrders: True if only decisions about orders are meant.
  ///   - time: Now, ISO 8601 in UTC.
  ///   - matcher: Compares profiles.
  ///   - orders: Reads conversations for orders.
  /// - Returns: The decision; nil if there is none, or it was taken back already.
  /// - Throws: `ArchiveError` if it cannot be written, or what SQLite reports.
  package func undo(
    _ number: Int64?, ofOrders: Bool, at time: String, _ matcher: some ProfileMatching,
    _ orders: some OrderFinding
  ) throws -> Decision? {
    try act(matcher, orders) { db in
      let counting = try DecisionLedger.all(db).filter {
        $0.undoneAt == nil && (!ofOrders || $0.kind.isAboutOrder)
      }
      let meant = number == nil ? counting.last : counting.first { $0.number == number }
      return meant.map {
        var decision = $0
        decision.undoneAt = time
        return [decision]
      } ?? []
    }.first
  }

  /// All decisions, in order, undone ones too.
  package func decisions() throws -> [Decision] {
    try queue.inDatabase { try DecisionLedger.all($0) }
  }

  /// All decisions, a JSON object each, as they stand in `decisions.jsonl`.
  package func decisionLines() throws -> [String] { try decisions().map(StoredJSON.text) }

  /// What is said of each pair of some profiles and some others that share a key, refusals and all.
  package func findings(
    _ left: Set<Int64>, _ right: Set<Int64>, _ matcher: some ProfileMatching
  ) throws -> [ProfileLink] {
    try queue.inDatabase { try MatchStage(db: $0, matcher: matcher).findings(left, right) }
  }
}
