/// A way to reach somebody, or a name or place that they gave, out of one message.
package struct ContactPoint: Sendable, Equatable {
  /// The raw value is the word in the archive's `kind` column.
  package enum Kind: String, Sendable {
    case phone, email, handle, address, name
  }

  /// Whose it is.
  package enum Ownership: String, Sendable {
    /// The writer's own.
    case own = "self"
    /// Somebody else's: who gets the goods, a courier, the shop.
    case other
    case unknown
  }

  /// The kind of a telephone line.
  package enum Line: String, Sendable {
    case mobile, fixed
  }

  /// For whom somebody else's number is, where the words around it say so.
  package enum Role: String, Sendable {
    case courier, shop
  }

  package var kind: Kind
  /// E.164; an address in lower case; `instagram:name` for a handle; else as written.
  package var value: String
  /// As written.
  package var raw: String
  package var ownership: Ownership
  /// How the ownership is known, as words for people.
  package var reason: String
  /// True where the writer says whose it is; false where it is only likely.
  package var isStated: Bool
  package var line: Line?
  package var role: Role?

  package init(
    kind: Kind, value: String, raw: String, ownership: Ownership = .unknown, reason: String = "",
    isStated: Bool = false, line: Line? = nil, role: Role? = nil
  ) {
    self.kind = kind
    self.value = value
    self.raw = raw
    self.ownership = ownership
    self.reason = reason
    self.isStated = isStated
    self.line = line
    self.role = role
  }
}
