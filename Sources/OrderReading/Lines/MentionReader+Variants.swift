import Foundation
import InboxModel

/// What tells goods apart: colours, sizes, flavours.
extension MentionReader {
  /// Words between a number and what tells goods apart: "6 de carne", "one with sesame".
  static let partitives = SmallWords.partitive.words

  /// True for "of" and "with" behind a number: what follows tells apart what was named before.
  func isPartitive(
    _ place: Int, _ range: Range<Int>, _ text: OrderText, _ count: Count
  ) -> Bool {
    count.quantity != nil && count.factor == 1 && place < range.upperBound
      && MentionReader.partitives.contains(text.tokens[place].folded)
      && (count.unit == nil || text.hit("lead", at: place) == nil)
  }

  /// True for a colour, or a size and what it is called.
  func isDetail(_ place: Int, _ text: OrderText) -> Bool {
    guard text.tokens[place].isWord else { return text.tokens[place].isMasked }
    return text.hit("variant", at: place)?.isWeak == false
      || text.hit("trap_number", at: place) != nil
      || MentionReader.letterSizes.contains(text.tokens[place].folded)
  }

  static let letterSizes: Set<String> = ["s", "m", "l", "xl", "xs", "xxl"]

  /// True for a name that goods before it complete: colours and sizes alone; in Arabic and Hebrew also
  /// where one stands first, as it follows its noun.
  func isEllipsis(_ name: Range<Int>, _ text: OrderText) -> Bool {
    if isVariant(name, text, isStrict: true) { return true }
    guard let first = text.tokens[name.lowerBound].folded.unicodeScalars.first else { return false }
    return 0x590...0x6FF ~= first.value
      && text.phrase("variant", from: name.lowerBound)?.isWeak == false
  }

  /// True for "size 42" alone.
  func isSize(_ name: Range<Int>, _ text: OrderText) -> Bool {
    name.contains { text.tokens[$0].isMasked }
      && name.allSatisfy { text.tokens[$0].isMasked || text.hit("trap_number", at: $0) != nil }
  }

  /// A name without the colour or size at its end.
  func base(of name: Range<Int>, _ text: OrderText) -> Range<Int> {
    var end = name.upperBound
    while end > name.lowerBound, isDetail(end - 1, text) { end -= 1 }
    return name.lowerBound..<end
  }

  /// True for words that only tell goods apart: colours, sizes; where it is not `isStrict`, also
  /// flavours and the like, which are goods too.
  func isVariant(_ range: Range<Int>, _ text: OrderText, isStrict: Bool = false) -> Bool {
    let words = range.filter { text.tokens[$0].isWord }
    return !words.isEmpty
      && words.allSatisfy { place in
        ["variant", "lead", "trap_number", "and"].contains { text.hit($0, at: place) != nil }
          || MentionReader.prepositions.contains(text.tokens[place].folded)
          || MentionReader.letterSizes.contains(text.tokens[place].folded)
          || ["one", "ones"].contains(text.tokens[place].folded)
      }
      && words.contains { place in
        if text.hit("trap_number", at: place) != nil { return !isStrict }
        if MentionReader.letterSizes.contains(text.tokens[place].folded) { return true }
        return text.hit("variant", at: place).map { !isStrict || !$0.isWeak } ?? false
      }
  }

  /// "…, black": a colour or size of its own belongs to what was named before it.
  func addVariant(_ segment: Range<Int>, _ text: OrderText, _ found: inout [Mention])
    -> Bool
  {
    guard let last = found.indices.last, !text.gap(before: segment.lowerBound).endsSentence,
      segment.count <= 4, !beginsVariant(segment.lowerBound, text),
      segment.count == 1 || text.tokens[segment.lowerBound].folded == "a"
        || text.phrase("number_word", from: segment.lowerBound)?.value("=") == nil,
      segment.allSatisfy({ text.tokens[$0].isWord || text.tokens[$0].isMasked }),
      isVariant(segment, text)
        || segment.count <= 3
          && segment.contains(where: {
            MentionReader.colourWords.contains(text.tokens[$0].folded)
          })
    else { return false }
    // "3, wine colour": of what the talk is about.
    guard !found[last].item.isEmpty else { return true }
    found[last].item += ", " + text.slice(segment)
    found[last].words += text.tokens[segment].filter(\.isWord).map(\.folded)
    return true
  }

  /// Beside these stands a colour, whatever it is called.
  private static let colourWords = SmallWords.colourWord.words

  /// True for "one" before a colour: "one blue one brown".
  func beginsVariant(_ place: Int, _ text: OrderText) -> Bool {
    guard let hit = text.phrase("number_word", from: place), hit.value("=") != nil else {
      return false
    }
    return text.phrase("variant", from: hit.tokens.upperBound)?.isWeak == false
  }
}
