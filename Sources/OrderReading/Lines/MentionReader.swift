import Foundation
import InboxModel

/// Finds goods in what somebody writes: quantity, unit and name, in whatever order.
struct MentionReader {
  /// A name of more words than these is a sentence.
  private static let longestName = 9

  /// A line of a list without a number has no more words than these.
  private static let longestBare = 3

  static let mostBare: Decimal = 60

  /// What is expected of words without a number.
  enum Expectation {
    /// Words that ask for goods stand before them.
    case asked
    /// Lists of goods are expected.
    case list
    /// Goods that were asked for stand before them.
    case carried
    case none
  }

  /// - Parameters:
  ///   - text: The message.
  ///   - amounts: Its sums of money.
  ///   - isList: True where goods are expected without words that ask for them.
  ///   - isPolite: True where a number or unit is enough to ask: "two coffees, please".
  /// - Returns: The goods, in the order in which they are named.
  func read(
    _ text: OrderText, _ amounts: Amounts, isList: Bool, isPolite: Bool = false
  ) -> [Mention] {
    let money = amounts.all.map(\.tokens)
    var found: [Mention] = []
    let isAsking = text.says("order_intent")
    var isPending = false
    for segment in segments(text) {
      if isDescription(segment, text, &found) { continue }
      if addVariant(segment, text, &found) || addCount(segment, text, money, &found) { continue }
      let intent = lead(segment, text)
      if text.phrase("purpose", from: segment.lowerBound) != nil, !intent.isAsked,
        text.tokens[segment.lowerBound].isWord
      {
        continue
      }
      let isAdded = text.tokens[segment.lowerBound].gap.signs.contains("+")
      let expectation: Expectation =
        intent.isAsked || isPending && beginsCount(intent.rest.lowerBound, text)
          || isAdded && isList
          || isPolite && beginsCount(intent.rest.lowerBound, text)
        ? .asked
        : found.contains(where: { $0.isAsked || $0.quantity != nil && isAsking })
          && !text.asks(in: segment) ? .carried : isList ? .list : .none
      var rest = skippingIntroduction(intent.rest, text, money)
      var isFirst = true
      // "I want, also, 80 cards".
      isPending = intent.isAsked && intent.rest.isEmpty
      if expectation == .asked, let count = bareCount(rest, text, money) {
        found.append(count)
        if followsPossession(count.tokens.upperBound, rest, text) { continue }
      }
      while !rest.isEmpty {
        guard let (mention, end) = mention(rest, text, money, isFirst ? expectation : .none) else {
          // A number or word of its own says more of what stands before it.
          addToLast(rest, text, money, &found)
          break
        }
        if isPronoun(mention.name, text) {
          if mention.quantity != nil { found.append(ofTopic(mention)) }
        } else if isGoods(mention.name, text) {
          found.append(mention)
        }
        rest = end..<rest.upperBound
        isFirst = false
      }
    }
    return found
  }

  /// "2 like these".
  private func ofTopic(_ mention: Mention) -> Mention {
    var mention = mention
    (mention.item, mention.words, mention.isUnit, mention.isAsked) = ("", [], true, true)
    return mention
  }

  /// "The 24 inch", "the 24 pack": how large what stands before it is.
  private func isDescription(
    _ segment: Range<Int>, _ text: OrderText, _ found: inout [Mention]
  ) -> Bool {
    guard let last = found.indices.last, !found[last].item.isEmpty, (2...5).contains(segment.count),
      !text.gap(before: segment.lowerBound).endsSentence,
      MentionReader.articles.contains(text.tokens[segment.lowerBound].folded),
      text.tokens[segment.lowerBound + 1].number != nil
    else { return false }
    return segment.dropFirst(2).allSatisfy {
      text.tokens[$0].isWord
        && (text.hit("quantity_unit", at: $0) != nil || text.hit("lead", at: $0) != nil
          || text.hit("number_word", at: $0) != nil || text.hit("variant", at: $0) != nil
          || MentionReader.smallUnits.contains(text.tokens[$0].folded)
          || text.tokens[$0].folded.unicodeScalars.count <= 4)
    }
  }

