/// Compares profiles: what the store asks of those who know names and numbers.
package protocol ProfileMatching: Sendable {
  /// What a profile must share with another to be looked at beside it.
  func keys(of profile: MatchProfile) -> [KeySighting]
  /// What is said of each pair of a key's holders; `isCrowded` if there are more than these.
  func links(_ key: PersonKey, _ holders: [KeyHolder], isCrowded: Bool) -> [ProfileLink]
  /// The groups of those who are joined; see `Components`.
  func groups(
    _ nodes: [Int64], joins: [(Int64, Int64)], apart: [(Int64, Int64)]
  ) -> [[Int64]]
  /// What a name says of who somebody is.
  func sign(name: String) -> CustomerSign?
  /// True for what platforms show in place of a name.
  func isPlaceholder(_ name: String) -> Bool
}
