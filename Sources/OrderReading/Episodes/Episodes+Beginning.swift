import Foundation
import InboxModel

/// How an order begins: goods that are asked for, or taken after their price was named.
extension Episodes {
  mutating func begin(_ reading: Reading) {
    let text = reading.text
    if text.says("giveaway", "other_matter") {
      foreignMatter = text.message.sentAt
      return
    }
    if text.says("return_complaint", "appointment", "old_order") {
      otherMatter = text.message.sentAt
      return
    }
    let isForeign = foreignMatter.map { text.message.sentAt - $0 < Episodes.pause } ?? false
    let isOther =
      isForeign || otherMatter.map { text.message.sentAt - $0 < Episodes.pause } ?? false
    defer {
      if isOther { open?.signs.insert(isForeign ? .foreign : .otherMatter) }
    }
    // Who looks for work says what they want only where they ask for it.
    if isForeign, !text.states("order_intent") { return }
    let mentions = goods(reading)
    if text.says("no_order"), !text.says("order_intent") {
      (topic, offer) = (Topic(), nil)
      return
    }
    if takeProposal(reading) { return }
    if text.has("same_again") {
      let isList = mentions.count { $0.quantity != nil } > 1
      let isChange = text.has("change") || text.has("replace") || text.has("remove")
      if isList, !isChange {
        start(mentions, reading)
        open?.signs.insert(.asked)
      } else if let last = done.last {
        repeatOrder(last, reading)
      } else {
        usual = reading.place
      }
      return
    }
    let isAsking =
      text.says("order_intent") || adds(text) || asksWeakly(text, mentions)
      || isPolite(text) && mentions.contains { $0.isAsked && $0.quantity != nil }
    if isAsking, !topic.prices.isEmpty, bids(reading) {
      startFromTopic(reading, [])
      return
    }
    if isAsking, mentions.count == 1, let subject = topic.mentions.last,
      isOf(subject, mentions[0], text)
    {
      startFromTopic(reading, mentions)
      return
    }
    // "Two like these": of what was priced a little before.
    if !isAsking, !isOther, !text.asks(), let priced = offer, reading.place - priced <= 4,
      let first = mentions.first, first.item.isEmpty, let count = first.quantity, !isSaid(count),
      !topic.mentions.isEmpty || topic.offers.count == 1
    {
      startFromTopic(reading, mentions)
      return
    }
    // Lists go on behind words that ask; without numbers, only right behind them.
    let sinceAsked = asking.map { reading.place - $0 } ?? .max
    let listed =
      isAsking || sinceAsked <= 1 ? mentions : mentions.filter { $0.quantity != nil }
    // "So the bouquet and two balloons": the shop has named and priced more than is counted.
    let priced = isAsking || isOther ? [] : pickedSeveral(reading)
    if isAsking || sinceAsked <= Episodes.reach, !listed.isEmpty {
      start(priced.count > listed.count ? priced : listed, reading)
      if priced.count > listed.count { open?.signs.insert(.asked) }
      return
    }
    if isAsking, !topic.mentions.isEmpty || !topic.prices.isEmpty {
      startFromTopic(reading, mentions)
      return
    }
    let several = mentions.count { $0.quantity != nil } > 1 ? [] : priced
    if several.count > 1 {
      start(several, reading)
      open?.signs.insert(.asked)
      return
    }
    if !isOther, let picked = picked(reading) {
      let counted = mentions.filter { $0.quantity != nil && !$0.isTrailing }
      if counted.count > 1 {
        start(counted, reading)
      } else {
        startFromTopic(reading, [picked])
      }
      return
    }
    if isAsking { asking = reading.place }
    // "15 Makram street": a house, not fifteen of anything.
    if !isAsking, text.has("address_marker"),
      addressReader.read(text, isAnswer: false, isOrder: true) != nil
    {
      return
    }
    // A list without words that ask: the shop's answer shows whether it was meant.
    let isLines = text.isLines && mentions.count { $0.quantity != nil } > 1
    let counted = mentions.filter { isLines || $0.quantity != nil && !$0.isTrailing }
    let covered = counted.reduce(0) { $0 + $1.tokens.count }
    if !text.isCondition, !counted.isEmpty, covered * 5 >= text.tokens.count * 2, !isOther,
      !text.asks() || counted.count > 1,
      !text.says("no_order", "decline_customer")
    {
      start(counted, reading)
      open?.isDoubtful = true
      return
    }
    // A price was named and the shop asked: a plain yes, or a quantity, takes it.
    if offer == reading.place - 1, !isOther, !text.isCondition, !topic.mentions.isEmpty,
      saysYes(text) || isBareNumber(text)
        || !text.asks() && mentions.contains(where: { $0.quantity != nil }),
      !text.says("decline_customer", "no_order", "negotiate")
    {
      startFromTopic(reading, text.says("address_marker") ? [] : mentions)
      let isTacit = mentions.isEmpty && !isBareNumber(text)
      open?.isTacit = isTacit
      return
    }
    noteTopic(reading, mentions)
  }

