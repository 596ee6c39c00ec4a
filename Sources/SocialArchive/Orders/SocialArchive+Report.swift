import ArchiveStore

extension SocialArchive {
  /// Orders added up by month, status, customer and item, and the open promises; each currency alone.
  ///
  /// - Parameter filter: Which orders.
  /// - Returns: The tables, how many orders are in them, and how many of those nobody looked at.
  /// - Throws: `ArchiveFailure`.
  public func reportOrders(
    _ filter: OrderFilter
  ) throws -> (tables: [ReportTable], orders: Int, unreviewed: Int) {
    let archive = try reading()
    var report = OrderReport()
    try forEachOrder(filter) { report.add($0) }
    let tables = try report.tables { customer in
      let row = try archive.rows(
        "SELECT phones, emails, platforms FROM customer WHERE id = ?", [.integer(customer)]
      ).first
      func list(_ index: Int) -> [String] { StoredList.values(row?[index].text ?? "[]") }
      return OrderReport.Reach(phones: list(0), emails: list(1), platforms: list(2))
    }
    return (tables, report.count, report.unreviewed)
  }
}
