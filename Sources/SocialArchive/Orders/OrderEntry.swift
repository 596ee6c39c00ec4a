import ArchiveExport
import ArchiveStore
import Foundation
import InboxModel

/// An order as people see one in a list. Numbers are exact decimal text.
public struct OrderEntry: Sendable {
  /// One of the things that were ordered.
  public struct Line: Sendable {
    public let item: String
    public let quantity: String?
    public let unit: String?
    public let unitPrice: String?
    public let lineTotal: String?
  }

  public let id: Int64
  public let uid: String
  public let customer: Int64?
  public let customerName: String?
  /// The uid of the conversation.
  public let conversation: String?
  public let platform: String?
  /// `requested`, `confirmed`, `paid`, `shipped` or `cancelled`.
  public let status: String
  public let statusReason: String?
  /// ISO 8601, UTC.
  public let placedAt: String?
  public let total: String?
  /// ISO 4217.
  public let currency: String?
  /// `stated`, `account region`, or `unknown` without a currency.
  public let currencyBasis: String
  public let deliveryFee: String?
  public let address: String?
  /// E.164.
  public let phone: String?
  /// `platform`, `chat` or `manual`.
  public let source: String
  /// `unreviewed`, `confirmed` or `rejected`.
  public let review: String
  /// The uids of the messages that speak of it.
  public let evidence: [String]
  /// What later messages say other than was confirmed; nil if nothing.
  let suggestion: OrderChange?
  public let lines: [Line]
}

extension OrderEntry {
  /// What the lines give together; nil if any of them has no price.
  public var linesTotal: String? { exactLinesTotal.map { Money.text($0, currency: currency) } }

  var exactLinesTotal: Decimal? {
    guard !lines.isEmpty else { return nil }
    var sum = Decimal(0)
    for line in lines {
      if let total = line.lineTotal.flatMap(Money.exact) {
        sum += total
      } else if let price = line.unitPrice.flatMap(Money.exact),
        let quantity = Money.exact(line.quantity ?? "1")
      {
        sum += price * quantity
      } else {
        return nil
      }
    }
    return sum
  }

  /// What the order is worth: the stated total, else what its lines give.
  var worth: Decimal? { total.flatMap(Money.exact) ?? exactLinesTotal }

  /// A sentence if a stated total is not what the lines give, alone or with the delivery.
  public var difference: String? {
    guard let total, let stated = Money.exact(total), let sum = exactLinesTotal else { return nil }
    let fee = deliveryFee.flatMap(Money.exact) ?? 0
    guard stated != sum, stated != sum + fee else { return nil }
    let with = fee == 0 ? "" : ", \(Money.text(sum + fee, currency: currency)) with the delivery"
    return "the lines give \(Money.text(sum, currency: currency))\(with); \(total) was stated"
  }

  /// What later messages say other than was confirmed, in words, one fact each.
  public var suggestedFacts: [String] {
    guard let suggestion else { return [] }
    func say(_ name: String, _ value: String?) -> String? {
      value.map { $0.isEmpty ? "\(name): none any more" : "\(name): \($0)" }
    }
    return [
      say("status", suggestion.status), say("placed", suggestion.placedAt),
      suggestion.lines.map {
        "lines: " + $0.map { OrderEntry.text(Line($0)) }.joined(separator: "; ")
      },
      say("total", suggestion.total), say("currency", suggestion.currency),
      say("delivery fee", suggestion.fee), say("address", suggestion.address),
      say("phone", suggestion.phone),
    ].compactMap(\.self)
  }

  /// A line in the form in which lines can be typed: `2 kilo x baklava @ 9.000`.
  public static func text(_ line: Line) -> String {
    let count = [line.quantity, line.unit].compactMap(\.self).joined(separator: " ")
    let price = line.unitPrice.map { " @ \($0)" } ?? line.lineTotal.map { " = \($0)" } ?? ""
    return (count.isEmpty ? "" : count + " x ") + line.item + price
  }

  /// The order as one JSON object.
  public var json: String {
    var text = JSONText()
    add(to: &text)
    return text.text
  }

  func add(to text: inout JSONText) {
    text.add("id", id)
    text.add("uid", uid)
    text.add("customer_id", customer)
    text.add("customer", customerName)
    text.add("conversation_uid", conversation)
    text.add("platform", platform)
    text.add("status", status)
    text.add("status_reason", statusReason)
    text.add("placed_at", placedAt)
    text.add("total", total)
    text.add("lines_total", linesTotal)
    text.add("currency", currency)
    text.add("currency_basis", currencyBasis)
    text.add("delivery_fee", deliveryFee)
    text.add("delivery_address", address)
    text.add("phone", phone)
    text.add("source", source)
    text.add("review", review)
    text.add("lines", json: JSONText.list(lines.map(\.json)))
    text.add("evidence", json: JSONText.list(evidence.map(JSONText.string)))
    text.add("suggested", json: JSONText.list(suggestedFacts.map(JSONText.string)))
    text.add("note", difference)
  }
}

extension OrderEntry.Line {
  init(_ line: OrderFacts.Line) {
    self.init(
      item: line.item, quantity: line.quantity, unit: line.unit, unitPrice: line.unitPrice,
      lineTotal: line.lineTotal)
  }

  var json: String {
    var text = JSONText()
    text.add("item", item)
    text.add("quantity", quantity)
    text.add("unit", unit)
    text.add("unit_price", unitPrice)
    text.add("line_total", lineTotal)
    return text.text
  }
}