  /// "I want two": a number that counts what the talk is about.
  private func bareCount(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>]
  ) -> Mention? {
    guard let (value, _, end) = quantity(at: range.lowerBound, range, text, money), value <= 60,
      text.hit("number_word", at: range.lowerBound)?.isWeak != true,
      isNoise(end..<range.upperBound, text) || followsPossession(end, range, text)
    else { return nil }
    return Mention(
      item: "", words: [], quantity: value, unit: nil, name: range.lowerBound..<end,
      tokens: range.lowerBound..<end,
      proof: ReadOrder.Proof(
        field: "line", message: text.message.id, range: text.place(range.lowerBound..<end)),
      isAsked: true, isTrailing: false, isUnit: true)
  }

  /// "One with my name on it": what it has tells which, and is no name.
  private func followsPossession(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    place < range.upperBound && MentionReader.possessions.contains(text.tokens[place].folded)
  }

  static let possessions = SmallWords.possession.words

  /// The things that a part of a message names, joined by "and".
  func namedEach(in range: Range<Int>, _ text: OrderText) -> [Mention] {
    segments(text).filter { $0.overlaps(range) }.prefix(3).compactMap {
      named(in: $0.clamped(to: range), text)
    }.enumerated().filter { $0.offset == 0 || !isVariant($0.element.name, text) }.map(\.element)
  }

  /// The one thing that a part of a message names, without words that ask for it.
  func named(in range: Range<Int>, _ text: OrderText) -> Mention? {
    var start = range.lowerBound
    while start < range.upperBound, let end = noise(at: start, text) { start = max(end, start + 1) }
    guard start < range.upperBound,
      let (mention, _) = mention(start..<range.upperBound, text, [], .asked)
    else { return nil }
    return isGoods(mention.name, text) ? mention : nil
  }

  /// The goods at the beginning of a range, and where they end.
  private func mention(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>], _ how: Expectation
  ) -> (Mention, end: Int)? {
    var count = leadingCount(range, text, money, how)
    var place = count.end
    let isPartOf = isPartitive(place, range, text, count)
    while place < range.upperBound, let hit = text.hit("lead", at: place) {
      place = hit.tokens.upperBound
    }
    count.end = nameEnd(place, range, text, money, isCounted: count.quantity != nil)
    var name = place..<count.end
    readTrailing(&count, &name, range, text, money)
    // So many of one thing are asked for, or counted in a unit: else the number is a name or a guess.
    if let value = count.quantity, value > MentionReader.mostBare, count.unit == nil,
      how == .none || how == .list
    {
      return nil
    }
    nameByUnit(&count, &name, range, text)
    if count.end < range.upperBound,
      beginsPurpose(count.end, text) || isInscription(count.end, range, text)
    {
      count.end = range.upperBound
    }
    let isShort =
      name.count <= MentionReader.longestBare
      && (count.end == range.upperBound
        || count.end < range.upperBound
          && MentionReader.conditions.contains(text.tokens[count.end].folded))
    guard !name.isEmpty, name.count <= MentionReader.longestName,
      count.quantity != nil || how == .asked || (how == .list || how == .carried) && isShort
    else { return nil }
    name = trimmed(name, text)
    guard !name.isEmpty, !isTerm(name.lowerBound, text) else { return nil }
    var mention = self.mention(name, range.lowerBound..<count.end, text, count)
    if how == .list || how == .carried || text.tokens[range.lowerBound].gap.signs.contains("\n") {
      dropAnd(&mention)
    }
    mention.isAsked = how == .asked
    mention.isVariant =
      isPartOf || count.quantity != nil && isSize(name, text)
      || (count.quantity != nil || how == .asked) && isEllipsis(name, text)
    return (mention, count.end)
  }

  /// "And-soap" in a list: Arabic and Hebrew write "and" together with the name.
  private func dropAnd(_ mention: inout Mention) {
    guard let word = mention.words.first, Mention.beginsWithAnd(word), word.count >= 5,
      mention.item.first == word.first,
      !MentionReader.onlyLooksJoined(word)
    else { return }
    mention.words[0].removeFirst()
    mention.item.removeFirst()
  }

  /// True for a word whose first letter is no "and".
  static func onlyLooksJoined(_ word: String) -> Bool {
    beginningWithW.contains { word.hasPrefix($0) }
  }

  /// Goods and numbers whose first letter only looks like "and".
  private static let beginningWithW = [
    "ورد", "ورق", "وساد", "وساي", "وشاح", "وافل", "وجب", "وحد", "وعاء", "ولاع", "وصل", "وايت",
    "وود", "ويسكي", "واحد", "ווא", "ורד", "ורוד", "וילו", "וופל", "ויטמ", "ודקה", "ויסק", "וניל",
    "וידא",
    "וינט", "ואפל", "וולנ", "וזלי", "ויטר",
  ]

  /// "Soaps (30g": a bracket that the name does not close begins no part of it.
  private func withoutOpenBracket(_ item: String) -> String {
    guard let open = item.lastIndex(of: "("), open > item.startIndex, !item[open...].contains(")")
    else { return item }
    return item[..<open].trimmingCharacters(in: .whitespaces)
  }

  private func mention(
    _ name: Range<Int>, _ tokens: Range<Int>, _ text: OrderText, _ count: Count
  ) -> Mention {
    let bare = base(of: name, text)
    return Mention(
      item: withoutOpenBracket(withoutJoint(text.slice(name), name.lowerBound, text)),
      words: text.tokens[name].filter(\.isWord).map(\.folded), quantity: count.quantity,
      unit: count.unit, name: name, tokens: tokens,
      proof: ReadOrder.Proof(field: "line", message: text.message.id, range: text.place(tokens)),
      isAsked: false, isTrailing: count.isTrailing,
      isFlavour: count.quantity != nil && isVariant(name, text),
      isUnit: name.allSatisfy {
        text.hit("quantity_unit", at: $0) != nil
          || isDual(text.tokens[$0].folded) && text.hit("number_word", at: $0) != nil
      }, factor: count.factor,
      base: bare.isEmpty || bare.count == name.count ? nil : text.slice(bare),
      variants: (bare.upperBound..<name.upperBound).map { text.tokens[$0].folded })
  }

  /// "Maths grade 5 - 2 copies": a count of its own is of what its line names; a number before it is
  /// part of the name.
  private func addCount(
    _ segment: Range<Int>, _ text: OrderText, _ money: [Range<Int>], _ found: inout [Mention]
  ) -> Bool {
    guard let last = found.indices.last, !text.gap(before: segment.lowerBound).endsSentence,
      found[last].tokens.upperBound == segment.lowerBound, !found[last].isUnit,
      found[last].quantity == nil || found[last].isTrailing,
      let (value, _, end) = quantity(at: segment.lowerBound, segment, text, money)
    else { return false }
    let unit = unit(at: end, segment, text, isTrailing: true)
    guard (unit?.end ?? end) == segment.upperBound, unit != nil || found[last].isTrailing else {
      return false
    }
    if found[last].isTrailing {
      found[last].item = text.slice(found[last].name.lowerBound..<segment.lowerBound)
    }
    found[last].quantity = value * (unit?.factor ?? 1)
    if unit?.factor == nil { found[last].unit = unit?.name ?? found[last].unit }
    found[last].isTrailing = false
    return true
  }

  /// A quantity or a word on its own belongs to what was named before it: "clear, x2".
  private func addToLast(
    _ rest: Range<Int>, _ text: OrderText, _ money: [Range<Int>], _ found: inout [Mention]
  ) {
    guard let last = found.indices.last, !text.gap(before: rest.lowerBound).endsSentence else {
      return
    }
    if let (value, _, end) = quantity(at: rest.lowerBound, rest, text, money),
      end == rest.upperBound
    {
      if value > 12, value <= 250, text.tokens[rest.lowerBound].number != nil,
        !text.gap(before: rest.lowerBound).signs.contains(where: { "-–—x×:".contains($0) })
      {
        // "Trousers black 40": a size.
        found[last].item += " " + text.slice(rest)
      } else if found[last].quantity == nil || found[last].quantity == 1 {
        found[last].quantity = value
      }
    } else if rest.count <= 2, nameEnd(rest.lowerBound, rest, text, money) == rest.upperBound {
      found[last].item += ", " + text.slice(rest)
      found[last].words += text.tokens[rest].filter(\.isWord).map(\.folded)
    }
  }
}
