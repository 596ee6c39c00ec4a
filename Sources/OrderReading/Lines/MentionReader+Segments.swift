import Foundation
import InboxModel

/// The parts of a message, and what goes before goods in them.
extension MentionReader {
  /// The parts of a message in which one thing is named each.
  func segments(_ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    func close(_ end: Int, next: Int) {
      if start < end { found.append(start..<end) }
      start = next
    }
    let asides = asides(text)
    for place in text.tokens.indices where place > start {
      let gap = text.tokens[place].gap
      if let aside = asides.first(where: { $0.lowerBound == place || $0.upperBound == place }) {
        close(place, next: aside.lowerBound == place ? aside.upperBound : place)
      } else if text.isLink(place) || text.isLink(place - 1) {
        close(place, next: text.isLink(place) ? place + 1 : place)
      } else if text.isPicture(place - 1) || text.isPicture(place) {
        close(place, next: text.isPicture(place) ? place + 1 : place)
      } else if gap.endsSentence || gap.isComma && !(gap.signs == "-" && !gap.hasBlank) {
        close(place, next: place)
      } else if isRepeated(place, from: start, text) {
        close(place, next: place)
      } else if let next = strongJoint(place, from: start, text) ?? joint(place, text) {
        close(place, next: next)
      } else if hasJoint(place, text) {
        close(place, next: text.tokens[place].folded.count == 1 ? place + 1 : place)
      }
    }
    close(text.tokens.count, next: text.tokens.count)
    return found
  }

  /// What stands in brackets tells more of what stands before them, unless it is a number alone.
  private func asides(_ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    guard text.bytes.contains(0x28) else { return found }
    var start: Int?
    for place in 0...text.tokens.count {
      let signs = text.gap(before: place).signs
      if let first = start, signs.contains(")") {
        let isCount = place - first <= 2 && text.tokens[first].number != nil
        if !isCount || text.tokens[first].isMasked { found.append(first..<place) }
        start = nil
      }
      if signs == "(", place > 0 { start = place }
    }
    return found
  }

  /// "One navy one olive": the same number once more begins another thing.
  private func isRepeated(_ place: Int, from start: Int, _ text: OrderText) -> Bool {
    guard place > start + 1, place + 1 < text.tokens.count,
      text.hits["number_word"]?.count ?? 0 > 1,
      let hit = text.phrase("number_word", from: place), hit.value("=") == "1",
      text.tokens[place].folded != "a", let first = text.phrase("number_word", from: start)
    else { return false }
    return first.value("=") == "1" && text.tokens[start].folded != "a"
  }

  /// "2 of it and also a novel": words behind which only another thing can follow.
  private func strongJoint(_ place: Int, from start: Int, _ text: OrderText) -> Int? {
    guard MentionReader.joints.contains(text.tokens[place].folded), place + 1 < text.tokens.count,
      !text.gap(before: place + 1).endsSentence
    else { return nil }
    // "Bring with it another": nothing stands before it.
    let isFirst =
      (text.hits["order_intent"]?.contains { $0.tokens.upperBound == place } ?? false)
      && !OrderText.verbsAtEnd.contains(text.tokens[place - 1].folded)
    return isFirst ? nil : place + 1
  }

  private static let joints = SmallWords.joint.words

  /// The end of an "and" that joins two things.
  func joint(_ place: Int, _ text: OrderText) -> Int? {
    guard let hit = text.phrase("and", from: place), !isInsideNumber(place, text) else {
      return nil
    }
    // "One and a half kilos".
    let counted =
      text.tokens[place - 1].number.map { $0 < 100 } ?? false
      || text.phrase("number_word", from: place - 1)?.isWeak == false
      || text.hit("quantity_unit", at: place - 1) != nil
    if counted, let (_, end) = half(at: place, text),
      text.hit("quantity_unit", at: place - 1) == nil || end == text.tokens.count
        || text.gap(before: end).endsSentence || text.gap(before: end).isComma
    {
      return nil
    }
    // "I want and 80 cards": nothing stands before it.
    if !OrderText.verbsAtEnd.contains(text.tokens[place - 1].folded),
      text.hits["order_intent"]?.contains(where: { $0.tokens.upperBound == place }) == true
    {
      return nil
    }
    // "And a tube": the number may be part of the phrase.
    if beginsGoods(place + 1, text) { return place + 1 }
    let isBehindCount =
      text.tokens[place - 1].number != nil && !text.tokens[place - 1].isMasked
      || text.hits["number_word"]?.contains { $0.tokens.upperBound == place && !$0.isWeak } ?? false
    return beginsGoods(hit.tokens.upperBound, text) || isBehindCount ? hit.tokens.upperBound : nil
  }

  /// True within "a dozen and a half".
  func isInsideNumber(_ place: Int, _ text: OrderText) -> Bool {
    text.hits["number_word"]?.contains {
      $0.tokens.lowerBound < place && place + 1 < $0.tokens.upperBound
    } ?? false
  }

  /// True if a quantity follows, or a unit: then "and" joins two things, not two words of one.
  func beginsGoods(_ place: Int, _ text: OrderText) -> Bool {
    guard place < text.tokens.count else { return false }
    return text.tokens[place].number != nil || text.hit("number_word", at: place) != nil
      || text.hit("quantity_unit", at: place) != nil || isDual(text.tokens[place].folded)
      || text.hit("lead", at: place) != nil || text.hit("order_intent", at: place) != nil
  }

  /// True where a number or unit stands.
  func beginsCount(_ place: Int, _ text: OrderText) -> Bool {
    guard place < text.tokens.count else { return false }
    return text.tokens[place].number != nil
      || ["number_word", "quantity_unit"].contains { text.hit($0, at: place) != nil }
  }

