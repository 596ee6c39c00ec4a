import InboxModel
import SearchText

/// Names that people give: behind "my name is", "in the name of".
enum NameGiven {
  static func find(
    _ text: MarkedText, sender: PersonName, _ reader: NameReader
  ) -> [ContactPoint] {
    // Two phrases may lead to one name.
    var found: [(start: Int, point: ContactPoint)] = []
    for hit in text.hits where hit.category == "name_given" {
      let first = hit.words.upperBound
      var end = first
      // Names end where a line, a sentence or a number begins.
      while end < text.places.count, end - first < 3 {
        let from =
          end == first
          ? text.places[hit.words.upperBound - 1].upperBound : text.places[end - 1].upperBound
        let gap = text.slice(from..<text.places[end].lowerBound)
        let isBroken = gap.contains { "\n,،.!?؟;()".contains($0) && !(end == first && $0 == "\n") }
        guard !isBroken, text.words[end].allSatisfy({ $0.isLetter || $0 == "'" }),
          end == first || NameGiven.isName(text.slice(text.places[end]), reader)
        else { break }
        end += 1
      }
      guard first < end, !found.contains(where: { $0.start == first }) else { continue }
      let raw = text.slice(text.places[first].lowerBound..<text.places[end - 1].upperBound)
      let name = PersonName(raw, reader)
      // What follows "I am" is seldom a name.
      guard let word = name.words.first,
        !word.givenNames.isEmpty || !hit.notes.contains("weak") && end - first > 1
      else { continue }
      let agreement = NameAgreement(sender, name)
      let isOther =
        agreement.isContradictory
        || hit.notes.contains("order") && !agreement.agrees && !sender.isEmpty
      found.append(
        (
          first,
          ContactPoint(
            kind: .name, value: raw, raw: raw, ownership: isOther ? .other : .own,
            reason: "“\(text.words(of: hit))”", isStated: !hit.notes.contains("weak"))
        ))
    }
    return found.map(\.point)
  }

  /// True for a word that is known as a name, or written with a capital.
  private static func isName(_ word: String, _ reader: NameReader) -> Bool {
    if PersonName(word, reader).words.first?.isCommon == true { return true }
    return word.first?.isUppercase == true
  }
}
