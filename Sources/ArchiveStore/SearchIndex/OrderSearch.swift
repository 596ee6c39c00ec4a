import SearchText

/// An order that a search found.
package struct OrderHit: Sendable {
  package let uid: String
  package let customer: String?
  package let status: String
  package let placedAt: String?
  package let total: String?
  package let currency: String?
  package let items: [String]
}

extension ArchiveDatabase {
  /// The orders whose items or delivery address have the words of a query, the newest first.
  ///
  /// - Parameters:
  ///   - query: The words, with their forms; all orders if there are none.
  ///   - limit: At most so many.
  /// - Returns: The orders.
  /// - Throws: What SQLite reports.
  package func searchOrders(_ query: ResolvedQuery, limit: Int) throws -> [OrderHit] {
    var matcher = TextMatcher(query)
    var found: [OrderHit] = []
    // There are thousands of orders where there are millions of messages: each is looked at.
    try forEachRow(
      """
      SELECT o.uid, c.name, o.status, o.placed_at, o.total, o.currency, o.delivery_address,
        (SELECT json_group_array(item) FROM (SELECT item FROM purchase_line
          WHERE purchase_id = o.id ORDER BY position))
      FROM purchase o LEFT JOIN customer c ON c.id = o.customer_id
      WHERE o.review <> 'rejected'
      ORDER BY o.placed_at DESC, o.uid
      """
    ) { row in
      let items = StoredList.values(row.cell(7).text ?? "[]")
      let text = (items + [row.cell(6).text].compactMap(\.self)).joined(separator: "\n")
      if query.clauses.isEmpty || matcher.fits(text) {
        found.append(
          OrderHit(
            uid: row.cell(0).text ?? "", customer: row.cell(1).text,
            status: row.cell(2).text ?? "", placedAt: row.cell(3).text, total: row.cell(4).text,
            currency: row.cell(5).text, items: items))
      }
      return found.count < limit
    }
    return found
  }
}
