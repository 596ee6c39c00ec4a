import Foundation
import InboxModel

/// A sum of money in a message.
struct Amount: Sendable {
  enum Role: Sendable {
    /// What one thing or several cost.
    case price
    case total
    case fee
    case deposit
  }

  let value: Decimal
  /// ISO 4217; nil if no word or sign says it.
  let currency: String?
  let tokens: Range<Int>
  var role: Role = .price
  /// True where "each" or "per kilo" stands beside it.
  var isEach = false
}

/// What a message says of money.
struct Amounts: Sendable {
  var all: [Amount] = []
  /// The terms of `24 + 9 + 7 = 40`, where something is added up.
  var terms: [Decimal] = []
  /// What stands behind the last equals sign.
  var sum: Decimal?
  /// True if the delivery is said to cost nothing.
  var hasFreeDelivery = false

  func first(_ role: Amount.Role) -> Amount? { all.first { $0.role == role } }
  func last(_ role: Amount.Role) -> Amount? { all.last { $0.role == role } }
  var prices: [Amount] { all.filter { $0.role == .price } }
}

/// Finds sums of money.
struct AmountReader {
  let region: String?

  func read(_ text: OrderText) -> Amounts {
    var found = Amounts()
    for place in text.tokens.indices {
      if let amount = amount(at: place, text), !isThreshold(amount, text) {
        found.all.append(amount)
      }
    }
    readSum(text, &found)
    readEach(text, &found)
    assignRoles(text, &found)
    found.hasFreeDelivery = isFree(text)
    return found
  }

  private func amount(at place: Int, _ text: OrderText) -> Amount? {
    let token = text.tokens[place]
    // A dual says both: دينارين.
    if token.isWord {
      guard let hit = text.hit("currency", at: place), hit.tokens.count == 1,
        let value = hit.value("=").flatMap({ Decimal(string: $0) }),
        !isNumber(place - 1, text)
      else { return nil }
      return Amount(
        value: value, currency: Currencies.ofRegion(region ?? ""), tokens: place..<(place + 1))
    }
    if let words = inWords(place, text) { return words }
    guard let number = token.number, !token.isMasked else { return nil }
    var tokens = place..<(place + 1)
    var currency: String?
    var isMoney = false
    let (factor, next) = scale(place, text)
    let before = token.gap.signs.last { !"+=(".contains($0) }
    let after = text.gap(before: place + 1).signs.first
    if let sign = before, Currencies.signs.contains(sign) {
      (isMoney, currency) = (true, Currencies.code(sign: sign, region: region))
    } else if let sign = after, Currencies.signs.contains(sign) {
      (isMoney, currency) = (true, Currencies.code(sign: sign, region: region))
    } else if place > 0, token.gap.isNone,
      let code = Currencies.code(letter: text.tokens[place - 1].folded, region: region)
    {
      (tokens, isMoney, currency) = (place - 1..<(place + 1), true, code)
    } else if let hit = text.hit("currency", at: next), hit.tokens.lowerBound == next,
      !text.gap(before: next).endsSentence, isMeant(hit, after: next - 1, text),
      text.hit("trap_number", at: next) == nil
    {
      tokens = place..<hit.tokens.upperBound
      (isMoney, currency) = (true, code(hit))
    } else if place > 0, let hit = text.hit("currency", at: place - 1),
      hit.tokens.upperBound == place, token.gap.signs.isEmpty, !isNumber(place - 2, text),
      isMeant(hit, before: place, text)
    {
      tokens = hit.tokens.lowerBound..<(place + 1)
      (isMoney, currency) = (true, code(hit))
    }
    guard isMoney || isPriced(place, text) else { return nil }
    return Amount(
      value: number * factor, currency: currency,
      tokens: tokens.lowerBound..<max(tokens.upperBound, next))
  }

