import Foundation
import InboxModel

/// What the customer says: what ends an order, and what is left to begin or change one.
extension Episodes {
  mutating func readCustomer(_ reading: Reading) {
    let text = reading.text
    // A picture or voice message without words.
    if text.has("media_placeholder"), text.tokens.count <= 6 { return }
    if let draft = open, !text.says("cancel"), beginsAnew(reading) {
      let rest = text.message.sentAt - draft.lastAt
      // What nobody answered is forgotten later than what has come to an end; behind that, who wants
      // goods wants them anew.
      let isNew = draft.isClosed && !goods(reading).isEmpty && text.says("order_intent")
      let isPaid = text.has("payment_done") && isSum(reading, draft)
      if !isPaid,
        rest > (draft.status == .requested ? 5 : 1) * Episodes.pause
          || isNew && !text.says("return_complaint", "old_order"), !isPaid
      {
        close()
      }
    }
    open?.spokenAt = reading.place
    if open?.status == .requested, text.says("appointment"), !text.says("order_intent") {
      open?.signs.insert(.otherMatter)
    }
    if open != nil, readEnd(reading) { return }
    if open == nil {
      begin(reading)
    } else {
      change(reading)
    }
    readPlace(reading)
  }

  /// True if a message asks for goods.
  func beginsAnew(_ reading: Reading) -> Bool {
    !goods(reading).isEmpty || reading.text.has("same_again")
      || reading.text.has("order_intent_weak")
      || reading.text.has("order_intent")
  }

  func goods(_ reading: Reading) -> [Mention] {
    let isList =
      asking.map { reading.place - $0 <= Episodes.reach } ?? false || reading.text.isLines
    let mentions = mentionReader.read(
      reading.text, reading.amounts, isList: isList, isPolite: isPolite(reading.text))
    // The line above a list greets, or says what it is for.
    guard reading.text.isLines,
      let first = reading.text.tokens.indices.first(where: {
        $0 > 0 && reading.text.tokens[$0].gap.signs.contains("\n")
      })
    else { return mentions }
    // "These from your list:".
    let isTitle = reading.text.tokens[first].gap.signs.contains(":")
    return mentions.filter {
      $0.quantity != nil || $0.isAsked && !isTitle || $0.name.lowerBound >= first
    }
  }

  /// True for "please" in what asks nothing and talks of nothing else.
  func isPolite(_ text: OrderText) -> Bool {
    text.has("please") && !text.asks() && !text.says("cancel", "return_complaint", "old_order")
  }

  /// What ends or settles the open order: a refusal, a cancellation, payment, arrival.
  ///
  /// - Returns: True if nothing else is to be read in the message.
  mutating func readEnd(_ reading: Reading) -> Bool {
    guard var draft = open else { return false }
    let text = reading.text
    let isNotYet = text.has("not_yet")
    // "I'll transfer now": the next "done" is about that.
    if isNotYet, text.has("payment_method"), !text.asks() { askedMoney = reading.place }
    defer { if open != nil { open = draft } }
    if namesOthers(reading, draft) { return false }
    let named = namedLines(reading, draft)
    if text.says("cancel"), !named.isEmpty, named.count < draft.lines.count {
      // "Cancel the cake": the rest stays.
      for line in named.reversed() { draft.lines.remove(at: line) }
      draft.isTotalOld = true
      touch(&draft, reading)
      return true
    }
    if text.says("cancel"), !text.has("remove") || named.isEmpty, !isPartly(reading, draft) {
      cancel(draft, reading, ["cancel"], "the customer cancelled")
      return true
    }
    if draft.status == .requested, !draft.isAnswered, text.says("return_complaint") {
      otherMatter = text.message.sentAt
      open = nil
      return true
    }
    // What the shop never took is still open.
    let isUnsettled =
      draft.status == .requested
      || draft.status == .confirmed && !draft.signs.contains(.confirmed) && text.says("no_order")
    if isUnsettled,
      text.says("no_order") && !text.says("order_intent")
        || text.says("decline_customer") && !asksWhy(text)
          && (!text.has("confirm_customer") || draft.isOffer) && !text.says("payment_method")
    {
      asking = nil
      topic = Topic()
      guard draft.signs.contains(.agreed) || draft.address != nil else {
        // It never became an order.
        open = nil
        return true
      }
      cancel(draft, reading, ["decline_customer", "no_order"], "the customer let it be")
      return true
    }
    if text.states("received") || isArrived(reading, draft)
      || text.saysAtLength("shipment") && !text.asks(), !isNotYet,
      !text.says("picked_up") || text.states("received") || isArrived(reading, draft),
      draft.status != .requested || draft.isAnswered
    {
      if draft.status != .paid || !text.has("payment_done") {
        draft.set(
          .shipped, said(reading, ["received"], "the customer has got it"), reading.proof("status"))
      }
      touch(&draft, reading)
    }
    if text.states("payment_done") || isDone(reading), !isNotYet, isDeposit(reading) {
      touch(&draft, reading)
      return true
    }
    // "3810 GPay": the sum, and how it was sent.
    if text.states("payment_done")
      || isSum(reading, draft)
        && (text.has("payment_method") || text.has("payment_done") || isBrief(reading))
      || isDone(reading),
      !isNotYet
    {
      draft.set(
        .paid, said(reading, ["payment_done"], "the customer says it is paid"),
        reading.proof("status"))
      draft.isAnswered = true
      touch(&draft, reading)
      open = draft
      readPlace(reading)
      draft = open ?? draft
      return true
    }
    return false
  }

