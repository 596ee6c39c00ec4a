import Foundation
import InboxModel

/// How an order begins: goods that are asked for, or taken after their price was named.
extension Episodes {
  mutating func begin(_ reading: Reading) {
    let text = reading.text
    if text.says("return_complaint", "giveaway", "appointment", "old_order") {
      otherMatter = text.message.sentAt
      return
    }
    let isOther = otherMatter.map { text.message.sentAt - $0 < Episodes.pause } ?? false
    if text.has("same_again") {
      guard let last = done.last else {
        usual = reading.place
        return
      }
      repeatOrder(last, reading)
      return
    }
    let mentions = goods(reading)
    let isAsking = text.says("order_intent", "order_add")
    if isAsking, !topic.prices.isEmpty, numbers(reading).contains(where: isBid) {
      startFromTopic(reading, [])
      return
    }
    if isAsking, mentions.count == 1, topic.mentions.count == 1, isOfTopic(mentions[0], text) {
      startFromTopic(reading, mentions)
      return
    }
    if isAsking || asking.map({ reading.place - $0 <= Episodes.reach }) ?? false, !mentions.isEmpty
    {
      start(mentions, reading)
      if isOther { open?.signs.insert(.otherMatter) }
      return
    }
    if isAsking, !topic.mentions.isEmpty || !topic.prices.isEmpty {
      startFromTopic(reading, mentions)
      return
    }
    if isAsking { asking = reading.place }
    // A list without words that ask: the shop's answer shows whether it was meant.
    let counted = mentions.filter { $0.quantity != nil && !$0.isTrailing }
    let covered = counted.reduce(0) { $0 + $1.tokens.count }
    if !counted.isEmpty, covered * 5 >= text.tokens.count * 2, !isOther,
      !text.asks() || counted.count > 1,
      !text.says("no_order", "decline_customer")
    {
      start(counted, reading)
      open?.isDoubtful = true
      return
    }
    // A price was named and the shop asked: a plain yes, or a quantity, takes it.
    if offer == reading.place - 1, !topic.mentions.isEmpty,
      text.says("confirm_customer") || mentions.contains(where: { $0.quantity != nil }),
      !text.asks(), !text.says("decline_customer", "no_order", "negotiate")
    {
      startFromTopic(reading, mentions)
      return
    }
    noteTopic(reading, mentions)
  }

  /// True for "two boxes" where the talk is about a box.
  private func isOfTopic(_ mention: Mention, _ text: OrderText) -> Bool {
    topic.mentions[0].isLike(mention.words)
      || mention.name.allSatisfy { text.hit("quantity_unit", at: $0) != nil }
  }

  /// Goods that are only asked about.
  mutating func noteTopic(_ reading: Reading, _ mentions: [Mention]) {
    guard reading.text.has("order_intent_weak") || reading.text.asks() || !mentions.isEmpty else {
      return
    }
    let asked = mentions.isEmpty ? askedAbout(reading) : mentions
    guard !asked.isEmpty else { return }
    topic = Topic(mentions: asked, place: reading.place)
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
      let found = mentionReader.named(in: part, text)
      if let found { return [found] }
    }
    return []
  }

  mutating func start(_ mentions: [Mention], _ reading: Reading) {
    var draft = Draft(at: reading.text.message.sentAt)
    draft.messages.insert(reading.place)
    // Prices that the shop named before are of these goods.
    open = draft
    for mention in resolved(mentions) { add(mention, reading) }
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
    var subjects = topic.mentions
    if let only = mentions.first, subjects.count == 1 || subjects.isEmpty {
      if subjects.isEmpty { subjects = [only] }
      if let quantity = only.quantity { subjects[0].quantity = quantity }
      if !subjects[0].isLike(only.words), mentions.count >= 1 {
        subjects[0].item += " " + only.item
        subjects[0].words += only.words
      }
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
    number > 12 && topicPrices.contains { number * 10 >= $0 * 4 && number * 10 <= $0 * 13 }
  }

  func numbers(_ reading: Reading) -> [Decimal] {
    reading.text.tokens.filter { !$0.isMasked }.compactMap(\.number)
  }

  /// A number alone: "two please".
  func bareQuantity(_ reading: Reading) -> Decimal? {
    let text = reading.text
    for place in text.tokens.indices {
      let token = text.tokens[place]
      if let number = token.number, !token.isMasked,
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
    let mentions = mentionReader.read(reading.text, reading.amounts, isList: true)
    if draft.lines.count == 1, let quantity = mentions.first?.quantity ?? bareQuantity(reading) {
      open?.lines[0].quantity = quantity
      if let unit = mentions.first?.unit { open?.lines[0].mention.unit = unit }
    } else {
      for mention in mentions where mention.quantity != nil {
        merge(mention, reading, isChange: true)
      }
    }
    asking = reading.place
  }
}