  /// "For-five and-twenty riyals", "for-a-dinar and a half": a price in words, behind the "for" that
  /// Arabic and Hebrew write together with it.
  private func inWords(_ place: Int, _ text: OrderText) -> Amount? {
    let word = text.tokens[place].folded
    guard text.isOwner, text.tokens[place].isWord, word.unicodeScalars.count > 3,
      word.unicodeScalars.first == "\u{628}" || word.unicodeScalars.first == "\u{5D1}"
    else { return nil }
    let isOne = text.hit("currency", at: place)?.tokens == place..<(place + 1)
    let said = isOne ? 1 : value(inWords: place, text)
    guard var sum = said, sum > 0, !(isOne && isNumber(place - 1, text)) else { return nil }
    var end = place + 1
    while end < text.tokens.count, Mention.beginsWithAnd(text.tokens[end].folded),
      text.tokens[end].gap.signs.isEmpty,
      let more = value(inWords: end, text)
        ?? text.hit("number_word", at: end)?.value("+")
        .flatMap({ Decimal(string: $0) }),
      more < 1 || sum < 10 && more >= 20 || more >= 100
    {
      sum += more
      end += 1
    }
    var currency: String?
    if isOne, let hit = text.hit("currency", at: place) { currency = code(hit) }
    if end < text.tokens.count, let hit = text.hit("currency", at: end) {
      currency = code(hit)
      end = hit.tokens.upperBound
    }
    guard
      currency != nil
        || ["not_goods", "date_time", "quantity_unit", "trap_number"].allSatisfy({
          text.hit($0, at: end) == nil
        })
    else { return nil }
    return Amount(
      value: sum, currency: currency ?? Currencies.ofRegion(region ?? ""), tokens: place..<end)
  }

  private func value(inWords place: Int, _ text: OrderText) -> Decimal? {
    guard let hit = text.hit("number_word", at: place), hit.tokens == place..<(place + 1) else {
      return nil
    }
    return hit.value("=").flatMap { Decimal(string: $0) }
  }

  /// `1.5k`, "25 mil", "600 fils": what a word behind it multiplies it by, and where the sum ends.
  func scale(_ place: Int, _ text: OrderText) -> (Decimal, end: Int) {
    let next = place + 1
    for category in ["price_marker", "number_word"] {
      guard let hit = text.hit(category, at: next), hit.tokens.lowerBound == next else { continue }
      let named = hit.value("=").flatMap { Decimal(string: $0) } ?? 0
      if let factor = hit.value("x").flatMap({ Decimal(string: $0) })
        ?? (named >= 1_000 ? named : nil)
      {
        return (factor, hit.tokens.upperBound)
      }
    }
    if let hit = text.hit("currency", at: next), hit.tokens.lowerBound == next,
      let part = hit.notes.first(where: { $0.hasPrefix("1/") }),
      let divisor = Decimal(string: String(part.dropFirst(2))), divisor > 0
    {
      return (1 / divisor, next)
    }
    return (1, next)
  }

  private func code(_ hit: OrderWords.Hit) -> String? {
    Currencies.code(hit.notes, region: region) ?? Currencies.ofRegion(region ?? "")
  }

  /// One letter is a currency only where it is glued to the number.
  private func isMeant(_ hit: OrderWords.Hit, after place: Int, _ text: OrderText) -> Bool {
    // "2 barras de pan": what often means something else is money only where nothing follows.
    let end = hit.tokens.upperBound
    if hit.isWeak, end < text.tokens.count, !text.gap(before: end).endsSentence,
      !text.gap(before: end).isComma, text.tokens[end].isWord
    {
      return false
    }
    let word = text.tokens[hit.tokens.lowerBound].folded
    return word.unicodeScalars.count > 1 || hit.tokens.count > 1
      || text.gap(before: place + 1).isNone
  }

  /// Before a number, a code stands in capitals: "SAR 300", but "sar 3" is Arabic in Latin letters.
  private func isMeant(_ hit: OrderWords.Hit, before place: Int, _ text: OrderText) -> Bool {
    let word = text.slice(hit.tokens)
    return word.utf8.count != 3 || !word.utf8.allSatisfy { $0 < 0x80 } || word == word.uppercased()
  }

