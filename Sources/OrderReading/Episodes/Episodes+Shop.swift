import Foundation
import InboxModel

/// What the shop says: prices, offers, agreement, dispatch.
extension Episodes {
  mutating func readShop(_ reading: Reading) {
    let text = reading.text
    let asksHow = ["delivery_request", "fee", "picked_up"].contains { category in
      text.hits[category]?.contains { text.asks(in: text.sentence(of: $0.tokens)) } ?? false
    }
    if text.has("ask_address") || asksHow { askedPlace = reading.place }
    if text.says("deposit"), !text.has("auto_reply") {
      deposit = (reading.amounts.first(.deposit)?.value, reading.place)
    }
    let isAccount = text.tokens.contains { $0.isMasked && $0.range.count >= 8 }
    if text.has("payment_request") || text.has("payment_method") || isAccount {
      askedMoney = text.says("deposit") ? nil : reading.place
    }
    if open == nil {
      if text.says("giveaway", "other_matter") { foreignMatter = text.message.sentAt }
      if text.saysAtLength("appointment") { otherMatter = text.message.sentAt }
      noteProposal(reading)
      readOffer(reading)
      return
    }
    if text.says("other_matter"), open?.status == .requested { open?.signs.insert(.foreign) }
    if text.laughs, open?.status == .requested, reading.amounts.all.isEmpty {
      open?.signs.insert(.joke)
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
      topic.prices.append(
        Topic.Price(
          text: reading.text, amounts: reading.amounts, place: reading.place,
          subject: topic.mentions.last))
      if topic.prices.count > Topic.mostPrices { topic.prices.removeFirst() }
      topic.offers = offers(reading)
      if topic.mentions.isEmpty { topic.place = reading.place }
      offer = reading.place
      beginByShop(reading)
    } else if reading.text.has("ask_order") {
      offer = reading.place
    }
  }

  /// What the shop names right before its prices.
  func offers(_ reading: Reading) -> [Mention] {
    let text = reading.text
    return reading.amounts.prices.prefix(Topic.mostPrices).compactMap { price in
      let end = price.tokens.lowerBound
      var start = end
      while start > 0, end - start < 8, !text.gap(before: start).endsSentence,
        start == end || !text.gap(before: start).isComma, text.tokens[start - 1].isWord
      { start -= 1 }
      // "People usually add a box of fudge, £7": the name begins with its article.
      let article = (start..<end).last { Episodes.articles.contains(text.tokens[$0].folded) }
      return start < end ? mentionReader.named(in: (article ?? start)..<end, text) : nil
    }
  }

  private static let articles = SmallWords.article.words

  /// "Your order is ready, 2 candles, 1 trimmer, $61": what was ordered elsewhere.
  private mutating func beginByShop(_ reading: Reading) {
    let text = reading.text
    guard text.says("order_ready"), !text.has("auto_reply"), !text.says("giveaway") else { return }
    let mentions = mentionReader.read(text, reading.amounts, isList: false, isPolite: true)
      .filter { $0.quantity != nil && !$0.isTrailing }
    guard !mentions.isEmpty else { return }
    start(mentions, reading)
    open?.isAnswered = true
    open?.signs.formUnion([.asked, .confirmed])
    let reason = said(reading, ["order_ready"], "the shop has it ready")
    open?.set(.confirmed, reason, reading.proof("status"))
    readPrices(reading)
  }

