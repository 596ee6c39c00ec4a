import InboxModel
import SearchText

/// Addresses for deliveries, as written: from the sentence with a street, a building or a floor to
/// the end of what belongs to it.
enum AddressFinder {
  /// - Parameters:
  ///   - text: The message of somebody who is not the business.
  ///   - places: Where numbers, mail addresses and links stand: they are no part of it.
  /// - Returns: One address, or none.
  static func find(
    _ text: MarkedText, without places: [Range<Int>]
  ) -> [ContactPoint] {
    let marks = text.hits.filter { $0.category == "address_marker" }
    guard !marks.isEmpty, !isQuestion(text.bytes) else { return [] }
    let parts = sentences(text, without: places)
    let told = parts.filter { part in
      let here = marks.filter { part.contains(text.places[$0.words.lowerBound].lowerBound) }
      let words = text.places.indices.filter { part.contains(text.places[$0].lowerBound) }
      // Folded digits are plain ones.
      let hasNumber = words.contains { text.words[$0].utf8.contains { $0 &- 0x30 < 10 } }
      return Set(here.map(\.words)).count >= (hasNumber ? 1 : 2) && words.count >= 3
    }
    guard let first = told.first, let last = told.last else { return [] }
    let raw = text.slice(trimmed(first.lowerBound..<last.upperBound, text, marks))
    guard raw.utf8.count >= 8 else { return [] }
    return [
      ContactPoint(kind: .address, value: raw, raw: raw, ownership: .unknown, reason: "an address")
    ]
  }

  /// True if there is a question mark, Latin or Arabic.
  private static func isQuestion(_ bytes: [UInt8]) -> Bool {
    bytes.contains(0x3F) || bytes.firstRange(of: "؟".utf8) != nil
  }

  /// Lines and sentences, cut where a number or mail address stands.
  private static func sentences(_ text: MarkedText, without places: [Range<Int>]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    func close(_ end: Int) {
      if start < end { found.append(start..<end) }
      start = end
    }
    for index in text.bytes.indices {
      if let place = places.first(where: { $0.contains(index) }) {
        if index == place.lowerBound { close(index) }
        start = index + 1
        continue
      }
      let byte = text.bytes[index]
      let next = index + 1 < text.bytes.count ? text.bytes[index + 1] : 0x0A
      if byte == 0x0A || byte == 0x2E && (next == 0x20 || next == 0x0A) && !isShort(text, index) {
        close(index)
        start = index + 1
      }
    }
    close(text.bytes.count)
    return found
  }

  /// True for the point of an abbreviation such as "st."
  private static func isShort(_ text: MarkedText, _ point: Int) -> Bool {
    guard let word = text.places.lastIndex(where: { $0.upperBound == point }) else { return false }
    return text.words[word].unicodeScalars.count <= 4
      && text.hits.contains { $0.category == "address_marker" && $0.words.contains(word) }
  }

  /// Without blanks, signs, and the words that only announce an address or number.
  private static func trimmed(
    _ range: Range<Int>, _ text: MarkedText, _ marks: [Lexicon.Hit]
  ) -> Range<Int> {
    var words = text.places.indices.filter { range.contains(text.places[$0].lowerBound) }
    let lead = text.hits.filter { ["address_lead", "own", "phone_marker"].contains($0.category) }
    while let first = words.first, let hit = lead.first(where: { $0.words.contains(first) }) {
      words.removeAll { hit.words.contains($0) }
    }
    while let last = words.last, let hit = lead.first(where: { $0.words.contains(last) }) {
      words.removeAll { hit.words.contains($0) }
    }
    guard let first = words.first, let last = words.last else { return range }
    return text.places[first].lowerBound..<text.places[last].upperBound
  }
}