  /// True if a message names all of what is to be paid, or what the deposit left of it.
  private func isSum(_ reading: Reading, _ draft: Draft) -> Bool {
    guard let total = draft.total ?? draft.sum else { return false }
    let rest = deposit?.value.map { total - $0 }
    return numbers(reading).contains { $0 == total || $0 == rest }
  }

  /// "Sent 305", right after the shop said where to pay.
  private func isBrief(_ reading: Reading) -> Bool {
    guard let askedMoney, reading.place - askedMoney <= 4 else { return false }
    return reading.text.tokens.count <= 4 && !reading.text.asks()
      && !reading.text.has("negotiate") && !reading.text.has("set_to")
  }

  /// "Why is it so expensive": who asks has not refused yet.
  private func asksWhy(_ text: OrderText) -> Bool {
    text.tokens.first.map { Episodes.whys.contains($0.folded) } ?? false
  }

  private static let whys = SmallWords.why.words

  /// "It came": what begins a message some time after the order was taken.
  private func isArrived(_ reading: Reading, _ draft: Draft) -> Bool {
    let text = reading.text
    return draft.status == .confirmed || draft.status == .paid || draft.isAnswered
      ? text.message.sentAt - draft.lastAt > Episodes.delivery && !text.asks()
        && ["payment_method", "payment_done", "question", "order_intent_weak"]
          .allSatisfy { !text.has($0) }
        && text.hits["received"]?.contains { $0.tokens.lowerBound <= 1 } ?? false : false
  }

  /// Nothing reaches anybody sooner, in milliseconds.
  private static let delivery: Int64 = 20 * 60_000

  /// True where what is paid is only the part that the shop wanted first.
  func isDeposit(_ reading: Reading) -> Bool {
    guard let deposit, reading.place - deposit.place <= 8 else { return false }
    // What is left is no deposit.
    if let value = deposit.value, let known = open?.total ?? open?.sum, value * 2 > known {
      return false
    }
    let sums = numbers(reading).filter { $0 >= 5 }
    return sums.isEmpty || deposit.value.map(sums.contains) ?? false
  }

  /// "Done", "sent": an answer to how to pay.
  private func isDone(_ reading: Reading) -> Bool {
    guard let askedMoney, reading.place - askedMoney <= 3, reading.text.tokens.count <= 6 else {
      return false
    }
    return reading.text.states("done")
  }

  /// Ends the open order, which nobody wants any more.
  private mutating func cancel(
    _ draft: Draft, _ reading: Reading, _ categories: [String], _ reason: String
  ) {
    var draft = draft
    draft.set(.cancelled, said(reading, categories, reason), reading.proof("status"))
    touch(&draft, reading)
    done.append(draft)
    open = nil
  }

  /// True if only one of several things is taken back.
  func isPartly(_ reading: Reading, _ draft: Draft) -> Bool {
    let mentions = mentionReader.read(reading.text, reading.amounts, isList: true)
    return draft.lines.count > 1 && mentions.contains { draft.place(of: $0) != nil }
      && mentions.count { draft.place(of: $0) != nil } < draft.lines.count
  }

  /// The lines that a message names.
  private func namedLines(_ reading: Reading, _ draft: Draft) -> [Int] {
    let words = reading.text.tokens.filter(\.isWord).map(\.folded)
    return draft.lines.indices.filter { line in
      draft.lines[line].mention.words.contains { name in
        name.unicodeScalars.count > 2 && words.contains { Mention.isLike(name, $0) }
      }
    }
  }

  /// "I don't want the cake, only what I ordered": what is refused is no part of the order.
  private func namesOthers(_ reading: Reading, _ draft: Draft) -> Bool {
    let text = reading.text
    guard text.says("cancel", "decline_customer", "no_order"), let previous = lastShop,
      reading.place - previous.place <= 3
    else { return false }
    let words = text.tokens.filter { $0.isWord && $0.folded.unicodeScalars.count > 2 }.map(\.folded)
    func isNamed(_ mention: Mention) -> Bool {
      let named = mention.words.count { name in words.contains { Mention.isLike(name, $0) } }
      return named * 2 >= mention.words.count && named > 0
    }
    if draft.lines.contains(where: { isNamed($0.mention) }) { return false }
    let offers = offers(previous)
    // "Want to try the new one? It's 18." "Not this time."
    let isOther =
      !text.says("cancel") && previous.place == reading.place - 1 && !previous.text.has("replace")
      && (previous.text.asks() || previous.text.has("ask_order") || previous.text.has("question"))
      && (draft.status != .requested || draft.lines.contains { $0.unitPrice != nil })
      && (previous.amounts.last(.total) != nil
        || offers.last.map { offer in !draft.lines.contains { $0.mention.isLike(offer.words) } }
          ?? false)
    return isOther || offers.contains(where: isNamed)
  }

  func said(_ reading: Reading, _ categories: [String], _ reason: String) -> String {
    reading.words(categories).map { "\(reason): “\($0.0)”" } ?? reason
  }

  func touch(_ draft: inout Draft, _ reading: Reading) {
    draft.messages.insert(reading.place)
    draft.lastAt = reading.text.message.sentAt
  }
}
