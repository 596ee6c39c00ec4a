import Foundation
import InboxModel

/// What an order says, in the words of the archive's columns: numbers are exact decimal text.
package struct OrderFacts: Codable, Sendable, Equatable {
  /// One of the things that were ordered.
  package struct Line: Codable, Sendable, Equatable {
    package var item: String
    package var quantity: String?
    package var unit: String?
    package var unitPrice: String?
    package var lineTotal: String?

    package init(
      item: String, quantity: String? = nil, unit: String? = nil, unitPrice: String? = nil,
      lineTotal: String? = nil
    ) {
      self.item = item
      self.quantity = quantity
      self.unit = unit
      self.unitPrice = unitPrice
      self.lineTotal = lineTotal
    }
  }

  package var status: String
  /// ISO 8601, UTC.
  package var placedAt: String?
  package var lines: [Line] = []
  package var total: String?
  /// ISO 4217.
  package var currency: String?
  /// `stated` or `account region`.
  package var currencyBasis: String?
  package var fee: String?
  package var address: String?
  /// E.164.
  package var phone: String?

  package init(status: String, placedAt: String?) {
    self.status = status
    self.placedAt = placedAt
  }

  init(_ order: ReadOrder) {
    func money(_ value: Decimal?) -> String? {
      value.map { Money.text($0, currency: order.currency) }
    }
    status = order.status.rawValue
    placedAt = ISOTime.text(order.placedAt)
    total = money(order.total)
    currency = order.currency
    currencyBasis = order.currencyBasis?.rawValue
    fee = money(order.deliveryFee)
    address = order.address
    phone = order.phone
    lines = order.lines.map {
      Line(
        item: $0.item, quantity: $0.quantity.map(Money.plain), unit: $0.unit,
        unitPrice: money($0.unitPrice), lineTotal: money($0.lineTotal))
    }
  }
}

/// Some facts of an order that are to be others: nil leaves one as it is, an empty text takes it away.
package struct OrderChange: Codable, Sendable, Equatable {
  package var status: String?
  package var placedAt: String?
  package var lines: [OrderFacts.Line]?
  package var total: String?
  package var currency: String?
  package var fee: String?
  package var address: String?
  package var phone: String?

  package init() {}

  /// A change as the archive keeps it; nil if the text is none.
  package init?(stored text: String) {
    guard let change = StoredJSON.value(OrderChange.self, text) else { return nil }
    self = change
  }

  package var isEmpty: Bool { self == OrderChange() }

  /// The names of the facts that change, as `OrderProof.field` has them.
  package var fields: [String] {
    let all: [(String, Bool)] = [
      ("status", status != nil), ("placed", placedAt != nil), ("lines", lines != nil),
      ("total", total != nil), ("currency", currency != nil), ("fee", fee != nil),
      ("address", address != nil), ("phone", phone != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// What makes `old` the same as `new`.
  init(from old: OrderFacts, to new: OrderFacts) {
    func text(_ path: KeyPath<OrderFacts, String?>) -> String? {
      old[keyPath: path] == new[keyPath: path] ? nil : new[keyPath: path] ?? ""
    }
    status = old.status == new.status ? nil : new.status
    placedAt = text(\.placedAt)
    lines = old.lines == new.lines ? nil : new.lines
    total = text(\.total)
    currency = text(\.currency)
    fee = text(\.fee)
    address = text(\.address)
    phone = text(\.phone)
  }

  /// Only those changes that change something of these facts.
  func remaining(for facts: OrderFacts) -> OrderChange {
    OrderChange(from: facts, to: facts.changed(by: self))
  }
}

extension OrderFacts {
  /// The facts with some of them changed.
  package func changed(by change: OrderChange) -> OrderFacts {
    func value(_ new: String?, _ old: String?) -> String? {
      guard let new else { return old }
      return new.isEmpty ? nil : new
    }
    var facts = self
    facts.status = value(change.status, status) ?? status
    facts.placedAt = value(change.placedAt, placedAt)
    facts.lines = change.lines ?? lines
    facts.total = value(change.total, total)
    if let new = change.currency {
      facts.currency = new.isEmpty ? nil : new
      facts.currencyBasis = new.isEmpty ? nil : "stated"
    }
    facts.fee = value(change.fee, fee)
    facts.address = value(change.address, address)
    facts.phone = value(change.phone, phone)
    return facts
  }
}
