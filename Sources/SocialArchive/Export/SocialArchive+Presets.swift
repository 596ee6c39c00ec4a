import ArchiveExport
import ArchiveStore
import Foundation
import InboxModel

/// A target program whose columns are known.
public struct PresetEntry: Sendable {
  public let name: String
  public let title: String
  public let about: String
  public let page: String
  /// The day on which the page was read.
  public let read: String
  public let isVerified: Bool
  public let unverified: [String]
  /// The tables that it takes: customers, orders, notes.
  public let tables: [String]

  /// The preset as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("name", name)
    text.add("title", title)
    text.add("about", about)
    text.add("page", page)
    text.add("read", read)
    text.add("is_verified", isVerified)
    text.add("unverified", json: JSONText.list(unverified.map(JSONText.string)))
    text.add("tables", json: JSONText.list(tables.map(JSONText.string)))
    return text.text
  }
}

/// What came of writing a table for a target program.
public struct PresetResult: Sendable {
  public internal(set) var rows = 0
  public internal(set) var files = 1
  /// How often something was cut, replaced, left out or had no column, by that word.
  public internal(set) var notes: [String: Int] = [:]
  /// Customers who want no messages, and of whom that is not known.
  public internal(set) var optedOut = 0
  public internal(set) var unknownConsent = 0
  /// Cells that a spreadsheet would run as formulas.
  public internal(set) var formulas = 0
  public internal(set) var about = ""
  public internal(set) var unverified: [String] = []
}

extension SocialArchive {
  /// The target programs whose columns are known.
  ///
  /// - Throws: `ArchiveFailure`.
  public static func presets() throws -> [PresetEntry] {
    try wrapPresets { try PresetShelf.all() }.map {
      PresetEntry(
        name: $0.name, title: $0.title, about: $0.about, page: $0.page, read: $0.read,
        isVerified: $0.verified, unverified: $0.unverified, tables: $0.tables.keys.sorted())
    }
  }

  /// The file of a preset that comes with the program; nil if there is none of this name.
  public static func presetFile(_ name: String) -> String? { PresetShelf.text(name) }

  /// Writes customers, orders or notes as a target program takes them.
  ///
  /// - Parameters:
  ///   - table: `customers`, `orders` or `notes`.
  ///   - name: A preset, or the path of a user's own.
  ///   - selection: Which of them.
  ///   - target: Where to; its files are not finished yet.
  /// - Returns: How much was written, and what did not fit.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportPreset(
    _ table: String, for name: String, _ selection: ExportSelection, to target: ExportTarget
  ) throws -> PresetResult {
    let archive = try snapshot()
    let preset = try SocialArchive.wrapPresets { try PresetShelf.preset(name) }
    guard let fitter = RowFitter(preset, table) else {
      throw ArchiveFailure.failed(
        "\(preset.title) takes no \(table) by file. It takes: \(preset.tables.keys.sorted().joined(separator: ", "))."
      )
    }
    let writer = try PresetWriter(preset, fitter, target)
    let source = PresetSource(
      archive: archive, wantsLines: fitter.rows == .line, feeItem: fitter.feeItem)
    switch table {
    case "orders":
      try source.forEachOrder(try orderIDs(selection, archive)) { customer, rows in
        try writer.write(rows, of: customer)
      }
    case "notes":
      try source.forEachNote(try condition(selection.ofCustomers, .customers, archive)) {
        customer, row in
        try writer.write([row], of: customer)
      }
    default:
      try CustomerFields(archive).forEach(try condition(selection.ofCustomers, .customers, archive))
      {
        try writer.write([$0.fields], of: $0)
      }
    }
    return try writer.finish()
  }

  /// The orders that a selection means and the user did not reject, in order of time.
  private func orderIDs(
    _ selection: ExportSelection, _ archive: ArchiveDatabase
  ) throws -> [Int64] {
    var condition = try self.condition(selection, .orders, archive)
    condition.add("review <> 'rejected'")
    return try archive.rows(
      "SELECT id FROM orders \(condition.sql) ORDER BY placed_at, uid", condition.arguments
    ).compactMap { $0[0].integer }
  }

  private static func wrapPresets<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problem as PresetProblem {
      throw ArchiveFailure.failed(problem.description)
    }
  }
}

/// Orders and notes with the fields of their customers.
private struct PresetSource {
  let archive: ArchiveDatabase
  let wantsLines: Bool
  let feeItem: String?
  private static let portion = 500

