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
