import Foundation
import InboxModel

extension Amount {
  /// True for what the lines that have prices come to.
  fileprivate func isSum(of draft: Draft) -> Bool {
    let known = draft.lines.compactMap { line in
      line.lineTotal ?? line.unitPrice.map { $0 * (line.quantity ?? 1) }
    }
    return known.reduce(0, +) >= value
  }
}

/// Which price is of which goods.
extension Episodes {
  /// Goods that were named before their prices get those that the shop had said.
  mutating func applyTopicPrices() {
    guard var draft = open else { return }
    for priced in topic.prices {
      let (amounts, place) = (priced.amounts, priced.place)
      let reading = Reading(text: priced.text, place: place, amounts: amounts)
      // "180" answers what was asked right before it.
      let isOther =
        priced.subject.map { subject in !draft.lines.contains { $0.mention.isLike(subject.words) } }
        ?? false
      if isOther, offers(reading).isEmpty { continue }
      price(&draft, reading)
      draft.currency = draft.currency ?? amounts.all.lazy.compactMap(\.currency).first
      if draft.fee == nil, let fee = amounts.last(.fee) {
        draft.fee = fee.value
        draft.prove("fee", reading.id, priced.text.place(fee.tokens))
      }
      if draft.lines.contains(where: { $0.unitPrice != nil }) {
        draft.messages.insert(place)
        draft.isAnswered = true
        if let currency = amounts.all.lazy.compactMap(\.currency).first {
          draft.currency = currency
        }
      }
    }
    open = draft
  }

  /// Binds prices to lines: by name, by what adds up, by order.
  func price(_ draft: inout Draft, _ reading: Reading) {
    let amounts = reading.amounts
    // What goes with a fee adds it to what the goods come to.
    let terms = amounts.first(.fee) == nil ? amounts.terms : amounts.terms.dropLast()
    if terms.count == draft.lines.count || terms.count == draft.lines.count + 1,
      terms.count > 1
    {
      for (place, term) in zip(draft.lines.indices, terms) {
        draft.lines[place].lineTotal = term
        draft.lines[place].unitPrice = exact(term, by: draft.lines[place].quantity ?? 1)
        draft.lines[place].prove(reading.proof("price"))
      }
      return
    }
    let prices = amounts.prices
    if prices.isEmpty, let total = amounts.last(.total), draft.lines.count == 1,
      draft.lines[0].unitPrice == nil, let quantity = draft.lines[0].quantity, draft.fee == nil,
      amounts.first(.fee) == nil, quantity > 0
    {
      draft.lines[0].lineTotal = total.value
      draft.lines[0].unitPrice = exact(total.value, by: quantity)
    }
    guard !prices.isEmpty else { return }
    // A lower price for the one thing that the talk is about.
    if prices.count == 1, draft.lines.count == 1, draft.status == .requested,
      let old = draft.lines[0].unitPrice, prices[0].isEach || draft.lines[0].quantity == 1,
      amounts.all.count == 1, prices[0].value < old, prices[0].value * 2 > old,
      !reading.text.has("replace")
    {
      bind(prices[0], 0, &draft, reading)
      return
    }
    // "34 each so 68".
    if draft.lines.count == 1,
      let quantity = draft.lines[0].quantity,
      quantity > 1,
      let each = prices.first(where: { price in
        prices.contains { $0.value == price.value * quantity }
      })
    {
      bind(each, 0, &draft, reading)
      return
    }
    var free = Array(prices.indices)
    var unbound: [Int] = []
    for line in draft.lines.indices where draft.lines[line].unitPrice == nil {
      let words = draft.lines[line].mention.words
      let best =
        free.first { isNamed(words, before: prices[$0].tokens, reading.text) }
        ?? free.first { isNamed(words, behind: prices[$0].tokens, reading.text) }
      guard let best else {
        unbound.append(line)
        continue
      }
      free.removeAll { $0 == best }
      bind(prices[best], line, &draft, reading)
    }
    if free.count == 1, draft.lines.count == 1, let line = unbound.first, let price = free.first {
      bind(prices[price], line, &draft, reading)
    } else if unbound.count == 1, free.count == 1, !prices[free[0]].isSum(of: draft),
      prices[free[0]].isEach || draft.lines[unbound[0]].mention.proof.message > lastSaid
    {
      // The others have theirs already.
      bind(prices[free[0]], unbound[0], &draft, reading)
    } else if unbound.count == free.count, !unbound.isEmpty, unbound.count == draft.lines.count {
      for (line, price) in zip(unbound, free) { bind(prices[price], line, &draft, reading) }
    }
  }

