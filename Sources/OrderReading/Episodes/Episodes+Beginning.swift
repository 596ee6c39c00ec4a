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
      text.says("order_intent") || text.states("order_add")
      || isPolite(text) && mentions.contains { $0.isAsked && $0.quantity != nil }
    if isAsking, !topic.prices.isEmpty, numbers(reading).contains(where: isBid) {
      startFromTopic(reading, [])
      return
    }
    if isAsking, mentions.count == 1, let subject = topic.mentions.last,
      isOf(subject, mentions[0], text)
    {
      startFromTopic(reading, mentions)
      return
    }
    // Lists go on behind words that ask; without numbers, only right behind them.
    let sinceAsked = asking.map { reading.place - $0 } ?? .max
    let listed =
      isAsking || sinceAsked <= 1 ? mentions : mentions.filter { $0.quantity != nil }
    if isAsking || sinceAsked <= Episodes.reach, !listed.isEmpty {
      start(listed, reading)
      return
    }
    if isAsking, !topic.mentions.isEmpty || !topic.prices.isEmpty {
      startFromTopic(reading, mentions)
      return
    }
    let several =
      isOther || mentions.count { $0.quantity != nil } > 1 ? [] : pickedSeveral(reading)
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
    if offer == reading.place - 1, !text.isCondition, !topic.mentions.isEmpty,
      text.states("confirm_customer")
        || !text.asks() && mentions.contains(where: { $0.quantity != nil }),
      !text.says("decline_customer", "no_order", "negotiate")
    {
      startFromTopic(reading, text.says("address_marker") ? [] : mentions)
      return
    }
    noteTopic(reading, mentions)
  }

  /// True for "two boxes" where the talk is about a box.
  private func isOf(_ subject: Mention, _ mention: Mention, _ text: OrderText) -> Bool {
    subject.isLike(mention.words) || mention.isUnit || mention.isVariant
  }

  /// What the customer picks of what the shop has just priced: "the medium one then".
  private func picked(_ reading: Reading) -> Mention? {
    let text = reading.text
    guard let offer, reading.place - offer <= 2, let priced = topic.prices.last,
      text.tokens.count <= Episodes.longestPick, !text.asks(), !text.isCondition,
      !text.says("decline_customer", "no_order", "negotiate", "order_intent_weak"),
      ["negation", "not_yet", "return_complaint", "question"].allSatisfy({ !text.has($0) })
    else { return nil }
    let words = priced.text.tokens.filter { $0.isWord && $0.folded.unicodeScalars.count > 3 }
      .map(\.folded)
    return clauses(text).lazy.compactMap { mentionReader.named(in: $0, text) }.first { mention in
      mention.words.contains { word in
        word.unicodeScalars.count > 3 && words.contains { Mention.isLike($0, word) }
      }
    }
  }

  /// Who picks one of several things says so in few words.
  private static let longestPick = 12

  /// Goods that are only asked about.
  mutating func noteTopic(_ reading: Reading, _ mentions: [Mention]) {
    guard !reading.text.says("negotiate") else { return }
    guard reading.text.has("order_intent_weak") || reading.text.asks() || !mentions.isEmpty else {
      return
    }
    // "I wanted to ask how much the cake is": what "how much" is about.
    let about =
      reading.text.says("order_intent_weak") && mentions.allSatisfy { $0.quantity == nil }
      ? askedAbout(reading) : []
    var asked = !about.isEmpty ? about : mentions.isEmpty ? askedAbout(reading) : mentions
    // "And the musk one?"
    let tokens = reading.text.tokens.indices
    if asked.isEmpty, reading.text.asks(), tokens.count <= 5, offer == reading.place - 1,
      let other = mentionReader.named(in: tokens, reading.text)
    {
      asked = [other]
    }
    // "A necklace with a name?": what a short question names, where it is about nothing else.
    if asked.isEmpty, topic.mentions.isEmpty, reading.text.asks(), tokens.count <= 8,
      ["delivery_request", "picked_up", "fee", "payment_method", "date_time", "appointment"]
        .allSatisfy({ !reading.text.has($0) }),
      numbers(reading).isEmpty,
      let only = mentionReader.namedEach(in: tokens, reading.text).last,
      only.tokens.upperBound == tokens.upperBound
    {
      asked = [only]
    }
    guard !asked.isEmpty else { return }
    if reading.place - topic.place > Topic.reach { topic = Topic() }
    let others = topic.mentions.filter { known in !asked.contains { $0.isLike(known.words) } }
    topic.mentions = (others + asked).suffix(Topic.mostMentions)
    topic.place = reading.place
  }

  /// What a yes to a price is about: what was last talked about, or all that was added up or called
  /// "both".
  private func subjects(_ text: OrderText) -> [Mention] {
    let isSummed =
      topic.prices.last.map { priced in
        priced.place >= topic.place && priced.amounts.last(.total) != nil
      } ?? false
    if topic.mentions.isEmpty {
      return topic.offers.count == 1 || text.has("both") ? topic.offers : []
    }
    guard text.has("both") || isSummed else { return topic.mentions.suffix(1) }
    let others = topic.offers.filter { offer in
      !topic.mentions.contains { $0.isLike(offer.words) }
    }
    return topic.mentions.count > 1 || !text.has("both") ? topic.mentions : topic.mentions + others
  }

  /// What "do you have" and "how much is" are about.
  func askedAbout(_ reading: Reading) -> [Mention] {
    let text = reading.text
    guard
      let hit = text.hits["order_intent_weak"]?.max(by: {
        $0.tokens.upperBound < $1.tokens.upperBound
      })
    else { return [] }
    let parts = [hit.tokens.upperBound..<text.tokens.count, 0..<hit.tokens.lowerBound]
    for part in parts where !part.isEmpty {
      let found = mentionReader.namedEach(in: part, text)
      if !found.isEmpty { return found }
    }
    return []
  }

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
    asking = reading.place
  }

  var topicPrices: [Decimal] { topic.prices.flatMap { $0.amounts.all.map(\.value) } }

  /// "I'll take one": of what the talk was about.
  mutating func startFromTopic(_ reading: Reading, _ mentions: [Mention]) {
    var subjects = subjects(reading.text)
    if let only = mentions.first, subjects.count == 1 || subjects.isEmpty {
      if subjects.isEmpty { subjects = [only] }
      if let quantity = only.quantity { subjects[0].quantity = quantity }
      if only.isUnit {
        subjects[0].unit = only.item
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
    let isOffer = numbers(reading).contains(where: isBid)
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
      if text.asks(in: sentence), text.hits("order_intent", in: sentence).isEmpty { continue }
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
    if draft.lines.count == 1, let quantity = mentions.first?.quantity ?? bareQuantity(reading) {
      open?.lines[0].quantity = quantity
      if let unit = mentions.first?.unit { open?.lines[0].mention.unit = unit }
    } else {
      for mention in mentions where mention.quantity != nil {
        merge(mention, reading, isChange: true)
      }
    }
  }
}
