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

/// A profile that has a key.
package struct KeyHolder: Sendable {
  package var profile: MatchProfile
  package var sighting: KeySighting

  package init(profile: MatchProfile, sighting: KeySighting) {
    self.profile = profile
    self.sighting = sighting
  }
}
