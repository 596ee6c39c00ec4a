/// An order or a payment as a platform itself records it, beside what was written.
///
/// One message in thousands has one: it lies apart, so that all others stay small.
package final class PlatformOrder: Sendable {
  /// The raw value stands in the archive.
  package enum Kind: String, Sendable {
    /// A cart that was sent.
    case order
    /// Money that was sent or asked for.
    case payment
  }

  package let kind: Kind
  /// The platform's own number; nil if it has none.
  package let reference: String?
  package let title: String?
  /// How many things were ordered.
  package let quantity: Int64?
  /// Exact decimal text without a currency, such as `12.500`; nil if none is recorded.
  package let total: String?
  /// ISO 4217; nil if none is recorded.
  package let currency: String?

  package init(
    kind: Kind, reference: String? = nil, title: String? = nil, quantity: Int64? = nil,
    total: String? = nil, currency: String? = nil
  ) {
    self.kind = kind
    self.reference = reference
    self.title = title
    self.quantity = quantity
    self.total = total
    self.currency = currency
  }
}

/// What a person who is known by a handle is called.
package struct PersonName: Sendable, Hashable {
  /// A phone number in international form, or the platform's own id of the person.
  package let handle: String
  package let name: String

  package init(handle: String, name: String) {
    self.handle = handle
    self.name = name
  }
}
