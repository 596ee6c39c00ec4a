import Foundation
import InboxModel

/// Finds goods in what somebody writes: quantity, unit and name, in whatever order.
struct MentionReader {
  /// A name of more words than these is a sentence.
  private static let longestName = 9
  /// A line of a list without a number has no more words than these.
  private static let longestBare = 3

  private static let mostBare: Decimal = 60

  /// What is expected of words without a number.
  private enum Expectation {
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
    for segment in segments(text) {
      if addVariant(segment, text, &found) { continue }
      let intent = lead(segment, text)
      if text.phrase("purpose", from: segment.lowerBound) != nil, !intent.isAsked { continue }
      let isAdded = text.tokens[segment.lowerBound].gap.signs.contains("+")
      let expectation: Expectation =
        intent.isAsked || isAdded && isList || isPolite && beginsCount(intent.rest.lowerBound, text)
        ? .asked
        : found.contains(where: { $0.isAsked || $0.quantity != nil && isAsking })
          ? .carried : isList ? .list : .none
      var rest = skippingIntroduction(intent.rest, text, money)
      var isFirst = true
      if expectation == .asked, let count = bareCount(rest, text, money) { found.append(count) }
      while !rest.isEmpty {
        guard let (mention, end) = mention(rest, text, money, isFirst ? expectation : .none) else {
          // A number or word of its own says more of what stands before it.
          addToLast(rest, text, money, &found)
          break
        }
        if isGoods(mention.name, text) { found.append(mention) }
        rest = end..<rest.upperBound
        isFirst = false
      }
    }
    return found
  }

