import Foundation
import InboxModel

/// Finds where goods go: what follows "deliver to", what answers "where to", what has a street and a
/// number.
struct AddressReader {
  struct Found {
    let text: String
    /// In bytes of the message.
    let range: Range<Int>
    /// True for a place that answers a question or follows "deliver to".
    let isSure: Bool
  }

  /// - Parameters:
  ///   - text: A customer's message.
  ///   - isAnswer: True if the business asked where to deliver.
  ///   - isPriced: True once the goods have their prices: a street with its number needs no other word.
  ///   - isOrder: True if the message names the goods: one word of a street may be part of a name.
  /// - Returns: The place; nil if there is none.
  func read(_ text: OrderText, isAnswer: Bool, isPriced: Bool = false, isOrder: Bool = false)
    -> Found?
  {
    let sentences = sentences(text)
    if let place = asked(text) { return place }
    // "Address: …".
    if text.hit("address_marker", at: 0) != nil, text.hit("address_lead", at: 0) != nil,
      text.tokens.count >= 4, !text.asks()
    {
      return found(0..<text.tokens.count, text, isSure: true)
    }
    if let place = pickup(sentences, text) { return place }
    let marked = sentences.filter { isPlace($0, text, atLeast: isOrder ? 2 : 1) }
    if let first = marked.first, let last = marked.last {
      return found(first.lowerBound..<last.upperBound, text, isSure: isAnswer)
    }
    // "Calle Autonomía": the number may follow in a message of its own.
    if !isOrder, text.phrase("address_marker", from: 0)?.isWeak == false, !text.asks(),
      (2...4).contains(text.tokens.count)
    {
      return found(0..<text.tokens.count, text, isSure: false)
    }
    let isExpected = isAnswer || !text.message.phones.isEmpty
    let isQuoted = !isExpected && isPriced && text.message.text.contains { "\"“”«»".contains($0) }
    let bare =
      isExpected || !isPriced
      ? sentences : isQuoted ? [] : sentences.filter { isOnlyPlace($0, text) }
    if isExpected || isPriced, let place = house(bare, text, isAnswer: isAnswer) {
      return place
    }
    guard isAnswer, !text.asks(), text.tokens.count <= 16, text.message.phones.isEmpty,
      ["picked_up", "payment_method", "payment_done"].allSatisfy({ !text.has($0) }),
      !text.says("order_intent", "decline_customer", "no_order", "payment_done"),
      ["change", "replace", "set_to", "negation", "negotiate", "order_add"].allSatisfy({
        !text.has($0)
      })
    else { return nil }
    let words = text.tokens.indices.filter { text.tokens[$0].isWord && !text.tokens[$0].isMasked }
    let plain = words.filter { place in
      ["greeting", "confirm_customer", "item_end"].allSatisfy { text.hit($0, at: place) == nil }
    }
    guard plain.count >= 2 || plain.count == 1 && text.tokens.count == 1, !isTalk(text) else {
      return nil
    }
    // Two words may be a name, and a number anything.
    return found(0..<text.tokens.count, text, isSure: text.has("address_marker"))
  }

  /// True for a sentence about something: small words that no place has.
  private func isTalk(_ text: OrderText) -> Bool {
    guard text.tokens.count > 3 else { return false }
    let small = text.tokens.indices.dropFirst().dropLast().count { place in
      text.hits["item_end"]?.contains { $0.tokens.contains(place) && !$0.isWeak } ?? false
        || text.hit("decline_customer", at: place) != nil
    }
    return small * 4 > text.tokens.count
      || ["question", "variant", "return_complaint"].contains { text.has($0) }
      || text.tokens.indices.contains { place in
        text.tokens[place].number != nil && text.hit("quantity_unit", at: place + 1) != nil
      }
  }

