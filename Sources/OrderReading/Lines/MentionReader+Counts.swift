import Foundation

extension MentionReader {
  /// How many of what measure a part of a message names.
  struct Count {
    var quantity: Decimal?
    /// As written.
    var unit: String?
    /// What the unit counts: 12 for a dozen.
    var factor: Decimal = 1
    /// Where the unit stands, if one does.
    var unitTokens: Range<Int>?
    /// True if a number without a unit follows the name: it may be a price.
    var isTrailing = false
    /// The end of what is read.
    var end: Int

    mutating func multiply(_ factor: Decimal) {
      (quantity, self.factor) = ((quantity ?? 1) * factor, factor)
    }
  }

  /// "2 kilos", "a dozen", "a box": what stands before a name.
  func leadingCount(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>], _ how: Expectation
  ) -> Count {
    var count = Count(end: range.lowerBound)
    if let (value, noted, end) = quantity(at: count.end, range, text, money),
      // "A" and "one" count only where goods are expected.
      how == .asked || how == .carried || how == .list && followsAnd(count.end, text)
        || text.tokens[count.end].number != nil
        || text.hit("number_word", at: count.end)?.isWeak != true
        || text.phrase("quantity_unit", from: end) != nil
        || text.phrase("variant", from: end)?.isWeak == false
    {
      (count.quantity, count.unit, count.end) = (value, noted, end)
    }
    if count.quantity != nil, let end = contents(at: count.end, range, text) { count.end = end }
    if range.contains(count.end), let hit = text.phrase("quantity_unit", from: count.end) {
      count.unitTokens = hit.tokens
    }
    guard let (factor, name, end) = unit(at: count.end, range, text) else { return count }
    let isCounted = count.quantity != nil
    if let factor { count.multiply(factor) } else { count.unit = name }
    count.end = end
    // "A box, one of biscuits": in Hebrew and Arabic "one" follows its noun.
    if !isCounted, factor == nil, end + 1 < range.upperBound,
      let hit = text.phrase("number_word", from: end), !hit.isWeak || hit.value("=") == "1",
      let value = hit.value("=").flatMap({ Decimal(string: $0) })
    {
      (count.quantity, count.end) = (value, hit.tokens.upperBound)
    }
    count.quantity = count.quantity ?? 1
    // "A kilo and a half".
    if let (half, end) = half(at: count.end, text) {
      count.quantity = (count.quantity ?? 1) + half
      count.end = end
    }
    return count
  }

  /// "Two 1kg bags of coffee": how much each of what is counted holds; gives where that ends.
  private func contents(at place: Int, _ range: Range<Int>, _ text: OrderText) -> Int? {
    let unit = place + 2
    guard unit + 1 < range.upperBound, text.tokens[place].number != nil,
      text.gap(before: place + 1).signs.isEmpty,
      MentionReader.smallUnits.contains(text.tokens[place + 1].folded)
        || text.hit("quantity_unit", at: place + 1) != nil,
      text.phrase("quantity_unit", from: unit) != nil,
      !MentionReader.smallUnits.contains(text.tokens[unit].folded)
    else { return nil }
    return unit
  }

  /// "And one lamp": in a list, "one" behind "and" counts.
  private func followsAnd(_ place: Int, _ text: OrderText) -> Bool {
    place > 0 && place + 1 < text.tokens.count && text.tokens[place].folded != "a"
      && !text.tokens.contains { $0.number ?? 0 >= 50 }
      && (text.hit("and", at: place - 1) != nil || text.hit("and", at: place) != nil)
  }

  /// "Olives 2 kilos": the quantity behind the name.
  func readTrailing(
    _ count: inout Count, _ name: inout Range<Int>, _ range: Range<Int>, _ text: OrderText,
    _ money: [Range<Int>]
  ) {
    let end = count.end
    if count.quantity == nil, end < range.upperBound,
      let (value, noted, after) = quantity(at: end, range, text, money)
    {
      (count.quantity, count.unit, count.end) = (value, noted, after)
      count.isTrailing = text.tokens[end].number != nil
      if let (factor, word, after) = unit(at: after, range, text, isTrailing: true) {
        if let factor { count.quantity = value * factor } else { count.unit = word }
        (count.end, count.isTrailing) = (after, false)
      }
    }
    // "Cleaner 5 ltr can x 6": the unit stands before its number.
    if count.quantity == nil, !name.isEmpty, let (_, word, after) = unit(at: end, range, text),
      let (value, _, last) = quantity(at: after, range, text, money), last == range.upperBound
    {
      (count.quantity, count.unit, count.end) = (value, word, last)
    }
    // "Trousers black 40": a size.
    if count.isTrailing, let value = count.quantity, value > 12 {
      // "Books 200 pages".
      if range.upperBound - count.end == 1, text.tokens[count.end].isWord {
        count.end = range.upperBound
      }
      name = name.lowerBound..<count.end
      (count.quantity, count.isTrailing) = (nil, false)
    }
    if count.quantity == nil, !name.isEmpty, isDual(text.tokens[name.lowerBound].folded) {
      count.quantity = 2
    }
  }

  /// "Two boxes", "3 dozen": of what the talk is about.
  func nameByUnit(
    _ count: inout Count, _ name: inout Range<Int>, _ range: Range<Int>, _ text: OrderText
  ) {
    if name.isEmpty, let unit = count.unitTokens, count.quantity != nil {
      (name, count.unit) = (unit, nil)
    } else if name.isEmpty, count.quantity == 2, isDual(text.tokens[range.lowerBound].folded) {
      (name, count.unit) = (range.lowerBound..<(range.lowerBound + 1), nil)
    }
    guard count.factor == 1, count.quantity != nil, !name.isEmpty,
      let hit = text.phrase("quantity_unit", from: name.lowerBound), hit.tokens == name,
      let factor = (hit.value("=") ?? hit.value("x")).flatMap({ Decimal(string: $0) })
    else { return }
    count.multiply(factor)
  }
}
