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

/// What the shop says: prices, offers, agreement, dispatch.
extension Episodes {
  mutating func readShop(_ reading: Reading) {
    let text = reading.text
    let asksHow =
      text.asks() && (text.has("delivery_request") || text.has("fee") || text.has("picked_up"))
    if text.has("ask_address") || asksHow { askedPlace = reading.place }
    if open == nil {
      readOffer(reading)
      return
    }
    // What a machine answers says nothing of this order.
    if text.has("auto_reply") { return }
    readPrices(reading)
    readStatus(reading)
    settleDoubt(reading)
  }

  /// A list is an order once the shop answers it with a price or a yes; it is none if the talk goes
  /// on about something else.
  private mutating func settleDoubt(_ reading: Reading) {
    guard let draft = open, draft.isDoubtful else { return }
    if !reading.amounts.all.isEmpty || draft.status != .requested
      || reading.text.says("ask_address", "ask_order", "requested_pending", "stock_out")
    {
      open?.isDoubtful = false
    } else if reading.place - (asking ?? 0) > Episodes.reach {
      open = nil
    }
  }

  /// Prices before anything is ordered.
  private mutating func readOffer(_ reading: Reading) {
    if let usual, reading.place - usual <= 2 {
      // "The usual please": the shop says what that is.
      let mentions = mentionReader.read(reading.text, reading.amounts, isList: true)
        .filter { $0.quantity != nil }
      if !mentions.isEmpty {
        start(mentions, reading)
        open?.signs.insert(.asked)
        open?.messages.insert(usual)
        offer = reading.place
        open?.isAnswered = true
        return
      }
    }
    let hasPrice = !reading.amounts.prices.isEmpty || reading.amounts.last(.total) != nil
    if hasPrice {
      topic.prices.append((reading.text, reading.amounts, reading.place))
      if topic.prices.count > Topic.mostPrices { topic.prices.removeFirst() }
      offer = reading.place
    } else if reading.text.has("ask_order") {
      offer = reading.place
    }
  }

  /// Prices of the goods of the open order, its total and the fee.
  private mutating func readPrices(_ reading: Reading) {
    guard var draft = open else { return }
    let amounts = reading.amounts
    if !amounts.all.isEmpty || amounts.hasFreeDelivery {
      draft.messages.insert(reading.place)
      draft.isAnswered = true
      offer = reading.place
    }
    price(&draft, reading)
    let isFree = reading.text.has("free") && previous?.has("fee") == true
    if !isFree, let fee = amounts.last(.fee) ?? addedFee(reading) {
      draft.fee = fee.value
      draft.prove("fee", reading.id, reading.text.place(fee.tokens))
    } else if amounts.hasFreeDelivery || isFree {
      draft.fee = 0
      draft.prove("fee", reading.id, reading.text.stored(0..<reading.text.bytes.count))
    }
    settleTotal(&draft, reading)
    if let currency = amounts.all.lazy.compactMap(\.currency).first { draft.currency = currency }
    if reading.text.has("ask_order") || reading.text.has("ask_address")
      || reading.text.has("payment_request")
    {
      draft.isAnswered = true
      draft.messages.insert(reading.place)
    }
    open = draft
  }

  /// "+15₪" in answer to where it should go.
  private func addedFee(_ reading: Reading) -> Amount? {
    guard let previous, !previous.isOwner, reading.amounts.sum == nil,
      previous.has("delivery_request") || previous.has("address_marker") || previous.has("fee"),
      let first = reading.amounts.prices.first, open?.fee == nil, first.value < open?.sum ?? 0
    else { return nil }
    let isAdded = reading.text.tokens[first.tokens.lowerBound].gap.signs.contains("+")
    return isAdded || reading.text.has("fee") || reading.amounts.prices.count == 1 ? first : nil
  }

