import Foundation

/// How many, and of what measure.
extension MentionReader {
  /// A number that counts goods: its value, the unit that is part of the word, and its end.
  func quantity(
    at place: Int, _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>]
  ) -> (Decimal, String?, Int)? {
    guard range.contains(place) else { return nil }
    let token = text.tokens[place]
    // x2, and Arabic or Hebrew "and 2".
    if ["x", "χ", "و", "ו", "×"].contains(token.folded), place + 1 < range.upperBound,
      let number = text.tokens[place + 1].number, !text.tokens[place + 1].isMasked
    {
      return (number, nil, place + 2)
    }
    if let number = token.number {
      guard !token.isMasked, !money.contains(where: { $0.contains(place) }),
        number > 0, isCount(number, place, text), !isThousands(place, text), !isTerm(place, text)
      else { return nil }
      var end = place + 1
      if end < range.upperBound, ["x", "χ"].contains(text.tokens[end].folded) { end += 1 }
      // "2 and a half kilos".
      if let (half, after) = half(at: end, text) { return (number + half, nil, after) }
      return (number, nil, end)
    }
    guard let hit = text.phrase("number_word", from: place),
      hit.tokens.upperBound <= range.upperBound, let value = hit.value("=") ?? hit.value("+"),
      let number = Decimal(string: value)
    else { return nil }
    // A pair of shoes, two kilos in one word: what it counts is noted beside the number.
    let unit = hit.notes.first { note in
      !note.hasPrefix("=") && !note.hasPrefix("lang:")
        && text.hit("quantity_unit", at: place) != nil
        && note.count > 2
    }
    // "Two boxes" in one word.
    let dual =
      isDual(text.tokens[place].folded) ? withoutJoint(text.slice(hit.tokens), place, text) : nil
    return (number, unit ?? dual, hit.tokens.upperBound)
  }

  /// True for one of the numbers of "600 + 300": a sum.
  func isTerm(_ place: Int, _ text: OrderText) -> Bool {
    [place, place + 1].contains { right in
      text.gap(before: right).signs == "+" && right > 0 && right < text.tokens.count
        && text.tokens[right].number != nil && text.tokens[right - 1].number != nil
    }
  }

  /// True for "50k": money.
  private func isThousands(_ place: Int, _ text: OrderText) -> Bool {
    text.gap(before: place + 1).isNone
      && text.hits["number_word"]?.contains {
        $0.tokens.lowerBound == place + 1 && $0.value("x") != nil
      } ?? false
  }

  /// "And a half" behind a number or unit: how much it adds, and its end.
  func half(at place: Int, _ text: OrderText) -> (Decimal, end: Int)? {
    if text.tokens.indices.contains(place),
      let part = MentionReader.joinedHalves[text.tokens[place].folded]
    {
      return (part, place + 1)
    }
    guard let hit = text.phrase("number_word", from: place),
      let half = hit.value("+").flatMap({ Decimal(string: $0) })
    else { return spelledHalf(at: place, text) }
    return (half, hit.tokens.upperBound)
  }

  /// "And a half", "και μισό κιλό": "and" before less than one.
  private func spelledHalf(at place: Int, _ text: OrderText) -> (Decimal, end: Int)? {
    guard text.tokens.indices.contains(place), text.hit("and", at: place) != nil else { return nil }
    for start in (place + 1)...(place + 2) {
      guard let hit = text.phrase("number_word", from: start),
        let value = hit.value("=").flatMap({ Decimal(string: $0) })
      else { continue }
      if value < 1, value > 0 { return (value, hit.tokens.upperBound) }
      if text.tokens[start].folded != "a" { return nil }
    }
    return nil
  }

  /// Written together with "and", also where a unit behind them makes a longer phrase.
  private static let joinedHalves: [String: Decimal] = [
    "וחצי": 0.5, "ורבע": 0.25, "ونص": 0.5, "ونصف": 0.5, "وربع": 0.25,
  ]

  /// False for 3.50: what has two decimals is a sum of money, unless a unit follows.
  func isCount(_ number: Decimal, _ place: Int, _ text: OrderText) -> Bool {
    guard text.hit("quantity_unit", at: place + 1) == nil else { return true }
    let written = String(decoding: text.bytes[text.tokens[place].range], as: UTF8.self)
    let fraction = written.split { ".,٫،".contains($0) }.dropFirst().last ?? ""
    // Four digits in a row number an order.
    let isPlain = fraction.isEmpty && number >= 1_000
    if isPlain, number >= 10_000 || !written.hasSuffix("0") { return false }
    let isAsked =
      place == 0 || text.hit("order_intent", at: place - 1) != nil
      || text.hit("lead", at: place - 1) != nil
    return fraction.unicodeScalars.count != 2 && (!isPlain || isAsked && text.says("order_intent"))
      && number < 100_000
  }

  /// A unit: how many it is (a dozen), or its name.
  func unit(
    at place: Int, _ range: Range<Int>, _ text: OrderText, isTrailing: Bool = false
  ) -> (factor: Decimal?, name: String, end: Int)? {
    guard range.contains(place), let hit = text.phrase("quantity_unit", from: place),
      hit.tokens.upperBound < range.upperBound
        || isTrailing && hit.tokens.upperBound == range.upperBound,
      text.tokens[place].folded.unicodeScalars.count > 1 || place > range.lowerBound,
      !isDefinite(place, range, text)
    else { return nil }
    let factor = hit.value("=") ?? hit.value("x")
    return (
      factor.flatMap { Decimal(string: $0) }, withoutJoint(text.slice(hit.tokens), place, text),
      hit.tokens.upperBound
    )
  }

  /// Words without the "and" that Arabic and Hebrew write together with the first of them.
  func withoutJoint(_ words: String, _ place: Int, _ text: OrderText) -> String {
    guard place > 0, hasJoint(place, text), let first = words.first, "وו".contains(first) else {
      return words
    }
    return String(words.dropFirst())
  }

  /// True for "the box" without a number: it names goods, and counts none.
  private func isDefinite(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    guard place == range.lowerBound else { return false }
    let word = text.tokens[place].folded
    if let hit = text.phrase("quantity_unit", from: place), hit.value("=") ?? hit.value("x") != nil
    {
      return false
    }
    return word.unicodeScalars.count > 3 && (word.hasPrefix("ال") || word.hasPrefix("ה"))
      || place > 0 && MentionReader.articles.contains(text.tokens[place - 1].folded)
  }

  static let articles = SmallWords.articleOfName.words

  /// Arabic nouns that say two: طرحتين.
  func isDual(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    return scalars.count >= 5 && word.hasSuffix("تين")
      && scalars.allSatisfy { 0x600...0x6FF ~= $0.value }
  }
}