  private func isNumber(_ place: Int, _ text: OrderText) -> Bool {
    text.tokens.indices.contains(place) && text.tokens[place].number != nil
  }

  /// True for a number without a currency that stands like a price.
  private func isPriced(_ place: Int, _ text: OrderText) -> Bool {
    let token = text.tokens[place]
    if text.isOwner, place > 0, !token.gap.endsSentence,
      text.hit("quantity_unit", at: place + 1) == nil,
      text.hit("fee", at: place - 1) != nil || text.hit("deposit", at: place - 1) != nil
        || text.hit("total", at: place - 1)?.isWeak == false
    {
      return true
    }
    // "250 in all."
    if text.isOwner, !saysCurrency(text), let total = text.phrase("total", from: place + 1),
      !total.isWeak,
      !text.gap(before: place + 1).endsSentence, !text.gap(before: place + 1).isComma,
      text.gap(before: total.tokens.upperBound).endsSentence
        || text.gap(before: total.tokens.upperBound).isComma
        || total.tokens.upperBound == text.tokens.count
    {
      return true
    }
    if place > 0, !token.gap.endsSentence {
      let before = text.tokens[place - 1]
      // ب25, ב-120.
      if ["ب", "ב"].contains(before.folded), !token.gap.hasBlank || token.gap.signs.isEmpty {
        return text.hit("date_time", at: place + 1) == nil
      }
      if let marker = text.hit("price_marker", at: place - 1), !marker.isWeak,
        marker.tokens.upperBound == place, text.hit("quantity_unit", at: place + 1) == nil,
        !countsNext(place, text)
      {
        return true
      }
      if text.hit("total", at: place - 1) != nil, text.hit("quantity_unit", at: place + 1) == nil {
        return true
      }
    }
    if token.gap.signs.contains("=") { return true }
    // "410k", "395 last", "760 dernier prix".
    if text.isOwner, let next = text.hit("negotiate", at: place + 1),
      next.tokens.lowerBound == place + 1
    {
      return true
    }
    if text.isOwner, text.gap(before: place + 1).isNone,
      text.hit("number_word", at: place + 1)?.value("x") != nil
    {
      return true
    }
    guard text.isOwner else { return false }
    if isPrecise(place, text) { return true }
    // "lids 0.05", "medium 180,": the shop ends what it says of a thing with its price.
    let gap = text.gap(before: place + 1)
    let ends =
      place + 1 == text.tokens.count || gap.endsSentence || gap.isComma
      || text.hit("each", at: place + 1) != nil || text.hit("and", at: place + 1) != nil
      || text.hit("fee", at: place + 1) != nil
    // "25,500. Delivery is …": the answer is the price.
    let isFirst = place == 0 || place == 1 && text.isPicture(0)
    if isFirst, ends, token.number ?? 0 >= 20 { return true }
    // "Yes, in sand and charcoal. 320".
    let isLast = place > 0 && place + 1 == text.tokens.count && token.gap.endsSentence
    if isLast, token.number ?? 0 >= 20, !saysCurrency(text) { return true }
    let hasName =
      place > 0 && text.tokens[place - 1].isWord && !token.gap.endsSentence
      && !isHouse(place, text) && !endsList(place, text)
    let isEach = text.hit("each", at: place + 1)?.isWeak == false
    return ends && (hasName || isEach)
      && (isEach || text.hit("quantity_unit", at: place - 1) == nil)
      && text.hit("date_time", at: place - 1) == nil && !isTimeLead(place - 1, text)
  }

  /// "Odos Pilou 9": a number behind a street.
  private func isHouse(_ place: Int, _ text: OrderText) -> Bool {
    (max(0, place - 3)..<place).contains { before in
      text.hit("address_marker", at: before)?.isWeak == false
        && text.hit("quantity_unit", at: before) == nil
    }
  }