  /// "I want two": a number that counts what the talk is about.
  private func bareCount(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>]
  ) -> Mention? {
    guard let (value, _, end) = quantity(at: range.lowerBound, range, text, money), value <= 60,
      text.hit("number_word", at: range.lowerBound)?.isWeak != true,
      isNoise(end..<range.upperBound, text)
    else { return nil }
    return Mention(
      item: "", words: [], quantity: value, unit: nil, name: range.lowerBound..<end,
      tokens: range.lowerBound..<end,
      proof: ReadOrder.Proof(
        field: "line", message: text.message.id, range: text.place(range.lowerBound..<end)),
      isAsked: true, isTrailing: false, isUnit: true)
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

  /// The parts of a message in which one thing is named each.
  private func segments(_ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    func close(_ end: Int, next: Int) {
      if start < end { found.append(start..<end) }
      start = next
    }
    for place in text.tokens.indices where place > start {
      let gap = text.tokens[place].gap
      if text.isPicture(place - 1) || text.isPicture(place) {
        close(place, next: text.isPicture(place) ? place + 1 : place)
      } else if gap.endsSentence || gap.isComma && !(gap.signs == "-" && !gap.hasBlank) {
        close(place, next: place)
      } else if let next = joint(place, text) {
        close(place, next: next)
      } else if hasJoint(place, text) {
        close(place, next: text.tokens[place].folded.count == 1 ? place + 1 : place)
      }
    }
    close(text.tokens.count, next: text.tokens.count)
    return found
  }

  /// The end of an "and" that joins two things.
  private func joint(_ place: Int, _ text: OrderText) -> Int? {
    guard let hit = text.phrase("and", from: place), !isInsideNumber(place, text) else {
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
  private func isInsideNumber(_ place: Int, _ text: OrderText) -> Bool {
    text.hits["number_word"]?.contains {
      $0.tokens.lowerBound < place && place + 1 < $0.tokens.upperBound
    } ?? false
  }

  /// True if a quantity follows, or a unit: then "and" joins two things, not two words of one.
  private func beginsGoods(_ place: Int, _ text: OrderText) -> Bool {
    guard place < text.tokens.count else { return false }
    return text.tokens[place].number != nil || text.hit("number_word", at: place) != nil
      || text.hit("quantity_unit", at: place) != nil || isDual(text.tokens[place].folded)
      || text.hit("lead", at: place) != nil || text.hit("order_intent", at: place) != nil
  }

  /// True where a number or unit stands.
  private func beginsCount(_ place: Int, _ text: OrderText) -> Bool {
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
    return isCounted && !isFraction || word.count > 4 && isDual(String(word.dropFirst()))
  }

  /// What goes before goods: words that ask, add and greet.
  private func lead(_ segment: Range<Int>, _ text: OrderText) -> (isAsked: Bool, rest: Range<Int>) {
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
  private func skippingIntroduction(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>]
  ) -> Range<Int> {
    guard quantity(at: range.lowerBound, range, text, money) == nil,
      text.phrase("quantity_unit", from: range.lowerBound) == nil
    else { return range }
    for place in range.dropFirst().prefix(3) {
      guard let (_, _, end) = quantity(at: place, range, text, money) else { continue }
      let name = unit(at: end, range, text)?.end ?? end
      let isNamed =
        name < range.upperBound && text.tokens[name].isWord
        && text.hit("quantity_unit", at: name) == nil
        && nameEnd(name, range, text, money) > name
      return isNamed ? place..<range.upperBound : range
    }
    return range
  }

  /// True if nothing in a range can name goods.
  private func isNoise(_ range: Range<Int>, _ text: OrderText) -> Bool {
    range.allSatisfy { place in
      [
        "greeting", "item_end", "lead", "confirm_customer", "date_time", "occasion", "purpose",
        "picked_up", "delivery_request",
      ]
      .contains { text.hit($0, at: place) != nil }
    }
  }

  /// The end of a phrase that says nothing of goods; nil if there is none.
  private func noise(at place: Int, _ text: OrderText) -> Int? {
    for category in [
      "greeting", "item_end", "lead", "confirm_customer", "and", "order_add", "order_intent",
      "order_intent_weak",
    ] {
      if let hit = text.hit(category, at: place), hit.tokens.lowerBound == place,
        text.hit("number_word", at: place) == nil
      {
        return hit.tokens.upperBound
      }
    }
    // "Only one cream".
    if let hit = text.hit("price_marker", at: place), hit.tokens.lowerBound == place,
      hit.tokens.upperBound < text.tokens.count, text.tokens[hit.tokens.upperBound].isWord
    {
      return hit.tokens.upperBound
    }
    return nil
  }

  /// The goods at the beginning of a range, and where they end.
  private func mention(
    _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>], _ how: Expectation
  ) -> (Mention, end: Int)? {
    var place = range.lowerBound
    var quantity: Decimal?
    var unit: String?
    if let (value, noted, end) = self.quantity(at: place, range, text, money),
      // "A" and "one" count only where goods are expected.
      how == .asked || how == .carried || text.tokens[place].number != nil
        || text.hit("number_word", at: place)?.isWeak != true
        || text.phrase("quantity_unit", from: end) != nil
        || text.phrase("variant", from: end)?.isWeak == false
    {
      (quantity, unit, place) = (value, noted, end)
    }
    var unitTokens: Range<Int>?
    var dozen: Decimal = 1
    if let hit = text.hit("quantity_unit", at: place), range.contains(place),
      hit.tokens.lowerBound == place
    {
      unitTokens = hit.tokens
    }
    if let (factor, name, end) = self.unit(at: place, range, text) {
      if let known = factor { (quantity, dozen) = ((quantity ?? 1) * known, known) }
      if factor == nil { unit = name }
      place = end
      // "A box, one of biscuits": in Hebrew and Arabic "one" follows its noun.
      if quantity == nil, place + 1 < range.upperBound,
        let hit = text.phrase("number_word", from: place),
        !hit.isWeak || hit.value("=") == "1",
        let value = hit.value("=").flatMap({ Decimal(string: $0) })
      {
        (quantity, place) = (value, hit.tokens.upperBound)
      }
      quantity = quantity ?? 1
      // "a kilo and a half".
      if let (half, end) = half(at: place, text) {
        quantity = (quantity ?? 1) + half
        place = end
      }
    }
    let isPartOf =
      quantity != nil && dozen == 1 && place < range.upperBound && isPartitive(place, text)
      && (unit == nil || text.hit("lead", at: place) == nil)
    while place < range.upperBound, let hit = text.hit("lead", at: place) {
      place = hit.tokens.upperBound
    }
    let end = nameEnd(place, range, text, money, isCounted: quantity != nil)
    var name = place..<end
    // "olives 2 kilos": the quantity behind the name.
    var last = end
    var isTrailing = false
    if quantity == nil, end < range.upperBound,
      let (value, noted, after) = self.quantity(at: end, range, text, money)
    {
      (quantity, unit, last, isTrailing) = (value, noted, after, text.tokens[end].number != nil)
      if let (factor, word, after) = self.unit(at: after, range, text) {
        if let factor { quantity = (quantity ?? 1) * factor } else { unit = word }
        (last, isTrailing) = (after, false)
      }
    }
    // "Trousers black 40": a size.
    if isTrailing, let value = quantity, value > 12 {
      (name, quantity, isTrailing) = (name.lowerBound..<last, nil, false)
    }
    if quantity == nil, !name.isEmpty, isDual(text.tokens[name.lowerBound].folded) { quantity = 2 }
    // So many of one thing are asked for, or counted in a unit: else the number is a name or a guess.
    if let value = quantity, value > MentionReader.mostBare, unit == nil,
      how == .none || how == .list
    {
      return nil
    }
    // "Two boxes", "3 dozen": of what the talk is about.
    if name.isEmpty, let word = unitTokens, quantity != nil { (name, unit) = (word, nil) }
    if dozen == 1, let count = quantity, !name.isEmpty,
      let hit = text.phrase("quantity_unit", from: name.lowerBound), hit.tokens == name,
      let factor = (hit.value("=") ?? hit.value("x")).flatMap({ Decimal(string: $0) })
    {
      (quantity, dozen) = (count * factor, factor)
    }
    if last < range.upperBound, beginsPurpose(last, text) || isInscription(last, range, text) {
      last = range.upperBound
    }
    let isShort = name.count <= MentionReader.longestBare && last == range.upperBound
    guard !name.isEmpty, name.count <= MentionReader.longestName,
      quantity != nil || how == .asked || (how == .list || how == .carried) && isShort
    else { return nil }
    name = trimmed(name, text)
    guard !name.isEmpty else { return nil }
    let bare = base(of: name, text)
    return (
      Mention(
        item: withoutJoint(text.slice(name), name.lowerBound, text),
        words: text.tokens[name].filter(\.isWord).map(\.folded),
        quantity: quantity, unit: unit, name: name, tokens: range.lowerBound..<last,
        proof: ReadOrder.Proof(
          field: "line", message: text.message.id, range: text.place(range.lowerBound..<last)),
        isAsked: how == .asked, isTrailing: isTrailing,
        isVariant: isPartOf || (quantity != nil || how == .asked) && isEllipsis(name, text),
        isFlavour: quantity != nil && isVariant(name, text),
        isUnit: name.allSatisfy { text.hit("quantity_unit", at: $0) != nil },
        factor: dozen, base: bare.isEmpty || bare.count == name.count ? nil : text.slice(bare),
        variants: (bare.upperBound..<name.upperBound).map { text.tokens[$0].folded }), last
    )
  }

  /// Words between a number and what tells goods apart: "6 de carne", "one with sesame".
  private static let partitives: Set<String> = [
    "de", "con", "avec", "au", "aux", "with", "με", "me", "مع", "عم", "ma3", "m3a", "עמ", "im",
    "mit", "ile",
  ]

  private func isPartitive(_ place: Int, _ text: OrderText) -> Bool {
    MentionReader.partitives.contains(text.tokens[place].folded)
  }

  /// True for a colour, or a size and what it is called.
  private func isDetail(_ place: Int, _ text: OrderText) -> Bool {
    guard text.tokens[place].isWord else { return text.tokens[place].isMasked }
    return text.hit("variant", at: place)?.isWeak == false
      || text.hit("trap_number", at: place) != nil
      || MentionReader.letterSizes.contains(text.tokens[place].folded)
  }

  private static let letterSizes: Set<String> = ["s", "m", "l", "xl", "xs", "xxl"]

  /// True for a name that goods before it complete: colours and sizes alone; in Arabic and Hebrew also
  /// where one stands first, as it follows its noun.
  private func isEllipsis(_ name: Range<Int>, _ text: OrderText) -> Bool {
    if isVariant(name, text, isStrict: true) { return true }
    guard let first = text.tokens[name.lowerBound].folded.unicodeScalars.first else { return false }
    return 0x590...0x6FF ~= first.value
      && text.phrase("variant", from: name.lowerBound)?.isWeak == false
  }

  /// A name without the colour or size at its end.
  private func base(of name: Range<Int>, _ text: OrderText) -> Range<Int> {
    var end = name.upperBound
    while end > name.lowerBound, isDetail(end - 1, text) { end -= 1 }
    return name.lowerBound..<end
  }

  /// True for words that only tell goods apart: colours, sizes.
  ///
  /// - Parameter isStrict: True where flavours and the like, which are goods too, do not count.
  func isVariant(_ range: Range<Int>, _ text: OrderText, isStrict: Bool = false) -> Bool {
    let words = range.filter { text.tokens[$0].isWord }
    return !words.isEmpty
      && words.allSatisfy { place in
        ["variant", "lead", "trap_number", "and"].contains { text.hit($0, at: place) != nil }
          || MentionReader.prepositions.contains(text.tokens[place].folded)
          || MentionReader.letterSizes.contains(text.tokens[place].folded)
      }
      && words.contains { place in
        if text.hit("trap_number", at: place) != nil { return !isStrict }
        if MentionReader.letterSizes.contains(text.tokens[place].folded) { return true }
        return text.hit("variant", at: place).map { !isStrict || !$0.isWeak } ?? false
      }
  }

  /// "…, black": a colour or size of its own belongs to what was named before it.
  private func addVariant(_ segment: Range<Int>, _ text: OrderText, _ found: inout [Mention])
    -> Bool
  {
    guard let last = found.indices.last, !text.gap(before: segment.lowerBound).endsSentence,
      segment.count <= 4,
      segment.allSatisfy({ text.tokens[$0].isWord || text.tokens[$0].isMasked }),
      isVariant(segment, text)
    else { return false }
    found[last].item += ", " + text.slice(segment)
    found[last].words += text.tokens[segment].filter(\.isWord).map(\.folded)
    return true
  }

  /// Where a name ends: at a price, a day, a place, politeness, or the next quantity.
  private func nameEnd(
    _ start: Int, _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>],
    isCounted: Bool = false
  ) -> Int {
    var place = start
    while place < range.upperBound {
      if place > start, beginsPlace(place, text) { return place }
      if place > start, isInscription(place, range, text) { return place }
      if place > start, endsInNumber(place, range, text) || beginsVariant(place, text) {
        return place
      }
      if money.contains(where: { $0.contains(place) }) { return place }
      if place > start, text.tokens[place].number != nil, !text.tokens[place].isMasked,
        !isMeasure(place, range, text, isCounted)
      {
        return place
      }
      // A unit alone is no name: "the box for New Year".
      let isUnit =
        place > start && (start..<place).allSatisfy { text.hit("quantity_unit", at: $0) != nil }
      if MentionReader.ends.contains(where: { category in
        !(isUnit && category == "date_time")
          && text.hits[category]?.contains { $0.tokens.lowerBound == place && !$0.isWeak } ?? false
      }) {
        return place
      }
      if place > start, !isUnit,
        beginsPurpose(place, text)
          || text.hit("occasion", at: place) != nil
            && !(isFeast(place, text) && (place == start + 1 || isFeast(place - 1, text)))
      {
        return place
      }
      place += 1
    }
    return place
  }

  /// True for "that says …" with so many words behind it that they are no name.
  private func isInscription(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    range.upperBound - place > 5 && MentionReader.inscriptions.contains(text.tokens[place].folded)
  }

  private static let inscriptions: Set<String> = [
    "written", "saying", "says", "reading", "כתוב", "כיתוב", "שכתוב", "مكتوب", "مكتوبه", "عليها",
    "عليه",
    "maktoub", "maktoob", "γραφει", "γραμμενο", "yazili", "yazan", "ecrit", "inscrit", "diga",
    "dice",
  ]

  /// True for "to" and "at" right before a street or an address.
  private func beginsPlace(_ place: Int, _ text: OrderText) -> Bool {
    MentionReader.prepositions.union(MentionReader.placeWords).contains(text.tokens[place].folded)
      && (place + 1...place + 2).contains { text.hit("address_marker", at: $0)?.isWeak == false }
  }

  private static let placeWords: Set<String> = [
    "στη", "στην", "στον", "σε", "sti", "stin", "se", "in", "on", "ל", "ل",
  ]

  /// True for "one" before a colour: "one blue one brown".
  private func beginsVariant(_ place: Int, _ text: OrderText) -> Bool {
    guard let hit = text.phrase("number_word", from: place), hit.value("=") != nil else {
      return false
    }
    return text.phrase("variant", from: hit.tokens.upperBound)?.isWeak == false
  }

  /// True for a number in words at the end, also with its unit: "cream one", "saksıdan iki adet".
  private func endsInNumber(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    guard let hit = text.hit("number_word", at: place), hit.tokens.lowerBound == place, !hit.isWeak,
      hit.value("=") != nil
    else { return false }
    let end = text.hit("quantity_unit", at: hit.tokens.upperBound)?.tokens.upperBound
    return hit.tokens.upperBound >= range.upperBound || (end ?? 0) >= range.upperBound
  }

  /// True for a measure that is part of a name: "5 litres" at its end, "250gr" of what is counted.
  private func isMeasure(
    _ place: Int, _ range: Range<Int>, _ text: OrderText, _ isCounted: Bool
  ) -> Bool {
    let next = place + 1
    // "One black 58": a size.
    if isCounted, text.tokens[place].number ?? 0 > 12, text.hit("variant", at: place - 1) != nil {
      return true
    }
    if isCounted, next < range.upperBound, text.tokens[next].isWord,
      text.gap(before: next).isNone || MentionReader.smallUnits.contains(text.tokens[next].folded)
    {
      return true
    }
    guard let unit = text.hit("quantity_unit", at: next) else { return false }
    return unit.tokens.upperBound >= range.upperBound
      || MentionReader.ends.contains { text.hit($0, at: unit.tokens.upperBound) != nil }
  }

  /// Units in which packs are measured: what is counted otherwise is not ordered by them.
  private static let smallUnits: Set<String> = [
    "g", "gr", "gm", "gms", "gram", "grams", "grammes", "gramos", "gramas", "ml", "cl", "cm", "mm",
    "oz", "γρ",
    "γραμμαρια", "grammaria", "εκ", "εκατοστα", "غرام", "جرام", "غم", "جم", "مل", "ملل", "سم",
    "גרמ", "גר",
    "מל", "סמ", "santim",
  ]

  private static let ends = [
    "item_end", "date_time", "delivery_request", "phone_marker", "payment_method", "greeting",
    "confirm_customer", "order_intent", "fee", "total", "ask_address", "picked_up", "replace",
    "price_marker", "negation", "order_intent_weak",
  ]

  /// True for "of birthday" right behind one word: a birthday cake.
  private func isFeast(_ place: Int, _ text: OrderText) -> Bool {
    let word = text.tokens[place].folded
    return MentionReader.feasts.contains { word.hasPrefix($0) }
  }

  private static let feasts = [
    "γενεθλι", "γαμου", "βαπτισ", "αρραβων", "genethl", "gamou", "vaptis", "הולדת", "יומ", "חתונה",
    "אירוסינ", "ברית", "عيد", "ميلاد", "عرس", "زواج", "خطوبه", "تخرج", "birthday", "wedding",
    "christening",
    "anniversaire", "mariage", "bapteme", "cumplean", "boda", "bautizo",
  ]

  /// True if "for" begins an occasion, a day or a number of people.
  private func beginsPurpose(_ place: Int, _ text: OrderText) -> Bool {
    // Hebrew and Arabic "for 40".
    if ["ל", "ل"].contains(text.tokens[place].folded), place + 1 < text.tokens.count,
      text.tokens[place + 1].number != nil
    {
      return true
    }
    guard let hit = text.hit("purpose", at: place) else { return false }
    let next = hit.tokens.upperBound..<min(hit.tokens.upperBound + 3, text.tokens.count)
    return next.contains { place in
      text.tokens[place].number != nil
        || ["occasion", "date_time", "not_goods"].contains { text.hit($0, at: place) != nil }
    }
  }

  /// What stands between a name and its price or place.
  private static let prepositions: Set<String> = [
    "a", "at", "for", "from", "to", "στα", "στο", "στη", "για", "με", "sta", "sto", "gia", "ב", "ب",
    "على",
    "علي", "pour", "por", "en", "con", "with", "avec", "και", "kai", "and", "y", "et", "ve", "aur",
  ]

  private func trimmed(_ name: Range<Int>, _ text: OrderText) -> Range<Int> {
    var end = name.upperBound
    while end > name.lowerBound,
      MentionReader.prepositions.contains(text.tokens[end - 1].folded)
        || text.hit("lead", at: end - 1) != nil || text.hit("and", at: end - 1) != nil
        || text.hit("purpose", at: end - 1) != nil
    {
      end -= 1
    }
    return name.lowerBound..<end
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
      if value > 12, text.tokens[rest.lowerBound].number != nil {
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

  private static let pronouns: Set<String> = [
    "it", "them", "that", "this", "these", "those", "one", "ones", "אותו", "אותה", "אותמ", "אותנ",
    "זה", "זאת",
    "ياها", "ياه", "ياهم", "هاد", "هاي", "هذا", "هذي", "ده", "دي", "دول", "yeha", "yeh", "yehon",
    "το", "τα",
    "την", "τον", "αυτο", "αυτα", "αυτη", "auto", "auta", "onu", "bunu", "bunlari", "onlari", "ca",
    "cela", "eso",
    "esto", "esos", "ese", "lo", "los",
  ]

  /// False for hours, friends, appointments and pronouns.
  private func isGoods(_ range: Range<Int>, _ text: OrderText) -> Bool {
    let name = range.filter { text.tokens[$0].isWord }
    guard
      name.contains(where: { text.tokens[$0].folded.unicodeScalars.count > 1 })
        || isVariant(range, text, isStrict: true),
      !name.allSatisfy({ MentionReader.pronouns.contains(text.tokens[$0].folded) })
    else {
      return false
    }
    for category in ["not_goods", "appointment", "shipment"] {
      if text.hits(category, in: range).contains(where: { !$0.isWeak }) { return false }
    }
    let empty = ["date_time", "item_end", "number_word", "order_intent", "lead"]
    return name.contains { place in empty.allSatisfy { text.hit($0, at: place) == nil } }
  }
}
