package import InboxModel
import SearchText

/// Reads messages for contact points and signs, in the languages of the tables.
package struct MessageReader: MessageReading {
  private let contactReader: ContactReader
  private let signReader = SignReader()
  private let marker = TextMarker()
  private let words = MatchingWords.shared

  /// - Parameter region: The business's country, two letters; nil finds international numbers only.
  package init(region: String?) { contactReader = ContactReader(region: region, marker) }

  package func isWorthReading(_ text: String, isOwner: Bool) -> Bool {
    if ContactReader.isWorthReading(text.utf8) { return true }
    // What the business says of names, places and offers is not looked at.
    guard !isOwner else { return false }
    let folded = marker.fold(text)
    if words.sieve.holds(folded) { return true }
    return folded.contains { $0 &- 0x30 < 10 } && words.sieveWithDigits.holds(folded)
  }

  package func read(_ message: ChatMessage, _ surroundings: Surroundings) -> FoundInMessage {
    let text = marker.mark(message.text)
    return FoundInMessage(
      contacts: contactReader.read(text, message, surroundings),
      signs: message.isOwner ? [] : signReader.read(text))
  }

  package func card(_ text: String) -> [ContactPoint] { contactReader.card(text) }

  package func entry(_ text: String) -> [ContactPoint] { contactReader.entry(text) }

  package func shown(_ e164: String, raw: String) -> ContactPoint {
    contactReader.shown(e164, raw: raw)
  }
}

/// Compares profiles by the rules of `LinkRules`.
package struct CustomerMatcher: ProfileMatching {
  private let names = NameReader()
  private let marker = TextMarker()
  private let maker: KeyMaker
  private let rules: LinkRules
  private let signs = SignReader()

  package init() {
    maker = KeyMaker(names, marker)
    rules = LinkRules(names)
  }

  package func keys(of profile: MatchProfile) -> [KeySighting] { maker.keys(of: profile) }

  package func links(
    _ key: PersonKey, _ holders: [KeyHolder], isCrowded: Bool
  ) -> [ProfileLink] {
    rules.links(key, holders, isCrowded: isCrowded)
  }

  package func groups(
    _ nodes: [Int64], joins: [(Int64, Int64)], apart: [(Int64, Int64)]
  ) -> [[Int64]] {
    Components.groups(nodes, joins: joins, apart: apart)
  }

  package func sign(name: String) -> CustomerSign? {
    signs.read(name: marker.mark(name))
  }

  package func isPlaceholder(_ name: String) -> Bool { names.isPlaceholder(name) }
}