  private func bind(
    _ amount: Amount, _ line: Int, _ draft: inout Draft, _ reading: Reading
  ) {
    let quantity = draft.lines[line].quantity ?? 1
    draft.lines[line].prove(reading.proof("price", amount.tokens))
    // "2 trays = £48": the price of as many as were asked for.
    let counted = mentionReader.read(reading.text, reading.amounts, isList: false).contains {
      $0.quantity == quantity && quantity != 1 && $0.tokens.upperBound <= amount.tokens.lowerBound
        && amount.tokens.lowerBound - $0.tokens.upperBound <= 2
    }
    if counted, !amount.isEach {
      draft.lines[line].lineTotal = amount.value
      draft.lines[line].unitPrice = exact(amount.value, by: quantity)
    } else {
      draft.lines[line].unitPrice = amount.value
      draft.lines[line].lineTotal = nil
    }
  }

  /// "And cakes" in a line: the shop's answer shows that the "and" is no part of the name.
  func unjoin(_ draft: inout Draft, _ text: OrderText) {
    splitJoined(&draft, text)
    for place in draft.lines.indices {
      guard let word = draft.lines[place].mention.words.first, let joint = word.first,
        "וو".contains(joint), word.count > 3, draft.lines[place].mention.item.first == joint,
        text.tokens.contains(where: { $0.folded == word.dropFirst() })
      else { continue }
      draft.lines[place].mention.words[0] = String(word.dropFirst())
      draft.lines[place].mention.item.removeFirst()
    }
  }

  /// "Sunflowers and-balloon": two things where the shop names the second without its "and".
  private func splitJoined(_ draft: inout Draft, _ text: OrderText) {
    for place in draft.lines.indices.reversed() where draft.lines.count < Draft.mostLines {
      var line = draft.lines[place]
      let parts = line.mention.item.split(separator: " ")
      guard parts.count == line.mention.words.count,
        let joint = line.mention.words.indices.dropFirst().first(where: { index in
          let word = line.mention.words[index]
          return Mention.beginsWithAnd(word) && word.count > 3
            && text.tokens.contains { token in
              token.folded.hasSuffix(word.dropFirst()) && token.folded.count <= word.count + 2
                && token.folded != word
            }
        })
      else { continue }
      var second = line
      second.mention.item = String(parts[joint...].joined(separator: " ").dropFirst())
      second.mention.words = Array(line.mention.words[joint...])
      second.mention.words[0].removeFirst()
      second.quantity = 1
      line.mention.item = parts[..<joint].joined(separator: " ")
      line.mention.words.removeSubrange(joint...)
      draft.lines[place] = line
      draft.lines.insert(second, at: place + 1)
    }
  }

  /// A price by as many as it is for; nil if that is no sum of money.
  private func exact(_ sum: Decimal, by quantity: Decimal) -> Decimal? {
    guard quantity != 0 else { return nil }
    let price = sum / quantity
    return price * quantity == sum && -price.exponent <= 3 ? price : nil
  }

  /// True if words of a name stand in the part of the message that a price ends.
  private func isNamed(_ words: [String], before price: Range<Int>, _ text: OrderText) -> Bool {
    var start = price.lowerBound
    while start > 0, !text.gap(before: start).endsSentence, !text.gap(before: start).isComma,
      text.tokens[start - 1].number == nil || text.tokens[start - 1].isMasked
        || start == price.lowerBound
        || text.hit("quantity_unit", at: start) != nil, price.lowerBound - start < 8
    {
      start -= 1
    }
    return isNamed(words, in: start..<price.lowerBound, text)
  }

  /// True if words of a name follow a price: "12€ the jar".
  private func isNamed(_ words: [String], behind price: Range<Int>, _ text: OrderText) -> Bool {
    var end = price.upperBound
    while end < text.tokens.count, end - price.upperBound < 4, !text.gap(before: end).endsSentence,
      !text.gap(before: end).isComma, text.tokens[end].number == nil
    {
      end += 1
    }
    return isNamed(words, in: price.upperBound..<end, text)
  }

  private func isNamed(_ words: [String], in range: Range<Int>, _ text: OrderText) -> Bool {
    words.contains { word in
      word.unicodeScalars.count >= 3
        && range.contains { place in
          let folded = text.tokens[place].folded
          // "And-the towel 25", in one word.
          let rest = folded.hasPrefix("وال") ? String(folded.dropFirst()) : folded
          return Mention.isLike(word, folded) || Mention.isLike(word, rest)
        }
    }
  }
}
