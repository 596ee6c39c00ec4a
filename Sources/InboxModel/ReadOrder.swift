package import Foundation

/// An order as a conversation shows it, with the messages that prove each of its facts.
package struct ReadOrder: Sendable, Equatable {
  /// The raw value is the word in the archive's `status` column.
  package enum Status: String, Sendable {
    case requested, confirmed, paid, shipped, cancelled
  }

  /// How the currency is known. The raw value is the word in the archive.
  package enum CurrencyBasis: String, Sendable {
    case stated
    case region = "account region"
  }

  /// One of the things that were ordered.
  package struct Line: Sendable, Equatable {
    /// As written.
    package var item: String
    /// Exact; nil if nothing says how many.
    package var quantity: Decimal?
    /// As written, such as `kilo`.
    package var unit: String?
    /// Exact, in the order's currency.
    package var unitPrice: Decimal?
    /// Exact; only where it is stated and not merely follows.
    package var lineTotal: Decimal?

    package init(
      item: String, quantity: Decimal?, unit: String? = nil, unitPrice: Decimal? = nil,
      lineTotal: Decimal? = nil
    ) {
      self.item = item
      self.quantity = quantity
      self.unit = unit
      self.unitPrice = unitPrice
      self.lineTotal = lineTotal
    }
  }

  /// What shows a fact: bytes of a message.
  package struct Proof: Sendable, Equatable, Hashable {
    /// `line 1` for the first line, `price 1`, `total`, `fee`, `address`, `phone`, `status`.
    package var field: String
    package var message: Int64
    /// In bytes of the message's text.
    package var range: Range<Int>

    package init(field: String, message: Int64, range: Range<Int>) {
      self.field = field
      self.message = message
      self.range = range
    }
  }

  package var status: Status
  /// A sentence for people.
  package var reason: String
  package var lines: [Line]
  /// The last sum that was stated.
  package var total: Decimal?
  /// ISO 4217.
  package var currency: String?
  package var currencyBasis: CurrencyBasis?
  package var deliveryFee: Decimal?
  /// As written.
  package var address: String?
  /// E.164; of whoever gets the goods.
  package var phone: String?
  /// When it was asked for, milliseconds since 1970, UTC.
  package var placedAt: Int64
  /// The messages that speak of it, in order.
  package var messages: [Int64]
  package var proofs: [Proof]

  package init(
    status: Status, reason: String, lines: [Line], total: Decimal? = nil, currency: String? = nil,
    currencyBasis: CurrencyBasis? = nil, deliveryFee: Decimal? = nil, address: String? = nil,
    phone: String? = nil, placedAt: Int64, messages: [Int64], proofs: [Proof]
  ) {
    self.status = status
    self.reason = reason
    self.lines = lines
    self.total = total
    self.currency = currency
    self.currencyBasis = currencyBasis
    self.deliveryFee = deliveryFee
    self.address = address
    self.phone = phone
    self.placedAt = placedAt
    self.messages = messages
    self.proofs = proofs
  }
}
