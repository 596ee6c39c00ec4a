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

/// A profile as far as matching needs to know it.
package struct MatchProfile: Sendable {
  package var id: Int64
  package var uid: String
  package var platform: String
  package var isOwner: Bool
  package var name: String?
  package var handle: String?
  /// The name that the thread's folder has, where the platform names folders so.
  package var slug: String?
  /// Other names that the person had or gave.
  package var aliases: [String]
  /// True if they write to the business directly, not only in groups.
  package var isDirect: Bool
  /// Of their direct conversations, milliseconds since 1970.
  package var first: Int64
  package var last: Int64
  package var contacts: [(id: Int64, point: ContactPoint)]

  package init(
    id: Int64, uid: String, platform: String, isOwner: Bool = false, name: String? = nil,
    handle: String? = nil, slug: String? = nil, aliases: [String] = [], isDirect: Bool = true,
    first: Int64 = 0, last: Int64 = 0, contacts: [(id: Int64, point: ContactPoint)] = []
  ) {
    self.id = id
    self.uid = uid
    self.platform = platform
    self.isOwner = isOwner
    self.name = name
    self.handle = handle
    self.slug = slug
    self.aliases = aliases
    self.isDirect = isDirect
    self.first = first
    self.last = last
    self.contacts = contacts
  }
}

/// Two profiles that are one person, or may be, and why.
package struct ProfileLink: Sendable, Equatable {
  package enum Rule: String, Sendable {
    case phone, email, handle, landline, address, name
  }

  /// What follows from the link.
  package enum Verdict: String, Sendable {
    /// The program joins the two by itself.
    case joined
    /// The user is asked.
    case suggested
    /// The key proves nothing, and the reason says why.
    case refused
  }

  package var first: Int64
  package var second: Int64
  package var rule: Rule
  package var key: PersonKey
  package var verdict: Verdict
  /// A sentence for people.
  package var reason: String
  /// The contact points that show the key, in the order of the profiles.
  package var firstContact: Int64?
  package var secondContact: Int64?

  package init(
    first: Int64, second: Int64, rule: Rule, key: PersonKey, verdict: Verdict, reason: String,
    firstContact: Int64? = nil, secondContact: Int64? = nil
  ) {
    self.first = first
    self.second = second
    self.rule = rule
    self.key = key
    self.verdict = verdict
    self.reason = reason
    self.firstContact = firstContact
    self.secondContact = secondContact
  }
}

/// A profile that has a key.
package struct KeyHolder: Sendable {
  package var profile: MatchProfile
  package var sighting: KeySighting

  package init(profile: MatchProfile, sighting: KeySighting) {
    self.profile = profile
    self.sighting = sighting
  }
}