  /// "In 42, 43 and 44": one of several sizes.
  private func endsList(_ place: Int, _ text: OrderText) -> Bool {
    place > 1 && SmallWords.spanAnd.words.contains(text.tokens[place - 1].folded)
      && text.tokens[place - 2].number.map { abs($0 - (text.tokens[place].number ?? 0)) <= 2 }
        ?? false
  }

  /// "36 in all, £78": beside a currency, a bare number counts something.
  private func saysCurrency(_ text: OrderText) -> Bool {
    text.has("currency")
      || (0...text.tokens.count).contains { place in
        text.gap(before: place).signs.contains { Currencies.signs.contains($0) }
      }
  }

  /// "2,30 the favour": two decimals before a name; behind a point they may be a time.
  private func isPrecise(_ place: Int, _ text: OrderText) -> Bool {
    let written = String(decoding: text.bytes[text.tokens[place].range], as: UTF8.self)
    guard let sign = written.last(where: { ".,٫".contains($0) }),
      written.split(separator: sign).last?.count == 2, written.split(separator: sign).count == 2,
      sign != "." || text.tokens[place].number ?? 0 >= 25,
      text.hit("date_time", at: place - 1) == nil,
      ["quantity_unit", "date_time", "trap_number"].allSatisfy({
        text.hit($0, at: place + 1) == nil
      })
    else { return false }
    return !isTimeLead(place - 1, text)
      && place + 1 < text.tokens.count
      && !MentionReader.smallUnits.contains(text.tokens[place + 1].folded)
      && text.tokens[place + 1].folded.unicodeScalars.count < 4
  }

  /// "Only 2 wine ones": a small number right before a noun counts it.
  private func countsNext(_ place: Int, _ text: OrderText) -> Bool {
    let next = place + 1
    guard let number = text.tokens[place].number, number <= 12, next < text.tokens.count,
      text.tokens[next].isWord, text.gap(before: next).signs.isEmpty,
      text.gap(before: next).hasBlank
    else { return false }
    return [
      "each", "currency", "fee", "total", "date_time", "and", "item_end", "lead", "number_word",
    ]
    .allSatisfy { text.hit($0, at: next) == nil }
  }

  /// Words that stand before hours: "till 7", "στις 5".
  private func isTimeLead(_ place: Int, _ text: OrderText) -> Bool {
    place >= 0 && AmountReader.timeLeads.contains(text.tokens[place].folded)
  }

  private static let timeLeads = SmallWords.timeLead.words

  private func assignRoles(_ text: OrderText, _ found: inout Amounts) {
    for index in found.all.indices {
      let tokens = found.all[index].tokens
      if text.tokens[tokens.lowerBound].gap.signs.contains("=") { found.all[index].role = .total }
      found.all[index].isEach =
        text.hit("each", at: tokens.upperBound) != nil
        || tokens.lowerBound > 0 && text.hit("each", at: tokens.lowerBound - 1) != nil
          && !text.gap(before: tokens.lowerBound).isComma
          && !text.gap(before: tokens.lowerBound).endsSentence
    }
    for (category, role) in [
      ("total", Amount.Role.total), ("fee", .fee), ("deposit", .deposit),
    ] {
      var done: [Range<Int>] = []
      for hit in text.hits[category] ?? [] {
        // "48 with delivery" is all of it.
        let isPart = text.hits["total"]?.contains { $0.tokens.overlaps(hit.tokens) } ?? false
        if category == "fee", isPart || isFree(hit, text) { continue }
        // One phrase names one sum, also where words in its middle would do.
        if done.contains(where: { $0.overlaps(hit.tokens) }) { continue }
        guard let index = nearest(hit, role, text, found.all) else { continue }
        // "1,850 with a two-year warranty": what may be a deposit stands before its sum.
        if category == "deposit", hit.isWeak,
          found.all[index].tokens.lowerBound < hit.tokens.upperBound
        {
          continue
        }
        // "800 including delivery" is all of it.
        let end = found.all[index].tokens.upperBound
        let isWhole =
          category == "fee" && (0...1).contains(hit.tokens.lowerBound - end)
          && AmountReader.including.contains(text.tokens[end].folded)
        found.all[index].role = isWhole ? .total : role
        done.append(hit.tokens)
      }
    }
    findRounded(text, &found)
  }

