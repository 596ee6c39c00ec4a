import ArchiveExport

/// A customer as people see one: who they are, how to reach them, and how that is known.
public struct CustomerCard: Sendable {
  /// A person on one platform.
  public struct Profile: Sendable {
    public let id: Int64
    public let platform: String
    public let name: String?
    public let handle: String?
    /// ISO 8601, UTC; nil without a message.
    public let firstContact: String?
    public let lastContact: String?
  }

  /// A number, address or name, with the message that shows it.
  public struct Contact: Sendable {
    public let kind: String
    public let value: String
    public let raw: String
    /// `self`, `other` or `unknown`.
    public let ownership: String
    public let reason: String
    public let message: String?
    public let profile: Int64
  }

  /// Why two profiles are one person.
  public struct Link: Sendable {
    public let first: Int64
    public let second: Int64
    /// `phone`, `email`, `handle`, or `user`.
    public let rule: String
    public let reason: String
    /// The messages that show the key, as far as there are any.
    public let evidence: [String]
    /// The number of the user's decision; nil for a rule.
    public let decision: Int64?
  }

  /// A conversation or an order, in one line.
  public struct Entry: Sendable {
    public let id: Int64
    public let uid: String
    public let text: String
  }

  public let id: Int64
  public let uid: String
  public let name: String?
  public let aliases: [String]
  public let kind: String
  public let kindReason: String?
  public let consent: String
  public let consentReason: String?
  public let tags: [String]
  public let notes: [String]
  public let firstContact: String?
  public let lastContact: String?
  public let profiles: [Profile]
  public let contacts: [Contact]
  public let links: [Link]
  public let conversations: [Entry]
  public let orders: [Entry]
}

extension CustomerCard {
  /// The card as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("id", id)
    text.add("uid", uid)
    text.add("name", name)
    text.add("aliases", json: JSONText.list(aliases.map(JSONText.string)))
    text.add("kind", kind)
    text.add("kind_reason", kindReason)
    text.add("consent", consent)
    text.add("consent_reason", consentReason)
    text.add("tags", json: JSONText.list(tags.map(JSONText.string)))
    text.add("notes", json: JSONText.list(notes.map(JSONText.string)))
    text.add("first_contact_at", firstContact)
    text.add("last_contact_at", lastContact)
    text.add("profiles", json: JSONText.list(profiles.map(\.json)))
    text.add("contact_points", json: JSONText.list(contacts.map(\.json)))
    text.add("links", json: JSONText.list(links.map(\.json)))
    text.add("conversations", json: JSONText.list(conversations.map(\.json)))
    text.add("orders", json: JSONText.list(orders.map(\.json)))
    return text.text
  }
}

extension CustomerCard.Profile {
  var json: String {
    var text = JSONText()
    text.add("id", id)
    text.add("platform", platform)
    text.add("name", name)
    text.add("handle", handle)
    text.add("first_contact_at", firstContact)
    text.add("last_contact_at", lastContact)
    return text.text
  }
}

extension CustomerCard.Contact {
  var json: String {
    var text = JSONText()
    text.add("kind", kind)
    text.add("value", value)
    text.add("raw", raw)
    text.add("ownership", ownership)
    text.add("reason", reason)
    text.add("message", message)
    text.add("profile", profile)
    return text.text
  }
}

extension CustomerCard.Link {
  var json: String {
    var text = JSONText()
    text.add("first", first)
    text.add("second", second)
    text.add("rule", rule)
    text.add("reason", reason)
    text.add("evidence", json: JSONText.list(evidence.map(JSONText.string)))
    text.add("decision", decision)
    return text.text
  }
}

extension CustomerCard.Entry {
  var json: String {
    var text = JSONText()
    text.add("id", id)
    text.add("uid", uid)
    text.add("text", self.text)
    return text.text
  }
}