  /// Prices of the goods of the open order, its total and the fee.
  private mutating func readPrices(_ reading: Reading) {
    guard var draft = open else { return }
    var reading = reading
    reading.amounts = balanced(reading, draft)
    let amounts = reading.amounts
    if !amounts.all.isEmpty || amounts.hasFreeDelivery {
      draft.messages.insert(reading.place)
      draft.isAnswered = true
      if draft.pricedAt == nil { draft.pricedAt = reading.place }
      offer = reading.place
    }
    unjoin(&draft, reading.text)
    price(&draft, reading)
    let isFree = reading.text.has("free") && previous?.has("fee") == true
    // Nobody pays more for the way than for the goods.
    let most = draft.total ?? draft.sum ?? .greatestFiniteMagnitude
    if !isFree, let fee = amounts.last(.fee) ?? addedFee(reading), fee.value < most {
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

  /// What is sent then is not sent yet.
  private static let tomorrow = SmallWords.tomorrow.words

  /// "Sending in an hour": what leaves then has not left.
  private func isSoon(_ text: OrderText) -> Bool {
    text.hits["shipped_business"]?.contains { hit in
      let next = hit.tokens.upperBound
      return next + 1 < text.tokens.count && !text.gap(before: next).endsSentence
        && Episodes.soon.contains(text.tokens[next].folded)
        && (text.tokens[next + 1].number != nil || text.hit("number_word", at: next + 1) != nil)
    } ?? false
  }

  private static let soon = SmallWords.soon.words

  /// "Sorry, we're closed that day": the shop cannot do what nobody has agreed on yet.
  private func refuses(_ reading: Reading, _ draft: Draft) -> Bool {
    let text = reading.text
    let refusals = text.hits["decline_business"] ?? []
    // "Fully booked": "booked" alone would take it.
    let takes =
      text.hits["confirm_business"]?.contains { yes in
        !yes.isWeak && !refusals.contains { $0.tokens.overlaps(yes.tokens) }
      } ?? false
    return text.states("decline_business") && draft.status == .requested && !draft.isOffer
      && !text.has("alternative") && reading.amounts.all.isEmpty && !text.has("negotiate")
      && !takes && !text.says("ask_address", "ask_order")
  }

  /// "See you on Friday": the shop names a day once the customer knows the price and goes on talking
  /// of the order.
  private func schedules(_ reading: Reading, _ draft: Draft) -> Bool {
    let text = reading.text
    guard draft.status == .requested, !draft.isOffer, let pricedAt = draft.pricedAt,
      let spokenAt = draft.spokenAt, spokenAt > pricedAt, previous?.isOwner == false,
      previous?.asks() == false, !text.asks(),
      !text.says("requested_pending", "decline_business", "stock_out", "negotiate", "appointment"),
      ["negation", "alternative"].allSatisfy({ !text.has($0) })
    else { return false }
    return (text.has("date_time") || text.has("shipment"))
      && (text.has("agree_business") || text.has("not_yet") || text.has("confirm_customer")
        || text.has("shipment"))
  }

  /// "I have to cancel, sorry": with more than that something is sold out.
  private func takesBack(_ text: OrderText) -> Bool {
    guard text.has("mistake"), !text.has("alternative"), text.states("cancel") else { return false }
    return text.hits["cancel"]?.contains { cancel in
      text.hits["stock_out"]?.contains { $0.tokens.overlaps(cancel.tokens) } != true
    } ?? false
  }

  private mutating func readStatus(_ reading: Reading) {
    guard var draft = open else { return }
    let text = reading.text
    let isNotYet = text.has("not_yet")
    defer { if open != nil { open = draft } }
    if text.has("requested_pending") { draft.signs.insert(.pending) }
    func touch() {
      draft.messages.insert(reading.place)
      draft.lastAt = text.message.sentAt
      draft.isAnswered = true
    }
    if draft.lines.count > 1, draft.status == .requested || draft.status == .confirmed,
      text.says("decline_business", "stock_out"), !text.asks(), reading.amounts.prices.isEmpty,
      let line = line(namedIn: text.tokens.indices, text)
    {
      // "We don't sell sugar": the rest stays.
      touch()
      draft.lines.remove(at: line)
      draft.isTotalOld = true
      return
    }
    if refuses(reading, draft) {
      (draft.status, draft.reason) = (
        .cancelled, said(reading, ["decline_business"], "the shop cannot")
      )
      // What was asked for with the last message alone never became an order.
      if !draft.isAnswered || draft.placedAt == previous?.message.sentAt { return open = nil }
      touch()
      draft.prove("status", reading.id, text.stored(0..<text.bytes.count))
      return
    }
    if text.says("stock_out") { soldOut = reading }
    if text.says("stock_out"), draft.status == .requested || draft.status == .confirmed,
      !text.has("alternative")
    {
      touch()
      draft.set(
        .cancelled, said(reading, ["stock_out"], "the shop has none"), reading.proof("status"))
      return
    }
    if text.says("cancelled_business") || takesBack(text) {
      touch()
      draft.set(
        .cancelled, said(reading, ["cancelled_business", "cancel"], "the shop cancelled"),
        reading.proof("status"))
      return
    }
    if text.states("paid_business", "payment_done"), !isNotYet, !text.says("deposit"),
      !isDeposit(reading)
    {
      touch()
      draft.set(
        .paid, said(reading, ["paid_business", "payment_done"], "the shop got the money"),
        reading.proof("status"))
    }
    if text.states("shipped_business") || text.saysAtLength("shipment") && !text.asks(), !isNotYet,
      draft.status != .cancelled,
      !text.tokens.contains(where: { Episodes.tomorrow.contains($0.folded) }), !isSoon(text),
      // "Is there a machine?" "It is with the driver."
      draft.status != .requested || previous?.asks() != true || draft.address != nil
    {
      touch()
      draft.set(
        .shipped, said(reading, ["shipped_business"], "the shop sent it"),
        reading.proof("status"))
      return
    }
    // Who asks where to send it, or names how to pay, has taken the customer's price.
    if draft.isOffer, text.has("ask_address") || text.has("payment_request"),
      !text.says("negotiate")
    {
      draft.isOffer = false
      draft.signs.insert(.agreed)
    }
    // A yes with a price is an offer: the customer's yes to it makes the order.
    let numbers = numbers(reading)
    let isCounter = draft.isOffer && !numbers.isEmpty && !numbers.contains(where: heard.contains)
    let isOffer =
      isCounter || !reading.amounts.prices.isEmpty && !text.says("confirm_business")
    if !isOffer, text.says("confirm_business", "agree_business"),
      draft.status == .requested, !text.says("requested_pending")
    {
      touch()
      draft.isOffer = false
      draft.signs.insert(text.says("confirm_business") ? .confirmed : .agreed)
      draft.set(
        .confirmed, said(reading, ["confirm_business", "agree_business"], "the shop took it"),
        reading.proof("status"))
    } else if !isOffer, schedules(reading, draft) {
      touch()
      draft.signs.insert(.agreed)
      draft.set(.confirmed, "the shop said when it comes", reading.proof("status"))
    } else if text.says("confirm_business", "agree_business") || text.says("requested_pending") {
      draft.messages.insert(reading.place)
    }
  }
}
