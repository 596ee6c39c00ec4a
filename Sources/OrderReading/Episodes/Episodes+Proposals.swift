import Foundation

/// What the shop proposes before anybody orders, and what the customer asks about beside an order.
extension Episodes {
  /// Goods that the shop counts in a question: "6 bags again this week?"
  struct Proposal {
    let mentions: [Mention]
    let reading: Reading
  }

  mutating func noteProposal(_ reading: Reading) {
    let text = reading.text
    guard text.asks(), !text.says("giveaway", "other_matter", "appointment"),
      !text.has("auto_reply")
    else { return }
    let mentions = mentionReader.read(text, reading.amounts, isList: false, isPolite: true)
      .filter { $0.quantity != nil && !$0.isTrailing && !$0.isVariant && !$0.isUnit }
    guard mentions.count > 1 || !mentions.isEmpty && text.has("same_again") else { return }
    proposal = Proposal(mentions: mentions, reading: reading)
  }

  /// The customer's yes to what the shop proposed, also where they change some of it.
  mutating func takeProposal(_ reading: Reading) -> Bool {
    let text = reading.text
    guard let proposal, reading.place - proposal.reading.place <= 2, !text.asks(),
      !text.says("cancel", "decline_customer", "no_order"),
      text.states("confirm_customer")
        || ["remove", "change", "set_to"].contains(where: { text.has($0) })
    else { return false }
    start(proposal.mentions, proposal.reading)
    open?.signs.formUnion([.asked, .agreed])
    open?.isAnswered = true
    open?.messages.insert(reading.place)
    (self.proposal, offer, asking) = (nil, proposal.reading.place, reading.place)
    change(reading)
    return true
  }

  /// "Do you have oil filters too?": what is only asked about while an order is open.
  mutating func noteAside(_ reading: Reading, _ counted: [Mention]) {
    let text = reading.text
    guard text.asks() || text.has("order_intent_weak"), counted.isEmpty else { return }
    let named = askedAbout(reading).last ?? shortQuestion(text)
    guard let named, !named.isUnit, open?.place(of: named) == nil else { return }
    aside = (named, reading.place)
  }

  private func shortQuestion(_ text: OrderText) -> Mention? {
    guard let part = askingPart(text), part.count <= 6,
      ["delivery_request", "picked_up", "fee", "payment_method", "date_time", "appointment"]
        .allSatisfy({ !text.has($0) })
    else { return nil }
    return mentionReader.namedEach(in: part, text).last
  }

  /// "One of those too then": what was asked about beside the order joins it.
  ///
  /// - Returns: True if it did.
  mutating func takeAside(_ reading: Reading, _ counted: [Mention]) -> Bool {
    let text = reading.text
    guard let aside, reading.place - aside.place <= 4, !text.asks(),
      !text.says("decline_customer", "no_order", "cancel", "remove"),
      counted.allSatisfy({ $0.item.isEmpty || $0.isUnit || $0.isLike(aside.mention.words) })
    else { return false }
    let isMeant =
      !counted.isEmpty && counted.allSatisfy { $0.item.isEmpty || $0.isUnit }
      || counted.isEmpty && text.says("order_intent", "order_add") && text.tokens.count <= 8
      || counted.isEmpty && isBareNumber(text) && offer == reading.place - 1
    guard isMeant, lastShop.map({ $0.place > aside.place }) ?? false else { return false }
    var mention = aside.mention
    mention.quantity =
      counted.first?.quantity ?? (isBareNumber(text) ? bareQuantity(reading) : nil)
      ?? mention.quantity ?? 1
    if let unit = counted.first, !unit.item.isEmpty { mention.unit = unit.item }
    add(mention, reading)
    open?.messages.formUnion([aside.place, reading.place])
    if let lastShop, lastShop.amounts.prices.count == 1, let line = open?.lines.indices.last {
      open?.lines[line].unitPrice = lastShop.amounts.prices[0].value
      open?.messages.insert(lastShop.place)
    }
    (self.aside, asking) = (nil, reading.place)
    return true
  }
}