  /// Goods that were named before their prices get those that the shop had said.
  mutating func applyTopicPrices() {
    guard var draft = open else { return }
    for (text, amounts, place) in topic.prices {
      let reading = Reading(text: text, place: place, amounts: amounts)
      price(&draft, reading)
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
  private func price(_ draft: inout Draft, _ reading: Reading) {
    let amounts = reading.amounts
    if amounts.terms.count == draft.lines.count || amounts.terms.count == draft.lines.count + 1,
      amounts.terms.count > 1
    {
      for (place, term) in zip(draft.lines.indices, amounts.terms) {
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
      let old = draft.lines[0].unitPrice, draft.lines[0].quantity == 1, !prices[0].isEach,
      amounts.all.count == 1, prices[0].value < old, prices[0].value * 2 > old
    {
      bind(prices[0], 0, &draft, reading)
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
    } else if unbound.count == 1, free.count == 1, !prices[free[0]].isSum(of: draft) {
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
      text.tokens[start - 1].number == nil || start == price.lowerBound
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
        && range.contains { Mention.isLike(word, text.tokens[$0].folded) }
    }
  }

  /// The last sum that was stated for all of it.
  private func settleTotal(_ draft: inout Draft, _ reading: Reading) {
    let amounts = reading.amounts
    func set(_ amount: Amount) {
      draft.total = amount.value
      draft.prove("total", reading.id, reading.text.place(amount.tokens))
    }
    if let total = amounts.last(.total) { return set(total) }
    guard let sum = draft.sum else {
      // One sum for several things.
      if draft.lines.count > 1, amounts.prices.count == 1, !amounts.prices[0].isEach {
        set(amounts.prices[0])
      }
      return
    }
    let fits = amounts.all.last { amount in
      amount.role != .fee
        && (amount.value == sum || draft.fee.map { amount.value == sum + $0 } ?? false)
    }
    if let fits { set(fits) }
  }

  private mutating func readStatus(_ reading: Reading) {
    guard var draft = open else { return }
    let text = reading.text
    let isQuestion = text.asks()
    let isNotYet = text.has("not_yet")
    defer { if open != nil { open = draft } }
    if text.has("requested_pending") { draft.signs.insert(.pending) }
    func touch() {
      draft.messages.insert(reading.place)
      draft.lastAt = text.message.sentAt
      draft.isAnswered = true
    }
    if text.says("stock_out"), draft.status == .requested || draft.status == .confirmed,
      !text.has("alternative")
    {
      touch()
      draft.set(
        .cancelled, said(reading, ["stock_out"], "the shop has none"), reading.proof("status"))
      return
    }
    if text.says("cancelled_business") {
      touch()
      draft.set(
        .cancelled, said(reading, ["cancelled_business"], "the shop cancelled"),
        reading.proof("status"))
      return
    }
    if text.says("paid_business", "payment_done"), !isNotYet, !isQuestion, !text.says("deposit") {
      touch()
      draft.set(
        .paid, said(reading, ["paid_business", "payment_done"], "the shop got the money"),
        reading.proof("status"))
    }
    if text.says("shipped_business") || text.saysAtLength("shipment"), !isNotYet, !isQuestion,
      draft.status != .cancelled
    {
      touch()
      draft.set(
        .shipped, said(reading, ["shipped_business"], "the shop sent it"),
        reading.proof("status"))
      return
    }
    // A yes with a price is an offer: the customer's yes to it makes the order.
    let isOffer = !reading.amounts.prices.isEmpty && !text.says("confirm_business")
    if !isOffer, text.says("confirm_business", "agree_business"),
      draft.status == .requested, !text.says("requested_pending")
    {
      touch()
      draft.isOffer = false
      draft.signs.insert(text.says("confirm_business") ? .confirmed : .agreed)
      draft.set(
        .confirmed, said(reading, ["confirm_business", "agree_business"], "the shop took it"),
        reading.proof("status"))
    } else if text.says("confirm_business", "agree_business") || text.says("requested_pending") {
      draft.messages.insert(reading.place)
    }
  }
}
