import ArchiveStore
import InboxModel

/// Which orders are meant.
public struct OrderFilter: Sendable {
  /// One of `SocialArchive.orderStatuses`.
  public var status: String?
  /// A customer, by number, uid, phone, e-mail or name.
  public var customer: String?
  /// Those placed on that day or later, as a search names days.
  public var after: String?
  /// Those placed before that day.
  public var before: String?
  /// `unreviewed`, `confirmed`, `rejected` or `all`; all but the rejected if nil.
  public var review: String?
  /// Only those of which later messages say other than was confirmed.
  public var hasSuggestion = false

  public init() {}
}

extension SocialArchive {
  public static let orderStatuses = ["requested", "confirmed", "paid", "shipped", "cancelled"]
  public static let orderReviews = ["unreviewed", "confirmed", "rejected", "all"]

  /// Hands out the orders that a filter lets through, the last first.
  ///
  /// - Throws: `ArchiveFailure`, or what `body` throws.
  public func forEachOrder(
    _ filter: OrderFilter, _ body: (OrderEntry) throws -> Void
  ) throws {
    let archive = try reading()
    let (condition, arguments) = try condition(filter, archive)
    var waiting: [[Cell]] = []
    func handOut() throws {
      if let first = waiting.first { try body(OrderEntry(first, lines: waiting)) }
      waiting.removeAll(keepingCapacity: true)
    }
    try archive.forEachRow(
      "\(OrderEntry.sql) \(condition) ORDER BY o.placed_at DESC, o.uid, l.position", arguments,
      header: { _ in },
      { row in
        let cells = row.cells
        if let last = waiting.last, last[0] != cells[0] { try handOut() }
        waiting.append(cells)
        return true
      })
    try handOut()
  }

  private func condition(
    _ filter: OrderFilter, _ archive: ArchiveDatabase
  ) throws -> (String, [Cell]) {
    var conditions: [String] = []
    var arguments: [Cell] = []
    func add(_ condition: String, _ value: Cell) {
      conditions.append(condition)
      arguments.append(value)
    }
    if let status = filter.status { add("o.status = ?", .text(status)) }
    if let customer = filter.customer {
      add("o.customer_id = ?", .integer(try customerID(customer, archive)))
    }
    if let after = filter.after {
      add("o.placed_at >= ?", .text(ISOTime.text(try SocialArchive.start(of: after))))
    }
    if let before = filter.before {
      add("o.placed_at < ?", .text(ISOTime.text(try SocialArchive.start(of: before))))
    }
    switch filter.review {
    case nil: conditions.append("o.review <> 'rejected'")
    case "all": break
    case let review?: add("o.review = ?", .text(review))
    }
    if filter.hasSuggestion { conditions.append("o.suggestion IS NOT NULL") }
    return (conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "), arguments)
  }

  /// The number of the order that has this number or uid, also an old one.
  func orderID(_ name: String, _ archive: ArchiveDatabase) throws -> Int64 {
    func number(_ sql: String, _ value: String) throws -> Int64? {
      try archive.cell("SELECT id FROM purchase WHERE \(sql)", [.text(value)]).integer
    }
    // What is an order's uid now counts before what was one.
    let isNumber = !name.isEmpty && name.allSatisfy { $0.isASCII && $0.isNumber }
    guard
      let id = try number("uid = ?", name)
        ?? (isNumber ? try number("id = CAST(? AS INTEGER)", name) : nil)
        ?? number("uid = ?", try resolve(name, archive))
    else { throw ArchiveFailure.unknown("there is no order \(name). See: archive orders") }
    return id
  }
}

extension OrderEntry {
  /// One row for each line of an order, one for an order without lines.
  static let sql = """
    SELECT o.id, o.uid, o.customer_id, k.name, c.uid, c.platform, o.status, o.status_reason,
      o.placed_at, o.total, o.currency, o.currency_basis, o.delivery_fee, o.delivery_address, o.phone,
      o.source, o.review, o.evidence, o.suggestion, l.item, l.quantity, l.unit, l.unit_price,
      l.line_total
    FROM purchase o LEFT JOIN conversation c ON c.id = o.conversation_id
    LEFT JOIN customer k ON k.id = o.customer_id
    LEFT JOIN purchase_line l ON l.purchase_id = o.id
    """

  init(_ row: [Cell], lines rows: [[Cell]]) {
    self.init(
      id: row[0].integer ?? 0, uid: row[1].text ?? "", customer: row[2].integer,
      customerName: row[3].text, conversation: row[4].text, platform: row[5].text,
      status: row[6].text ?? "", statusReason: row[7].text, placedAt: row[8].text,
      total: row[9].text, currency: row[10].text, currencyBasis: row[11].text ?? "unknown",
      deliveryFee: row[12].text, address: row[13].text, phone: row[14].text,
      source: row[15].text ?? "", review: row[16].text ?? "",
      evidence: StoredList.values(row[17].text ?? "[]"),
      suggestion: row[18].text.flatMap(OrderChange.init(stored:)),
      lines: rows.compactMap { row in
        guard let item = row[19].text else { return nil }
        return Line(
          item: item, quantity: row[20].text, unit: row[21].text, unitPrice: row[22].text,
          lineTotal: row[23].text)
      })
  }
}