  /// "Larisa, Ipirou 31": parts between commas, one of which ends in the number of a house.
  private func house(_ sentences: [Range<Int>], _ text: OrderText, isAnswer: Bool) -> Found? {
    for sentence in sentences where !text.asks(in: sentence) {
      let parts = parts(beforePhone(sentence, text), text)
      guard isAnswer || parts.count > 1,
        let place = parts.firstIndex(where: { isHouse($0, text) })
      else { continue }
      var (first, last) = (place, place)
      while first > 0, isPlain(parts[first - 1], text) { first -= 1 }
      while last + 1 < parts.count, isPlain(parts[last + 1], text) || isHouse(parts[last + 1], text)
      {
        last += 1
      }
      let isSure = isAnswer || !text.message.phones.isEmpty
      return found(parts[first].lowerBound..<parts[last].upperBound, text, isSure: isSure)
    }
    return nil
  }

  /// True for capitals and numbers alone, which say nothing but a place.
  private func isOnlyPlace(_ sentence: Range<Int>, _ text: OrderText) -> Bool {
    let others = [
      "order_intent", "order_add", "quantity_unit", "change", "remove", "replace", "negation",
      "set_to", "question", "negotiate", "payment_done", "currency", "variant", "cancel",
    ]
    return sentence.count <= 16
      && others.allSatisfy { text.hits($0, in: sentence).isEmpty }
      && sentence.allSatisfy { place in
        // Names of streets have capitals, where the script has any.
        text.tokens[place].isWord == false || place + 1 >= text.tokens.count
          || text.tokens[place + 1].number == nil
          || text.slice(place..<(place + 1)).first?.isUppercase == true
      }
  }

  private func parts(_ sentence: Range<Int>, _ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = sentence.lowerBound
    for place in sentence
    where place > start && text.tokens[place].gap.signs.contains(where: { ",،:".contains($0) }) {
      found.append(start..<place)
      start = place
    }
    if start < sentence.upperBound { found.append(start..<sentence.upperBound) }
    return found
  }

  /// A word or more, a number of one to four digits, and at most two words more.
  private func isHouse(_ part: Range<Int>, _ text: OrderText) -> Bool {
    guard let number = part.first(where: { text.tokens[$0].number != nil }),
      number > part.lowerBound || isStreet(part, text), part.count <= 7,
      part.upperBound - number <= (isFlat(number + 1, text) ? 4 : 3) || number == part.lowerBound,
      text.tokens[number].range.count <= 8,
      let value = text.tokens[number].number, value < 10_000
    else { return false }
    let others = [
      "quantity_unit", "currency", "order_intent", "order_add", "date_time", "payment_done", "done",
      "total", "fee",
      "payment_method", "phone_marker", "trap_number", "item_end",
      "please", "greeting", "negation", "question",
    ]
    return part.allSatisfy { place in others.allSatisfy { text.hit($0, at: place) == nil } }
      && part.prefix(while: { $0 < number }).allSatisfy { text.hit("number_word", at: $0) == nil }
  }

  /// "6/11": the flat behind the house.
  private func isFlat(_ place: Int, _ text: OrderText) -> Bool {
    place < text.tokens.count && text.tokens[place].number != nil
      && text.tokens[place].gap.signs == "/"
  }

  /// What stands before a telephone number and the word for it.
  private func beforePhone(_ range: Range<Int>, _ text: OrderText) -> Range<Int> {
    let phones = text.message.phones.compactMap { text.bytes.firstRange(of: Array($0.raw.utf8)) }
    let first = range.dropFirst().first { place in
      isPhoneWord(place, text) || phones.contains { $0.overlaps(text.tokens[place].range) }
    }
    return range.lowerBound..<(first ?? range.upperBound)
  }

  /// "27 Beech Grove": names in capitals behind the number.
  private func isStreet(_ part: Range<Int>, _ text: OrderText) -> Bool {
    let names = part.dropFirst()
    return names.count >= 2
      && names.allSatisfy { place in
        0x41...0x5A ~= text.bytes[text.tokens[place].range.lowerBound]
      }
  }

  /// A place or a code: a few words that say nothing else.
  private func isPlain(_ part: Range<Int>, _ text: OrderText) -> Bool {
    let others = [
      "greeting", "confirm_customer", "order_intent", "payment_done", "phone_marker", "date_time",
      "order_add",
      "quantity_unit", "currency", "item_end",
    ]
    return part.count <= 4
      && part.allSatisfy { place in
        (!text.tokens[place].isMasked || text.tokens[place].range.count <= 4)
          && others.allSatisfy { text.hit($0, at: place) == nil }
      }
  }

