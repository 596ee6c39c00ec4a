/// What makes two profiles look like one person: a number, an address, a name.
package struct PersonKey: Sendable, Hashable {
  /// The raw value is the word in the archive's `kind` column.
  package enum Kind: String, Sendable, CaseIterable {
    case mobile, landline, email
    /// A handle on one platform, `instagram:name`.
    case handle
    /// The letters and digits of a handle on one platform, as folders are named.
    case slug
    /// A handle without its platform.
    case anyHandle = "any-handle"
    /// An address for deliveries, its words in order.
    case address
    /// Two words of a name.
    case name
  }

  package var kind: Kind
  package var value: String

  package init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }
}

/// A key with how a profile came to it.
package struct KeySighting: Sendable, Equatable {
  /// How sure it is that the key is the person's own; the surer, the smaller.
  package enum Strength: Int, Sendable, Comparable {
    /// The platform shows it.
    case shown = 0
    /// They say so.
    case stated = 1
    /// They gave it without saying whose it is.
    case given = 2
    /// It follows from something else, such as a name.
    case derived = 3
    /// It is not theirs, or nobody knows.
    case foreign = 4

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package var key: PersonKey
  package var strength: Strength
  package var role: ContactPoint.Role?
  /// The contact point that shows it; nil where the profile itself does.
  package var contact: Int64?

  package init(
    _ key: PersonKey, _ strength: Strength, role: ContactPoint.Role? = nil, contact: Int64? = nil
  ) {
    self.key = key
    self.strength = strength
    self.role = role
    self.contact = contact
  }
}
