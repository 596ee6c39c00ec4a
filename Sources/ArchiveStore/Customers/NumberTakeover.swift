import GRDB

/// What lists number.
package enum NumberedKind: String, CaseIterable, Sendable {
  case customer, order

  /// Where its numbers are kept, whoever has them now.
  fileprivate var table: String { self == .customer ? "customer_number" : "order_number" }
  /// Whose sequence gives new ones.
  fileprivate var sequence: String { self == .customer ? "customer" : "order_number" }
}

extension ArchiveDatabase {
  /// True if nobody has a number yet.
  package var hasNoNumbers: Bool {
    get throws {
      try cell("SELECT EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM order_number)")
        .integer == 0
    }
  }

  /// Hands out the numbers of customers and orders with their uids; without an uid the last one that
  /// was ever given.
  package func forEachNumber(_ body: (NumberedKind, String?, Int64) throws -> Void) throws {
    let customers = """
      SELECT uid, id FROM customer UNION ALL SELECT uid, id FROM customer_number n
      WHERE NOT EXISTS (SELECT 1 FROM customer k WHERE k.uid = n.uid)
      """
    for (kind, sql) in [
      (NumberedKind.customer, customers), (.order, "SELECT uid, id FROM order_number"),
    ] {
      try forEachRow(sql) { row in
        try body(kind, row.cell(0).text, row.integer(1) ?? 0)
        return true
      }
      let last = try cell(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [.text(kind.sequence)])
      if let last = last.integer { try body(kind, nil, last) }
    }
  }

  /// Keeps numbers for those who had them in another database of this archive, whenever they come;
  /// others get none of these.
  ///
  /// - Parameter source: Gets what takes a number, as `forEachNumber` hands them out.
  /// - Throws: What SQLite reports, or `source` throws.
  package func keepNumbers(
    from source: ((NumberedKind, String?, Int64) throws -> Void) throws -> Void
  ) throws {
    try queue.write { db in
      var last: [NumberedKind: Int64] = [:]
      try source { kind, uid, number in
        last[kind] = max(last[kind] ?? 0, number)
        guard let uid else { return }
        let add = try db.cachedStatement(
          sql: "INSERT OR IGNORE INTO \(kind.table)(id, uid) VALUES (?, ?)")
        try add.execute(arguments: [number, uid])
      }
      for (kind, number) in last {
        try db.execute(
          sql: "DELETE FROM sqlite_sequence WHERE name = ?", arguments: [kind.sequence])
        try db.execute(
          sql: "INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)",
          arguments: [kind.sequence, number])
      }
    }
  }
}