  /// "We love 3 kilos of olives": words that may mean something else, right before goods that are counted
  /// in a unit, or where those words begin the sentence.
  private func asksWeakly(_ text: OrderText, _ mentions: [Mention]) -> Bool {
    text.hits["order_intent"]?.contains { hit in
      mentions.contains { mention in
        let begins =
          (0..<hit.tokens.lowerBound).allSatisfy {
            text.hit("confirm_customer", at: $0) != nil || text.hit("greeting", at: $0) != nil
          } || text.gap(before: hit.tokens.lowerBound).endsSentence
        return mention.quantity != nil && (mention.unit != nil || begins)
          && (0...1).contains(mention.tokens.lowerBound - hit.tokens.upperBound)
      }
    } ?? false
  }

  /// True for a number of the shop's last prices or sizes.
  private func isSaid(_ number: Decimal) -> Bool {
    previous?.tokens.contains { $0.number == number } ?? false
  }

  /// A yes to a price; "ok, do you have others?" and "ok thanks" are none.
  private func saysYes(_ text: OrderText) -> Bool {
    guard text.states("confirm_customer") else { return false }
    let isAbout = ["payment_method", "payment_request", "fee", "delivery_request", "picked_up"]
      .contains { text.has($0) }
    return !text.asks() || text.tokens.count <= 2 || isAbout
  }

  /// "4", in answer to a price.
  func isBareNumber(_ text: OrderText) -> Bool {
    guard text.tokens.count <= 3, !text.asks() else { return false }
    let numbers = text.tokens.filter { $0.number != nil }
    guard numbers.count == 1, let number = numbers[0].number, number > 0, number <= 60,
      !numbers[0].isMasked, !isSaid(number)
    else { return false }
    return text.tokens.indices.allSatisfy { place in
      text.tokens[place].number != nil
        || ["please", "greeting", "confirm_customer"].contains { text.hit($0, at: place) != nil }
    }
  }

  /// "Another one": more than the "and" that some languages add with.
  private func adds(_ text: OrderText) -> Bool {
    text.hits["order_add"]?.contains { more in
      !more.isWeak && !text.asks(in: text.sentence(of: more.tokens))
        && !(more.tokens.count == 1
          && Episodes.ands.contains(text.tokens[more.tokens.lowerBound].folded))
    } ?? false
  }

  private static let ands = SmallWords.addingAnd.words

  /// True for "two boxes" where the talk is about a box.
  private func isOf(_ subject: Mention, _ mention: Mention, _ text: OrderText) -> Bool {
    subject.isLike(mention.words) || mention.isUnit || mention.isVariant
  }

  /// What the customer picks of what the shop has just priced: "the medium one then".
  private func picked(_ reading: Reading) -> Mention? {
    let text = reading.text
    guard let offer, reading.place - offer <= 2, let priced = topic.prices.last,
      text.tokens.count <= Episodes.longestPick, !text.isCondition,
      !text.says("decline_customer", "no_order", "negotiate", "order_intent_weak"),
      ["negation", "not_yet", "return_complaint", "question"].allSatisfy({ !text.has($0) })
    else { return nil }
    let words = priced.text.tokens.filter { $0.isWord && $0.folded.unicodeScalars.count > 3 }
      .map(\.folded)
    let said = clauses(text).filter { !text.asks(in: text.sentence(of: $0)) }
    return said.lazy.compactMap { mentionReader.named(in: $0, text) }.first { mention in
      mention.words.contains { word in
        word.unicodeScalars.count > 3 && words.contains { Mention.isLike($0, word) }
      }
    }
  }

  /// Who picks one of several things says so in few words.
  private static let longestPick = 12

  mutating func start(_ mentions: [Mention], _ reading: Reading) {
    var draft = Draft(at: reading.text.message.sentAt)
    draft.messages.insert(reading.place)
    // Prices that the shop named before are of these goods.
    open = draft
    for mention in resolved(mentions) { add(mention, reading) }
    if var draft = open {
      part(&draft)
      open = draft
    }
    applyTopicPrices()
    if let amount = reading.amounts.all.first, offer != nil, !topicPrices.contains(amount.value) {
      open?.isOffer = true
    }
    if reading.text.says("order_intent", "order_add") || asking != nil {
      open?.signs.insert(.asked)
    }
    guard open?.lines.isEmpty == false else { return open = nil }
    if reading.text.laughs { open?.signs.insert(.joke) }
    asking = reading.place
  }