  /// Arabic and Hebrew "and", written together with a number or unit.
  func hasJoint(_ place: Int, _ text: OrderText) -> Bool {
    let word = text.tokens[place].folded
    guard let first = word.first, first == "و" || first == "ו" else { return false }
    if word.count == 1 { return place + 1 < text.tokens.count && beginsGoods(place + 1, text) }
    let isCounted = ["number_word", "quantity_unit"].contains { category in
      text.hit(category, at: place).map { $0.tokens.lowerBound == place } ?? false
    }
    // "a kilo and a half" is one quantity.
    let isFraction =
      half(at: place, text) != nil
      && (text.tokens[place - 1].number != nil || text.hit("quantity_unit", at: place - 1) != nil)
    // "Repair of two fridges and-repair of an oven": the head once more.
    let isRepeated =
      word.count > 4 && !MentionReader.onlyLooksJoined(word)
      && text.tokens[..<place].contains { $0.folded == word.dropFirst() }
    return isCounted && !isFraction || isRepeated
      || word.count > 4 && isDual(String(word.dropFirst()))
  }

  /// What goes before goods: words that ask, add and greet.
  func lead(_ segment: Range<Int>, _ text: OrderText) -> (isAsked: Bool, rest: Range<Int>) {
    var start = segment.lowerBound
    var isAsked = false
    // Behind the last words that ask, as far as they stand before any number.
    let number = segment.first { text.tokens[$0].number != nil } ?? segment.upperBound
    for category in ["order_intent", "order_add", "set_to", "change"] {
      for hit in text.hits(category, in: segment.lowerBound..<number)
      where hit.tokens.upperBound <= segment.upperBound
        && (category == "order_intent" || hit.tokens.lowerBound <= start + 2)
      {
        if hit.tokens.upperBound > start { start = hit.tokens.upperBound }
        if category == "order_intent" || category == "order_add" { isAsked = true }
      }
    }
    // "2 kilos of baklava I want": what is asked for stands before the words that ask.
    let asking = text.hits("order_intent", in: segment) + text.hits("order_add", in: segment)
    if let last = asking.max(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }),
      last.tokens.upperBound <= segment.upperBound,
      isNoise(last.tokens.upperBound..<segment.upperBound, text),
      (segment.lowerBound..<last.tokens.lowerBound).contains(where: {
        text.tokens[$0].number != nil || text.hit("quantity_unit", at: $0) != nil
          || text.hit("number_word", at: $0) != nil
      }) || OrderText.verbsAtEnd.contains(text.tokens[last.tokens.upperBound - 1].folded)
    {
      var first = segment.lowerBound
      while first < last.tokens.lowerBound, let end = noise(at: first, text) {
        first = max(end, first + 1)
      }
      if first < last.tokens.lowerBound { return (true, first..<last.tokens.lowerBound) }
    }
    while start < segment.upperBound, let end = noise(at: start, text) {
      start = max(end, start + 1)
    }
    return (isAsked, min(start, segment.upperBound)..<segment.upperBound)
  }

  /// Without a few words before a quantity that has a name behind it.
  func skippingIntroduction(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>]
  ) -> Range<Int> {
    guard quantity(at: range.lowerBound, range, text, money) == nil,
      text.phrase("quantity_unit", from: range.lowerBound) == nil
    else { return range }
    for place in range.dropFirst().prefix(3) {
      guard !MentionReader.partitives.contains(text.tokens[place - 1].folded),
        !isEquipment(place, text),
        let (value, _, end) = quantity(at: place, range, text, money)
      else { continue }
      if value > MentionReader.mostBare, text.hit("quantity_unit", at: end) == nil { return range }
      // "Perfume 100 ml": how much of it one holds.
      if end < range.upperBound, MentionReader.smallUnits.contains(text.tokens[end].folded) {
        return range
      }
      let name = unit(at: end, range, text)?.end ?? end
      let isNamed =
        name < range.upperBound && text.tokens[name].isWord
        && text.hit("quantity_unit", at: name) == nil
        && nameEnd(name, range, text, money) > name
      return isNamed ? place..<range.upperBound : range
    }
    return range
  }

  /// "The drawers with the 5 handles": a number behind "with the" counts parts of what is named.
  func isEquipment(_ place: Int, _ text: OrderText) -> Bool {
    place >= 2 && MentionReader.articles.contains(text.tokens[place - 1].folded)
      && MentionReader.partitives.contains(text.tokens[place - 2].folded)
  }

  /// True if nothing in a range can name goods.
  func isNoise(_ range: Range<Int>, _ text: OrderText) -> Bool {
    range.allSatisfy { place in
      [
        "greeting", "item_end", "lead", "confirm_customer", "date_time", "occasion", "purpose",
        "picked_up", "delivery_request",
      ]
      .contains { text.hit($0, at: place) != nil }
    }
  }

  private static let noises = [
    "greeting", "item_end", "lead", "confirm_customer", "and", "order_add", "order_intent",
    "order_intent_weak",
  ]

  /// The end of a phrase that says nothing of goods; nil if there is none.
  func noise(at place: Int, _ text: OrderText) -> Int? {
    // "How many" counts nothing.
    if let number = text.hit("number_word", at: place),
      number.value("=") ?? number.value("+") != nil
    {
      return nil
    }
    var longest = place
    for category in MentionReader.noises {
      if let hit = text.hit(category, at: place), hit.tokens.lowerBound == place {
        longest = max(longest, hit.tokens.upperBound)
      }
    }
    if longest > place { return longest }
    // "Only one cream".
    if let hit = text.hit("price_marker", at: place), hit.tokens.lowerBound == place,
      hit.tokens.upperBound < text.tokens.count, text.tokens[hit.tokens.upperBound].isWord
    {
      return hit.tokens.upperBound
    }
    return nil
  }
}
