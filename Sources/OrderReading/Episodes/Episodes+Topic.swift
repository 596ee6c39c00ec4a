import Foundation
import InboxModel

/// What the talk is about before anything is ordered.
extension Episodes {
  /// Goods that are only asked about.
  mutating func noteTopic(_ reading: Reading, _ mentions: [Mention]) {
    guard !reading.text.says("negotiate"), !reading.text.isCondition else { return }
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
    if asked.isEmpty, topic.mentions.isEmpty, topic.offers.isEmpty,
      let part = askingPart(reading.text), part.count <= 8,
      ["delivery_request", "picked_up", "fee", "payment_method", "date_time", "appointment"]
        .allSatisfy({ !reading.text.has($0) }),
      hasOnlyMeasures(part, reading.text),
      let only = mentionReader.namedEach(in: part, reading.text).last,
      only.tokens.upperBound == part.upperBound
    {
      asked = [only]
    }
    // "Is the gold necklace still 30?": what stands before the price it asks about.
    if asked.isEmpty, topic.mentions.isEmpty, reading.text.asks(),
      reading.amounts.prices.count == 1, reading.amounts.prices[0].currency != nil
    {
      asked = offers(reading)
    }
    guard !asked.isEmpty else { return }
    if reading.place - topic.place > Topic.reach { topic = Topic() }
    let others = topic.mentions.filter { known in !asked.contains { $0.isLike(known.words) } }
    topic.mentions = (others + asked).suffix(Topic.mostMentions)
    topic.place = reading.place
  }

  /// The first sentence that asks.
  func askingPart(_ text: OrderText) -> Range<Int>? {
    var start = 0
    while start < text.tokens.count {
      let sentence = text.sentence(of: start..<(start + 1))
      if text.asks(in: sentence) { return sentence }
      start = max(sentence.upperBound, start + 1)
    }
    return nil
  }

  /// True where every number says how large something is: "100 ml".
  private func hasOnlyMeasures(_ range: Range<Int>, _ text: OrderText) -> Bool {
    range.allSatisfy { place in
      text.tokens[place].number == nil || text.tokens[place].isMasked
        || text.phrase("quantity_unit", from: place + 1) != nil
    }
  }

  /// What a yes to a price is about: what was last talked about, or all that was added up or called
  /// "both".
  func subjects(_ text: OrderText) -> [Mention] {
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
    let sentence = text.sentence(of: hit.tokens)
    let parts = [
      hit.tokens.upperBound..<sentence.upperBound, sentence.lowerBound..<hit.tokens.lowerBound,
      hit.tokens.upperBound..<text.tokens.count, 0..<hit.tokens.lowerBound,
    ]
    for part in parts where !part.isEmpty {
      // "Available in size 42": the size is of what stands before.
      let found = mentionReader.namedEach(in: part, text).filter { mention in
        mention.name.contains { text.tokens[$0].isWord && text.hit("trap_number", at: $0) == nil }
      }
      if !found.isEmpty { return found }
    }
    return []
  }
}