  private static let including = SmallWords.including.words

  /// The sum that a word speaks of: right behind it, or right before.
  private func nearest(
    _ hit: OrderWords.Hit, _ role: Amount.Role, _ text: OrderText, _ all: [Amount]
  ) -> Int? {
    let words = hit.tokens
    var best: (index: Int, distance: Int)?
    for (index, amount) in all.enumerated() where amount.role == .price || amount.role == role {
      // "27.90 in all + 2.50 for the locker".
      if role == .total, text.tokens[amount.tokens.lowerBound].gap.signs.contains("+") { continue }
      let isAfter = amount.tokens.lowerBound >= words.upperBound
      let between =
        isAfter
        ? words.upperBound..<amount.tokens.lowerBound
        : amount.tokens.upperBound..<max(amount.tokens.upperBound, words.lowerBound)
      // "By courier 4€" names a fee, "83€ by courier" a sum.
      let isVague = hit.isWeak && hit.category == "fee"
      // "122 + 15 transport".
      let isAdded = text.tokens[amount.tokens.lowerBound].gap.signs.contains("+")
      // "Black and blue are left, 70" speaks of no rest to pay.
      if role == .deposit, hit.isWeak, between.count > 1 { continue }
      let reach = isAfter ? (isVague ? 1 : 4) : (isVague ? (isAdded ? 0 : -1) : 2)
      guard between.count <= reach,
        !(between.lowerBound...between.upperBound).contains(where: {
          text.gap(before: $0).endsSentence
        })
      else { continue }
      let hasComma = (between.lowerBound...between.upperBound).contains {
        (isAfter || $0 > between.lowerBound - 1) && text.gap(before: $0).signs.contains(",")
      }
      if hasComma, !isAfter { continue }
      let distance = between.count * 2 + (isAfter ? 0 : 1) + (hasComma ? 3 : 0)
      if distance < best?.distance ?? .max { best = (index, distance) }
    }
    return best?.index
  }

  /// True for "free over 75": a sum from which on something is free.
  private func isThreshold(_ amount: Amount, _ text: OrderText) -> Bool {
    let (first, end) = (amount.tokens.lowerBound, amount.tokens.upperBound)
    guard first > 0, text.isOwner, text.has("free") || text.has("fee") else { return false }
    let isBehind =
      AmountReader.thresholds.contains(text.tokens[first - 1].folded)
      || first > 1 && AmountReader.thresholdLeads.contains(text.tokens[first - 2].folded)
        && AmountReader.thresholdJoints.contains(text.tokens[first - 1].folded)
    let isBefore =
      end < text.tokens.count && AmountReader.thresholdEnds.contains(text.tokens[end].folded)
    guard isBehind || isBefore else { return false }
    return text.has("free")
      || text.hits["fee"]?.contains { abs($0.tokens.lowerBound - first) <= 4 } ?? false
  }

  private static let thresholds = SmallWords.threshold.words
  private static let thresholdJoints = SmallWords.thresholdJoint.words
  /// Words before the last one of "more than".
  private static let thresholdLeads = SmallWords.thresholdLead.words
  private static let thresholdEnds = SmallWords.thresholdEnd.words

  /// True where a word for the way is part of "shipping is free".
  private func isFree(_ fee: OrderWords.Hit, _ text: OrderText) -> Bool {
    text.hits["free"]?.contains { !$0.isWeak && $0.tokens.overlaps(fee.tokens) } ?? false
  }

  private func isFree(_ text: OrderText) -> Bool {
    guard let fees = text.hits["fee"], let free = text.hits["free"] else { return false }
    return fees.contains { fee in
      free.contains { abs($0.tokens.lowerBound - fee.tokens.lowerBound) <= 4 }
    }
  }
}