  /// A locker or a counter, and where it is: "BOX NOW Pagrati".
  private func pickup(_ sentences: [Range<Int>], _ text: OrderText) -> Found? {
    for sentence in sentences {
      guard let hit = text.hits("pickup_place", in: sentence).first,
        sentence.upperBound - hit.tokens.upperBound >= 1, sentence.count <= 12,
        !text.says("order_intent_weak")
      else { continue }
      // "…, I'll get it there".
      let collects = text.hits("picked_up", in: sentence).first { !$0.isWeak }
      var end = sentence.upperBound
      if let collects {
        guard
          let comma = (hit.tokens.upperBound..<sentence.upperBound).first(where: {
            text.tokens[$0].gap.isComma
          }), comma <= collects.tokens.lowerBound, comma > hit.tokens.upperBound
        else { continue }
        end = comma
      }
      return found(hit.tokens.lowerBound..<end, text, isSure: true)
    }
    return nil
  }

  /// What follows "deliver to".
  private func asked(_ text: OrderText) -> Found? {
    for hit in text.hits["delivery_request"] ?? [] where !hit.isWeak {
      let start = behindDay(hit.tokens.upperBound, text)
      guard start < text.tokens.count, !text.gap(before: start).endsSentence,
        !text.says("picked_up"),
        text.hits("order_intent_weak", in: text.sentence(of: hit.tokens)).allSatisfy(\.isWeak)
      else { continue }
      var end = start
      while end < text.tokens.count,
        end == start
          || !text.gap(before: end).signs.contains(where: { "\n?!؟".contains($0) })
            && !(text.gap(before: end).endsSentence
              && text.asks(in: text.sentence(of: end..<(end + 1))))
      {
        end += 1
      }
      // "Do you deliver to 14 Main Street?" says where; "do you deliver to Patra?" asks whether.
      let hasNumber = (start..<end).contains { text.tokens[$0].number != nil }
      guard !text.asks(in: start..<end) || hasNumber && end - start >= 3, end - start >= 1,
        text.hit("date_time", at: start) == nil, text.hit("fee", at: start) == nil
      else { continue }
      if let place = found(start..<end, text, isSure: true) { return place }
    }
    return nil
  }

  /// "Delivery Saturday 18/10 at 7, 61 Main Street": the place behind the day.
  private func behindDay(_ start: Int, _ text: OrderText) -> Int {
    guard text.hit("date_time", at: start) != nil else { return start }
    var place = start
    while place < text.tokens.count, !text.gap(before: place).endsSentence,
      text.hit("date_time", at: place) != nil || text.tokens[place].isMasked
        || text.hit("item_end", at: place) != nil || text.tokens[place].gap.signs == ":"
    {
      place += 1
    }
    let hasNumber = (place..<text.tokens.count).contains { text.tokens[$0].number != nil }
    let isPart = place < text.tokens.count && text.tokens[place].gap.isComma
    return isPart && hasNumber ? place : start
  }

  /// "Sent $89, it's going to 210 Main Street", "as a gift 😂 14 Main Street": a street or house, and
  /// the few words before it that may be a town.
  private func core(_ range: Range<Int>, _ text: OrderText) -> Range<Int> {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for place in range where place > start {
      let gap = text.tokens[place].gap
      if gap.endsSentence && text.hit("address_marker", at: place - 1) == nil
        || gap.signs.contains(where: { ",،:".contains($0) })
        || text.isPicture(place) || text.isPicture(place - 1)
      {
        parts.append(start..<place)
        start = place
      }
    }
    parts.append(start..<range.upperBound)
    guard
      let place = parts.firstIndex(where: { part in
        isHouse(part, text)
          || text.hits("address_marker", in: part).contains { !$0.isWeak }
      })
    else { return range }
    var first = place
    while first > 0, isPlain(parts[first - 1], text),
      !parts[first - 1].contains(where: { text.isPicture($0) })
    { first -= 1 }
    var begin = parts[first].lowerBound
    // "It's going to …".
    let lead = text.hits("address_lead", in: parts[first]).last { lead in
      lead.tokens.count > 1 && lead.tokens.upperBound < parts[first].upperBound
        && (lead.tokens.upperBound..<parts[first].upperBound).contains {
          text.tokens[$0].number != nil
        }
    }
    if first == place, let lead { begin = lead.tokens.upperBound }
    return begin..<range.upperBound
  }

