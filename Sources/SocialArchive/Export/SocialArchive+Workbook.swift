import ArchiveExport
import ArchiveStore
import Foundation
import InboxModel

/// What came of writing a workbook.
public struct WorkbookResult: Sendable {
  /// Rows by sheet, in order.
  public internal(set) var sheets: [(name: String, rows: Int)] = []
  /// Texts that one cell could not hold, continued in rows of their own.
  public internal(set) var continued = 0
  /// Sheets that were full, continued in further ones.
  public internal(set) var full = 0
}

extension SocialArchive {
  /// Writes customers, orders, their lines and the messages as an Excel workbook, a sheet each.
  ///
  /// Times are those of the archive's zone.
  ///
  /// - Parameters:
  ///   - selection: Which of them.
  ///   - target: Where to; its file is not finished yet.
  ///   - progress: Called now and then with the number of rows of a sheet.
  /// - Returns: What was written.
  /// - Throws: `ArchiveFailure`.
  public func exportWorkbook(
    _ selection: ExportSelection, to target: ExportTarget, progress: (Int) -> Void = { _ in }
  ) throws -> WorkbookResult {
    let archive = try snapshot()
    let zone = try archive.setting("timezone").flatMap(TimeZone.init(identifier:)) ?? .gmt
    do {
      let book = try Workbook(try target.writingPath())
      var result = WorkbookResult()
      for table in SheetTable.all {
        var condition =
          selection.isEmpty ? Condition() : try self.condition(selection, table.table, archive)
        // People add up what they see: what was rejected is not there.
        if table.table == .orders { condition.add("review <> 'rejected'") }
        if table.table == .orderLines {
          condition.add("order_id IN (SELECT id FROM orders WHERE review <> 'rejected')")
        }
        let rows = try SheetWriter(book, table, zone).write(
          archive, condition, &result, progress)
        result.sheets.append((table.name, rows))
      }
      try book.close()
      return result
    } catch let problem as WorkbookProblem {
      throw ArchiveFailure.failed("the workbook cannot be written: \(problem.description)")
    }
  }
}

/// A sheet: its columns and where they come from.
private struct SheetTable {
  enum Kind { case text, list, count, sum, time, milliseconds }

  struct Column {
    let name: String
    let sql: String
    let kind: Kind
    let width: Double

    init(_ name: String, _ kind: Kind = .text, width: Double = 16, sql: String? = nil) {
      self.name = name
      self.sql = sql ?? "v.\(name)"
      self.kind = kind
      self.width = width
    }
  }

  let name: String
  let table: ArchiveTable
  let order: String
  let columns: [Column]

  static let customer = Column(
    "customer", width: 24, sql: "(SELECT name FROM customer k WHERE k.id = v.customer_id)")

  static let all = [
    SheetTable(
      name: "customers", table: .customers, order: "v.id",
      columns: [
        Column("id", .count, width: 8), Column("name", width: 28),
        Column("phones", .list, width: 20), Column("emails", .list, width: 26),
        Column("platforms", .list), Column("aliases", .list, width: 28), Column("tags", .list),
        Column("notes", .list, width: 30), Column("kind"), Column("consent"),
        Column("message_count", .count), Column("order_count", .count),
        Column("first_contact_at", .time, width: 20), Column("last_contact_at", .time, width: 20),
        Column("uid", width: 20),
      ]),
    SheetTable(
      name: "orders", table: .orders, order: "v.placed_at, v.uid",
      columns: [
        Column("id", .count, width: 8), customer, Column("status"), Column("review"),
        Column("placed_at", .time, width: 20), Column("total", .sum),
        Column("currency", width: 10), Column("currency_basis"), Column("delivery_fee", .sum),
        Column("delivery_address", width: 36), Column("phone", width: 18), Column("source"),
        Column("status_reason", width: 36), Column("uid", width: 20),
      ]),
    SheetTable(
      name: "order lines", table: .orderLines, order: "v.order_id, v.position",
      columns: [
        Column("order_id", .count, width: 10), Column("position", .count, width: 10),
        Column("item", width: 36), Column("quantity", .sum), Column("unit"),
        Column("unit_price", .sum), Column("line_total", .sum),
      ]),
    SheetTable(
      name: "messages", table: .messages, order: "v.id",
      columns: [
        Column("sent_at", .milliseconds, width: 20, sql: "v.sent_at_ms"),
        Column("platform", width: 12),
        Column(
          "conversation", width: 24,
          sql: "(SELECT title FROM conversation c WHERE c.id = v.conversation_id)"),
        Column("sender", width: 24), Column("text", width: 80), Column("kind", width: 12),
        Column("uid", width: 36),
      ]),
  ]
}

/// Writes one sheet.
private struct SheetWriter {
  private let sheet: Sheet
  private let table: SheetTable
  private let zone: TimeZone

  init(_ book: Workbook, _ table: SheetTable, _ zone: TimeZone) throws {
    self.table = table
    self.zone = zone
    sheet = try book.sheet(
      table.name,
      table.columns.map { column in
        let isTime = column.kind == .time || column.kind == .milliseconds
        let name = isTime ? "\(column.name) (\(zone.identifier))" : column.name
        return SheetColumn(name, width: column.width)
      })
  }

  /// - Returns: The number of rows.
  func write(
    _ archive: ArchiveDatabase, _ condition: Condition, _ result: inout WorkbookResult,
    _ progress: (Int) -> Void
  ) throws -> Int {
    let cells = table.columns.map(\.sql).joined(separator: ", ")
    var rows = 0
    try archive.forEachRow(
      "SELECT \(cells) FROM \(table.table.view) v \(condition.sql) ORDER BY \(table.order)",
      condition.arguments, header: { _ in },
      { row in
        for (index, column) in table.columns.enumerated() { try write(row, index, column.kind) }
        try sheet.endRow()
        rows += 1
        if rows % 10_000 == 0 { progress(rows) }
        return true
      })
    sheet.finish()
    result.continued += sheet.continued
    result.full += sheet.full
    return rows
  }

  private func write(_ row: RowView, _ index: Int, _ kind: SheetTable.Kind) throws {
    switch kind {
    case .text: try row.withBytes(index) { try sheet.text($0) }
    case .list:
      try sheet.text(row.cell(index).text.map { StoredList.values($0).joined(separator: ", ") })
    case .count: sheet.number(row.number(index).map(Double.init))
    case .sum:
      let text = row.cell(index).text
      let decimals = text.flatMap { $0.split(separator: ".").dropFirst().first?.count } ?? 0
      // More digits than a number keeps stay text.
      guard let text, text.utf8.count <= 15, let value = Double(text) else {
        return try sheet.text(text)
      }
      sheet.number(value, decimals: decimals)
    case .time:
      sheet.time(row.cell(index).text.flatMap(ISOTime.parse).map { zone.local($0.milliseconds) })
    case .milliseconds: sheet.time(row.number(index).map(zone.local))
    }
  }
}
