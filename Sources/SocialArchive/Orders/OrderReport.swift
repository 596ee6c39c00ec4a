import Foundation
import InboxModel
import SearchText

/// Adds up orders: by month, status, customer and item; and what was promised and never sent.
///
/// Sums of different currencies are never added. Sold is what was confirmed, paid or shipped.
struct OrderReport {
  /// What is added up under one name, in one currency.
  struct Sum {
    var counts: [String: Int] = [:]
    var sold = Decimal(0)
    var all = Decimal(0)
    /// Orders whose worth nothing says.
    var unknown = 0

    mutating func add(_ order: OrderEntry) {
      counts[order.status, default: 0] += 1
      guard let worth = order.worth else {
        unknown += 1
        return
      }
      all += worth
      if OrderReport.isSold(order) { sold += worth }
    }
  }

  struct Key: Hashable, Comparable {
    let name: String
    let currency: String?

    static func < (left: Key, right: Key) -> Bool {
      (left.name, left.currency ?? "") < (right.name, right.currency ?? "")
    }
  }

  private struct Item {
    /// As it was written last.
    let name: String
    let unit: String?
    var orders = 0
    var quantity = Decimal(0)
    var worth = Decimal(0)
    /// Lines that say nothing of how many, or of a price.
    var uncounted = 0
    var unpriced = 0
  }

  /// Ways to reach a customer.
  struct Reach {
    var phones: [String] = []
    var emails: [String] = []
    var platforms: [String] = []
  }

  private var folder = SearchFolder()
  private var months: [Key: Sum] = [:]
  private var statuses: [Key: Sum] = [:]
  private var customers: [Key: Sum] = [:]
  private var names: [String: String] = [:]
  private var items: [Key: Item] = [:]
  private var promises: [OrderEntry] = []
  /// How many orders nobody has looked at.
  private(set) var unreviewed = 0
  private(set) var count = 0

  static func isSold(_ order: OrderEntry) -> Bool {
    ["confirmed", "paid", "shipped"].contains(order.status)
  }

  mutating func add(_ order: OrderEntry) {
    count += 1
    if order.review == "unreviewed" { unreviewed += 1 }
    let customer = order.customer.map(String.init) ?? ""
    names[customer] = order.customerName
    months[Key(name: month(order), currency: order.currency), default: Sum()].add(order)
    statuses[Key(name: order.status, currency: order.currency), default: Sum()].add(order)
    customers[Key(name: customer, currency: order.currency), default: Sum()].add(order)
    guard OrderReport.isSold(order) else { return }
    var named: Set<Key> = []
    for line in order.lines { add(line, order.currency, &named) }
    if order.status != "shipped" { promises.append(order) }
  }

  /// The month in UTC, as the list of orders has its days.
  private func month(_ order: OrderEntry) -> String { String((order.placedAt ?? "").prefix(7)) }

  private mutating func add(
    _ line: OrderEntry.Line, _ currency: String?, _ named: inout Set<Key>
  ) {
    let folded = String(decoding: folder.foldedBytes(line.item), as: UTF8.self)
    let key = Key(name: folded + "\u{0}" + (line.unit ?? ""), currency: currency)
    var item = items[key] ?? Item(name: line.item, unit: line.unit)
    if named.insert(key).inserted { item.orders += 1 }
    let quantity = line.quantity.flatMap(Money.exact)
    if let quantity { item.quantity += quantity } else { item.uncounted += 1 }
    if let total = line.lineTotal.flatMap(Money.exact) {
      item.worth += total
    } else if let price = line.unitPrice.flatMap(Money.exact) {
      item.worth += price * (quantity ?? 1)
    } else {
      item.unpriced += 1
    }
    items[key] = item
  }

  // MARK: - Tables

  /// The tables, in the order in which people read them; `reach` gets the number of a customer.
  func tables(reach: (Int64) throws -> Reach) rethrows -> [ReportTable] {
    [byMonth, byStatus, byCustomer, byItem, try openPromises(reach)]
  }

  private var byMonth: ReportTable {
    let words = SocialArchive.orderStatuses
    return ReportTable(
      name: "month", columns: ["month", "currency"] + words + ["sold", "without_sum"],
      rows: months.sorted { $0.key < $1.key }.map { key, sum in
        [.init(key.name), .init(key.currency)] + words.map { .count(sum.counts[$0] ?? 0) }
          + [.text(Money.text(sum.sold, currency: key.currency)), .count(sum.unknown)]
      })
  }

  private var byStatus: ReportTable {
    let order = SocialArchive.orderStatuses
    let rows = statuses.sorted { left, right in
      let (first, second) = (
        order.firstIndex(of: left.key.name), order.firstIndex(of: right.key.name)
      )
      return (first ?? 9, left.key.currency ?? "") < (second ?? 9, right.key.currency ?? "")
    }
    return ReportTable(
      name: "status", columns: ["status", "currency", "orders", "total", "without_sum"],
      rows: rows.map { key, sum in
        [
          .init(key.name), .init(key.currency), .count(sum.counts.values.reduce(0, +)),
          .text(Money.text(sum.all, currency: key.currency)), .count(sum.unknown),
        ]
      })
  }

  private var byCustomer: ReportTable {
    let rows = customers.sorted { left, right in
      left.value.sold != right.value.sold
        ? left.value.sold > right.value.sold : left.key < right.key
    }
    return ReportTable(
      name: "customer",
      columns: ["customer_id", "customer", "currency", "orders", "sold", "without_sum"],
      rows: rows.map { key, sum in
        [
          .init(key.name.isEmpty ? nil : key.name), .init(names[key.name]), .init(key.currency),
          .count(sum.counts.values.reduce(0, +)),
          .text(Money.text(sum.sold, currency: key.currency)), .count(sum.unknown),
        ]
      })
  }

  private var byItem: ReportTable {
    let rows = items.sorted { left, right in
      left.value.orders != right.value.orders
        ? left.value.orders > right.value.orders : left.key < right.key
    }
    return ReportTable(
      name: "item",
      columns: [
        "item", "unit", "currency", "orders", "quantity", "without_quantity", "sold",
        "without_price",
      ],
      rows: rows.map { key, item in
        [
          .init(item.name), .init(item.unit), .init(key.currency), .count(item.orders),
          .text(Money.plain(item.quantity)), .count(item.uncounted),
          .text(Money.text(item.worth, currency: key.currency)), .count(item.unpriced),
        ]
      })
  }

  /// What was confirmed or paid and never shipped, the oldest first.
  private func openPromises(_ reach: (Int64) throws -> Reach) rethrows -> ReportTable {
    let rows = promises.sorted {
      ($0.placedAt ?? "", $0.uid) < ($1.placedAt ?? "", $1.uid)
    }
    return ReportTable(
      name: "promises",
      columns: [
        "order_id", "placed_at", "status", "customer", "items", "total", "currency", "phones",
        "emails", "platforms", "delivery_address",
      ],
      rows: try rows.map { order in
        let ways = try order.customer.map(reach) ?? Reach()
        let phones = [order.phone].compactMap(\.self) + ways.phones.filter { $0 != order.phone }
        return [
          .text(String(order.id)), .init(order.placedAt.map { String($0.prefix(10)) }),
          .text(order.status), .init(order.customerName),
          .list(order.lines.map(OrderEntry.text)),
          .init(order.worth.map { Money.text($0, currency: order.currency) }),
          .init(order.currency), .list(phones), .list(ways.emails), .list(ways.platforms),
          .init(order.address),
        ]
      })
  }
}