  private func sentences(_ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for place in text.tokens.indices where place > start {
      let gap = text.tokens[place].gap
      // A point after an abbreviation ends nothing.
      let isShort =
        gap.signs == "." && text.hit("address_marker", at: place - 1) != nil
      if text.isPicture(place) {
        found.append(start..<place)
        start = place + 1
      } else if gap.endsSentence, !isShort {
        if start < place { found.append(start..<place) }
        start = place
      }
    }
    if start < text.tokens.count { found.append(start..<text.tokens.count) }
    return found
  }

  private func isPlace(_ sentence: Range<Int>, _ text: OrderText, atLeast: Int) -> Bool {
    guard !text.asks(in: sentence) else { return false }
    let marks = Set(
      text.hits("address_marker", in: sentence).filter { !$0.isWeak }.map(\.tokens))
    let hasNumber = sentence.contains { text.tokens[$0].number != nil }
    return marks.count >= (hasNumber ? atLeast : 2) && sentence.count >= 3
  }

  /// The place without the phone, the words that announce it and what follows the phone.
  private func found(_ range: Range<Int>, _ text: OrderText, isSure: Bool) -> Found? {
    let range = core(range, text)
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, let hit = announcement(at: start, text) { start = hit.tokens.upperBound }
    start = min(start, end)
    let phones = text.message.phones.compactMap { text.bytes.firstRange(of: Array($0.raw.utf8)) }
    if let phone = (start..<end).first(where: { place in
      let token = text.tokens[place]
      return token.isMasked && token.range.count >= 8 || isPhoneWord(place, text)
        || phones.contains { $0.overlaps(token.range) }
    }) {
      if phone == start {
        // The phone stands first: the place is what follows it.
        var rest = phone
        while rest < end,
          text.tokens[rest].isMasked || text.tokens[rest].number != nil || isPhoneWord(rest, text)
        { rest += 1 }
        start = rest
      } else {
        end = phone
      }
    }
    // "…, same bell as always": what says nothing of a place.
    while let last = parts(start..<end, text).last, last.lowerBound > start, last.count >= 4,
      last.allSatisfy({
        text.tokens[$0].isWord && text.hit("address_marker", at: $0) == nil
          && text.hit("pickup_place", at: $0) == nil
      })
    {
      end = last.lowerBound
    }
    while end > start,
      ["greeting", "item_end", "and", "phone_marker"].contains(where: {
        text.hit($0, at: end - 1) != nil
      })
    {
      end -= 1
    }
    guard end > start else { return nil }
    var words = text.slice(start..<end)
    // Hebrew "to the street".
    if words.hasPrefix("ל"), text.hit("address_marker", at: start) != nil { words.removeFirst() }
    return words.utf8.count >= 4
      ? Found(text: words, range: text.place(start..<end), isSure: isSure) : nil
  }

  private func isPhoneWord(_ place: Int, _ text: OrderText) -> Bool {
    // "Number 12" is a house.
    let next = place + 1
    if next < text.tokens.count, text.tokens[next].number != nil, text.tokens[next].range.count < 6
    {
      return false
    }
    return text.hits["phone_marker"]?.contains { $0.tokens.lowerBound == place && !$0.isWeak }
      ?? false
  }

  private func announcement(at place: Int, _ text: OrderText) -> OrderWords.Hit? {
    for category in [
      "greeting", "confirm_customer", "item_end", "address_lead", "lead", "delivery_request",
      "order_intent",
    ] {
      if let hit = text.hit(category, at: place), hit.tokens.lowerBound == place { return hit }
    }
    return nil
  }
}