  var topicPrices: [Decimal] { topic.prices.flatMap { $0.amounts.all.map(\.value) } }

  /// "I'll take one": of what the talk was about.
  mutating func startFromTopic(_ reading: Reading, _ mentions: [Mention]) {
    var subjects = subjects(reading.text)
    if let only = mentions.first, subjects.count == 1 || subjects.isEmpty {
      if subjects.isEmpty { subjects = [only] }
      if let quantity = only.quantity, quantity <= 12 || !isSaid(quantity) {
        subjects[0].quantity = quantity
      }
      if only.isUnit {
        if !only.item.isEmpty { subjects[0].unit = only.item }
      } else if only.isVariant {
        name(&subjects[0], as: only)
      } else if isOption(only, of: subjects[0]) {
        name(&subjects[0], as: only)
      } else if !subjects[0].isLike(only.words) {
        subjects[0] = only
      }
      subjects += mentions.dropFirst()
    } else if let quantity = bareQuantity(reading), subjects.count == 1 {
      subjects[0].quantity = quantity
    }
    guard !subjects.isEmpty else { return }
    let isOffer = bids(reading)
    if isOffer { subjects[0].quantity = nil }
    let topicPlace = topic.place
    start(subjects, reading)
    open?.messages.insert(topicPlace)
    if let last = topic.prices.last { open?.messages.insert(last.place) }
    if isOffer { open?.isOffer = true }
  }

  /// True for a number that is near the price: "110 and I take it" bids, and counts nothing.
  func isBid(_ number: Decimal) -> Bool {
    number > 12
      && topicPrices.contains { price in
        // "350" is 350k where the price is 410k.
        [number, price >= 10_000 ? number * 1_000 : number].contains {
          $0 * 10 >= price * 4 && $0 * 10 <= price * 13
        }
      }
  }

  /// True where the customer names a price of their own; the shop's own once more takes it.
  private func bids(_ reading: Reading) -> Bool {
    let numbers = numbers(reading)
    return numbers.contains(where: isBid) && !numbers.contains(where: topicPrices.contains)
  }

  func numbers(_ reading: Reading) -> [Decimal] {
    reading.text.tokens.filter { !$0.isMasked }.compactMap(\.number)
  }

  /// A number alone: "two please".
  func bareQuantity(_ reading: Reading) -> Decimal? {
    let text = reading.text
    guard !text.says("address_marker") else { return nil }
    for place in text.tokens.indices {
      let token = text.tokens[place]
      guard token.number != nil || text.phrase("number_word", from: place) != nil else { continue }
      let sentence = text.sentence(of: place..<(place + 1))
      let isMended = sentence.count == 1 && text.has("change")
      if text.asks(in: sentence), text.hits("order_intent", in: sentence).isEmpty, !isMended {
        continue
      }
      if let number = token.number, !token.isMasked, amountReader.scale(place, text).0 < 1_000,
        !reading.amounts.all.contains(where: { $0.tokens.contains(place) })
      {
        return number
      }
      if let hit = text.hit("number_word", at: place), let value = hit.value("=") {
        return Decimal(string: value)
      }
    }
    return nil
  }

  mutating func repeatOrder(_ last: Draft, _ reading: Reading) {
    var draft = Draft(at: reading.text.message.sentAt)
    draft.messages.insert(reading.place)
    draft.lines = last.lines.map { line in
      var line = line
      line.proofs = [reading.proof("line")]
      return line
    }
    draft.currency = last.currency
    open = draft
    asking = reading.place
    if !setQuantities(reading).isEmpty { return }
    let mentions = mentionReader.read(reading.text, reading.amounts, isList: true)
    let others = mentions.filter { mention in
      mention.quantity != nil && !mention.item.isEmpty && !mention.isUnit && !mention.isVariant
        && !draft.lines.contains { $0.mention.isLike(mention.words) }
    }
    if !others.isEmpty, adds(reading.text) || reading.text.has("and") {
      // "The same again plus a box of the pods".
      for mention in others { merge(mention, reading, isChange: false) }
    } else if draft.lines.count == 1,
      let quantity = mentions.first?.quantity ?? bareQuantity(reading)
    {
      open?.lines[0].quantity = quantity
      if let unit = mentions.first?.unit { open?.lines[0].mention.unit = unit }
    } else {
      for mention in mentions where mention.quantity != nil {
        merge(mention, reading, isChange: true)
      }
    }
  }
}
