import InboxModel
import SearchText

/// Handles in a message with the platform that the words around them name.
struct HandleReader {
  let lexicon: Lexicon

  /// A handle whose platform may be known by a word nearby.
  struct Named {
    let handle: String
    let platform: String?
    let range: Range<Int>
    let isLink: Bool
    /// True if the platform's word stands directly beside it.
    let isBeside: Bool
  }

  /// - Parameters:
  ///   - text: The message.
  ///   - links: Handles that show themselves as such.
  ///   - emails: Where addresses stand: what is in them is no handle.
  /// - Returns: Handles; numbers behind `wa.me` are none.
  func read(_ text: MarkedText, _ links: [HandleFinder.Found], emails: [Range<Int>]) -> [Named] {
    var found: [Named] = []
    for link in links where link.platform != "whatsapp" {
      guard !emails.contains(where: { $0.overlaps(link.range) }) else { continue }
      let near = link.platform == nil ? platform(near: link.range, text) : nil
      found.append(
        Named(
          handle: link.handle, platform: HandleReader.plain(link.platform ?? near?.name),
          range: link.range, isLink: link.platform != nil, isBeside: near?.isBeside ?? false))
    }
    guard links.isEmpty else { return found }
    // "fb muna.abdullah.7": the platform's word, and beside it what only a handle looks like.
    for hit in text.hits where hit.category == "platform" {
      let place =
        text.places[hit.words.lowerBound]
        .lowerBound..<text.places[hit.words.upperBound - 1].upperBound
      guard let range = bare(after: place, text) ?? bare(before: place, text),
        !emails.contains(where: { $0.overlaps(range) })
      else { continue }
      found.append(
        Named(
          handle: text.slice(range).lowercased(), platform: HandleReader.plain(hit.notes.first),
          range: range, isLink: false, isBeside: true))
    }
    return found
  }

  private func bare(after place: Range<Int>, _ text: MarkedText) -> Range<Int>? {
    let rest = String(decoding: text.bytes[place.upperBound...], as: UTF8.self)
    let skipped = rest.prefix { " :=-–>".contains($0) }
    let word = rest.dropFirst(skipped.count).prefix { !$0.isWhitespace && $0 != "," }
    guard HandleFinder.looksLikeHandle(word), skipped.count < 4 else { return nil }
    let start = place.upperBound + skipped.utf8.count
    return start..<(start + word.utf8.count)
  }

  /// "petros.surfcy sto instagram": at most one word lies between.
  private func bare(before place: Range<Int>, _ text: MarkedText) -> Range<Int>? {
    let before = String(decoding: text.bytes[..<place.lowerBound], as: UTF8.self)
    for word in before.split(whereSeparator: \.isWhitespace).suffix(2)
    where HandleFinder.looksLikeHandle(word) && word.contains(where: { "._".contains($0) }) {
      let start = before.utf8.distance(from: before.startIndex, to: word.startIndex)
      return start..<(start + word.utf8.count)
    }
    return nil
  }

  /// A handle beside its platform's word is the writer's own if nothing else is said.
  func judgement(
    _ handle: Named, _ judgement: OwnershipJudge.Judgement, in text: MarkedText
  ) -> OwnershipJudge.Judgement {
    // "I am @x" says more than any word around.
    let name = text.hits.first { hit in
      hit.category == "name_given" && !hit.notes.contains("order")
        && text.places[hit.words.upperBound - 1].upperBound <= handle.range.lowerBound
        && handle.range.lowerBound - text.places[hit.words.upperBound - 1].upperBound <= 3
    }
    if let name, judgement.ownership != .other {
      return .init(ownership: .own, reason: "“\(text.words(of: name))”", isStated: true)
    }
    if judgement.ownership == .unknown, let mine = mine(handle, text) {
      return .init(ownership: .own, reason: "“\(mine)”", isStated: true)
    }
    guard judgement.ownership == .unknown, !judgement.isStated, handle.isBeside else {
      return judgement
    }
    return .init(ownership: .own, reason: "named with its platform")
  }

  /// "My Facebook": a platform's word beside a possessive, close to the handle.
  private func mine(_ handle: Named, _ text: MarkedText) -> String? {
    let hit = text.hits.first { hit in
      guard hit.category == "platform" else { return false }
      let end = text.places[hit.words.upperBound - 1].upperBound
      let start = text.places[hit.words.lowerBound].lowerBound
      return min(abs(handle.range.lowerBound - end), abs(start - handle.range.upperBound)) < 40
        && text.hits.contains {
          $0.category == "possessive"
            && ($0.words.lowerBound == hit.words.upperBound
              || $0.words.upperBound == hit.words.lowerBound)
        }
    }
    return hit.map(text.words)
  }

  /// Facebook's messenger knows people by Facebook's handles.
  private static func plain(_ platform: String?) -> String? {
    platform == "messenger" ? "facebook" : platform
  }

  private func platform(near range: Range<Int>, _ text: MarkedText) -> (
    name: String, isBeside: Bool
  )? {
    let words = text.hits.filter { $0.category == "platform" }
    let distances = words.map { hit -> (Int, String) in
      let start = text.places[hit.words.lowerBound].lowerBound
      let end = text.places[hit.words.upperBound - 1].upperBound
      return (
        min(abs(range.lowerBound - end), abs(start - range.upperBound)), hit.notes.first ?? ""
      )
    }
    guard let nearest = distances.min(by: { $0.0 < $1.0 }), nearest.0 < 60 else { return nil }
    return (nearest.1, nearest.0 <= 4)
  }
}