  /// Hands out orders, each with the rows that it makes.
  func forEachOrder(
    _ ids: [Int64], _ body: (CustomerFields.Customer?, [[String: FieldValue]]) throws -> Void
  ) throws {
    for start in stride(from: 0, to: ids.count, by: PresetSource.portion) {
      let some = ids[start..<min(start + PresetSource.portion, ids.count)]
      var entries: [Int64: [[Cell]]] = [:]
      for row in try archive.rows(
        """
        \(OrderEntry.sql) WHERE o.id IN (\(some.map(String.init).joined(separator: ",")))
        ORDER BY o.id, l.position
        """)
      { entries[row[0].integer ?? 0, default: []].append(row) }
      let orders = some.compactMap { id in
        entries[id].flatMap { rows in rows.first.map { OrderEntry($0, lines: rows) } }
      }
      let customers = try customers(orders.compactMap(\.customer))
      for order in orders {
        let customer = order.customer.flatMap { customers[$0] }
        let fields = (customer?.fields ?? [:]).merging(order.fields) { $1 }
        guard wantsLines else {
          try body(customer, [fields])
          continue
        }
        var lines = order.lines
        if let feeItem, let fee = order.deliveryFee {
          lines.append(
            OrderEntry.Line(
              item: feeItem, quantity: "1", unit: nil, unitPrice: fee, lineTotal: fee))
        }
        let rows = lines.enumerated().map { number, line in
          fields.merging(line.fields(number + 1, of: order)) { $1 }
        }
        try body(customer, rows.isEmpty ? [fields] : rows)
      }
    }
  }

  /// Hands out the notes of the customers that are meant, in the order in which they were written.
  func forEachNote(
    _ condition: Condition,
    _ body: (CustomerFields.Customer?, [String: FieldValue]) throws -> Void
  ) throws {
    let meant = Set(
      try archive.rows("SELECT id FROM customers \(condition.sql)", condition.arguments)
        .compactMap { $0[0].integer })
    let notes = try archive.customerNotes().filter { meant.contains($0.customer) }
    let customers = try customers(notes.map(\.customer))
    for note in notes {
      let customer = customers[note.customer]
      let title = String(note.text.prefix { !$0.isNewline }.prefix(80))
      let fields: [String: FieldValue] = [
        "note_text": .text(note.text), "note_date": .text(note.madeAt), "note_title": .text(title),
      ]
      try body(customer, (customer?.fields ?? [:]).merging(fields) { $1 })
    }
  }

  private func customers(_ ids: [Int64]) throws -> [Int64: CustomerFields.Customer] {
    let unique = Array(Set(ids)).sorted()
    let found = try CustomerFields(archive).customers(unique)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }
}

extension OrderEntry {
  /// What presets ask for of an order.
  fileprivate var fields: [String: FieldValue] {
    let items = lines.map(OrderEntry.text).joined(separator: "; ")
    let title = [customerName, items.isEmpty ? nil : items].compactMap(\.self)
    return [
      "order_id": .text(uid), "order_number": .text(String(id)),
      "order_title": .text(title.isEmpty ? "Order \(id)" : title.joined(separator: ": ")),
      "order_status": .text(status), "order_placed": .init(placedAt),
      "order_total": .init(total ?? linesTotal), "order_currency": .init(currency),
      "order_fee": .init(deliveryFee), "order_address": .init(address),
      "order_phone": .init(phone), "order_items": .text(items), "order_source": .text(source),
      "order_review": .text(review), "order_reason": .init(statusReason),
      PresetWriter.difference: .init(difference),
    ]
  }
}

extension OrderEntry.Line {
  fileprivate func fields(_ number: Int, of order: OrderEntry) -> [String: FieldValue] {
    [
      "item": .text(item), "quantity": .init(quantity), "unit": .init(unit),
      "unit_price": .init(unitPrice ?? sharedPrice(order.currency)),
      "line_total": .init(lineTotal), "line_number": .text(String(number)),
      "line_id": .text("\(order.uid)-\(number)"),
    ]
  }

  /// The price of one where only that of all is known; nil if it does not come out even.
  private func sharedPrice(_ currency: String?) -> String? {
    guard let total = lineTotal.flatMap(Money.exact), let count = Money.exact(quantity ?? "1"),
      count > 0, total / count * count == total
    else { return nil }
    let price = Money.text(total / count, currency: currency)
    return price.utf8.count <= 12 ? price : nil
  }
}
