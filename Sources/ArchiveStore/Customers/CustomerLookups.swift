import GRDB

/// A joining by the user, between profiles of this archive.
package struct UserLink: Sendable {
  package let first: Int64
  package let second: Int64
  /// The number of the decision.
  package let decision: Int64
  /// ISO 8601.
  package let day: String
}

extension ArchiveDatabase {
  /// The profiles of a customer, in the order of their uids.
  package func profiles(ofCustomer id: Int64) throws -> [Int64] {
    try rows("SELECT id FROM profile WHERE customer_id = ? ORDER BY uid, id", [.integer(id)])
      .compactMap { $0[0].integer }
  }

  /// The profiles that the user joined.
  package func userLinks() throws -> [UserLink] {
    try queue.inDatabase { db in
      try DecisionLedger.all(db).filter { $0.undoneAt == nil && $0.kind == .merge }.compactMap {
        guard let first = try $0.first.compactMap({ try $0.profile(db) }).first,
          let second = try $0.second.compactMap({ try $0.profile(db) }).first
        else { return nil }
        return UserLink(
          first: first, second: second, decision: $0.number, day: String($0.madeAt.prefix(10)))
      }
    }
  }

  /// The notes that the user wrote about customers, in order, with the times, ISO 8601 in UTC.
  package func customerNotes() throws -> [(customer: Int64, text: String, madeAt: String)] {
    try queue.inDatabase { db in
      try DecisionLedger.all(db).compactMap { decision in
        guard decision.kind == .note, decision.undoneAt == nil, let text = decision.value,
          let profile = try decision.first.lazy.compactMap({ try? $0.profile(db) }).first,
          let customer = try Int64.fetchOne(
            db, sql: "SELECT customer_id FROM profile WHERE id = ?", arguments: [profile])
        else { return nil }
        return (customer, text, decision.madeAt)
      }
    }
  }

  /// What the user said of any of some profiles and any of some others.
  package func userFindings(
    _ left: Set<Int64>, _ right: Set<Int64>
  ) throws -> [(verdict: String, reason: String)] {
    try queue.inDatabase { db in
      try DecisionLedger.all(db).compactMap { decision in
        guard decision.undoneAt == nil, decision.kind == .merge || decision.kind == .split else {
          return nil
        }
        let first = Set(try decision.first.compactMap { try $0.profile(db) })
        let second = Set(try decision.second.compactMap { try $0.profile(db) })
        let concerns =
          !first.isDisjoint(with: left) && !second.isDisjoint(with: right)
          || !first.isDisjoint(with: right) && !second.isDisjoint(with: left)
        guard concerns else { return nil }
        let isMerge = decision.kind == .merge
        return (
          isMerge ? "merged" : "split",
          "\(isMerge ? "joined" : "kept apart") by hand on \(decision.madeAt.prefix(10)), decision \(decision.number)"
        )
      }
    }
  }

  /// Pairs of customers of whom the user keeps any two profiles apart.
  package func customersKeptApart() throws -> Set<Set<Int64>> {
    try queue.inDatabase { db in
      Set(
        try ResolvedDecisions(db).apart.compactMap { pair -> Set<Int64>? in
          let ids = try Int64.fetchAll(
            db.cachedStatement(
              sql: "SELECT customer_id FROM profile WHERE id IN (?, ?) AND customer_id IS NOT NULL"),
            arguments: [pair.first, pair.second])
          return ids.count == 2 ? Set(ids) : nil
        })
    }
  }

  /// The names of the customers that a decision is about, as they are now.
  package func customerNames(of decision: Decision) throws -> [String] {
    try queue.inDatabase { db in
      var names: [String] = []
      for anchor in decision.first + decision.second {
        guard let profile = try anchor.profile(db) else { continue }
        let name = try String.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT coalesce(k.name, p.name) FROM profile p
              LEFT JOIN customer k ON k.id = p.customer_id WHERE p.id = ?
              """), arguments: [profile])
        if let name, !names.contains(name) { names.append(name) }
      }
      return names
    }
  }
}
