import Foundation
import InboxModel

/// What is ordered: lines that come, change and go while an order is open.
extension Episodes {
  mutating func add(_ mention: Mention, _ reading: Reading) {
    open?.lines.append(
      Draft.Line(
        mention: mention, quantity: mention.quantity ?? 1, unitPrice: nil, lineTotal: nil,
        proofs: [mention.proof]))
    open?.lastAt = reading.text.message.sentAt
    open?.isTotalOld = true
  }

  /// A mention of goods while an order is open: another line, or a change of one. Of several (not
  /// `isAlone`) a colour is another line, not that of one.
  mutating func merge(
    _ mention: Mention, _ reading: Reading, isChange: Bool, isAlone: Bool = true
  ) {
    let known = open?.place(of: mention)
    // "18 pies", "6 with meat": some of them.
    let isOther =
      known.flatMap { open?.lines[$0] }.map { line in
        let isSome = !isChange && mention.quantity ?? 1 < line.quantity ?? 1
        return mention.isVariant && line.mention.variants.isEmpty && (!isAlone || isSome)
      } ?? true
    guard let place = known, !isOther else {
      if open?.lines.count ?? 0 < Draft.mostLines { add(mention, reading) }
      return
    }
    guard let quantity = mention.quantity else { return }
    if reading.text.has("order_add"), !isChange {
      let known = open?.lines[place].quantity ?? 0
      open?.lines[place].quantity = known + quantity
    } else {
      open?.lines[place].quantity = quantity
    }
    open?.lines[place].lineTotal = nil
    open?.lines[place].prove(mention.proof)
    open?.lastAt = reading.text.message.sentAt
  }

  mutating func change(_ reading: Reading) {
    let text = reading.text
    let isChange = text.has("change") || text.has("set_to") || text.has("replace")
    let isNear = asking.map { reading.place - $0 <= Episodes.reach } ?? false
    let isAsking = text.says("order_intent", "order_add")
    let mentions = mentionReader.read(
      text, reading.amounts, isList: isChange || isNear || text.has("remove"))
    let isList =
      isNear && asking == reading.place - 1 && previous?.isOwner == false && isPlainList(text)
    let counted = mentions.filter {
      $0.quantity != nil && (!$0.isTrailing || isChange) || $0.isAsked || isList
    }
    if mended(reading) != nil || isPiece(reading) || text.isCondition || wonders(text)
      || respell(reading)
    {
      return
    }
    if pickAndAdd(reading) || picksOther(reading) { return }
    if takeAside(reading, counted) || addsMore(reading, counted) || recounts(reading, counted) {
      return
    }
    noteAside(reading, counted)
    if text.says("remove") || text.has("remove") && (text.has("change") || removesLine(text)) {
      remove(mentions, reading)
    } else if isChange {
      changeLines(counted, reading)
    } else if isAsking || isNear, !text.says("negotiate"),
      open?.status == .requested || open?.status == .confirmed,
      !isPlaceOrDay(reading)
    {
      // "And half a dozen mats, how much is it?": the comma parts what they want from what they ask.
      let isSlow =
        !isAsking && text.asks()
        && !counted.contains {
          let end = $0.tokens.upperBound
          return $0.quantity != nil && end < text.tokens.count && text.gap(before: end).isComma
        }
      if !isSlow {
        let named = resolved(parts(withoutOption(counted, reading)))
        dropSoldOut(for: named, reading)
        // Who names several lines once more says how many of each, not how many more.
        let isRestated = named.count { open?.place(of: $0) != nil } > 1
        for mention in named {
          merge(mention, reading, isChange: isRestated, isAlone: named.count == 1)
        }
        if counted.allSatisfy({ !$0.isVariant }) { applyVariant(reading) }
        if var draft = open {
          part(&draft)
          open = draft
        }
      }
      if !counted.isEmpty, !isSlow {
        open?.messages.insert(reading.place)
        asking = reading.place
        applyTopicPrices()
        applyEach(reading)
      }
    }
    // Where and how they want it, once they know the price, says yes.
    if open?.isAnswered == true, text.says("picked_up", "delivery_request"), !text.asks() {
      open?.signs.insert(.agreed)
      open?.messages.insert(reading.place)
    }
    agree(reading)
  }

  /// "My cousin is coming too. 3": the only thing that is ordered, so many of it now.
  private func finalNumber(_ text: OrderText) -> Decimal? {
    guard text.tokens.count > 2, let last = text.tokens.last, last.gap.endsSentence, !last.isMasked,
      !text.asks(), let number = last.number, number > 0, number <= 60
    else { return nil }
    return number
  }

  private mutating func recounts(_ reading: Reading, _ counted: [Mention]) -> Bool {
    guard counted.isEmpty, reading.amounts.all.isEmpty, open?.lines.count == 1,
      open?.status == .requested, let asking, reading.place - asking <= 2,
      reading.text.message.phones.isEmpty, !reading.text.has("address_marker"),
      let number = finalNumber(reading.text)
    else { return false }
    setQuantity(number, 0, reading)
    open?.messages.insert(reading.place)
    return true
  }

  /// "Add one more", "another two, so four": of the only thing that is ordered.
  private mutating func addsMore(_ reading: Reading, _ counted: [Mention]) -> Bool {
    let text = reading.text
    guard text.says("order_add"), let draft = open, draft.lines.count == 1, !counted.isEmpty,
      counted.allSatisfy({ $0.item.isEmpty }), !text.asks(),
      !text.says("cancel", "decline_customer", "no_order", "remove"),
      let known = draft.lines[0].quantity, let more = counted.first?.quantity
    else { return false }
    let said = text.has("set_to") ? counted : Array(counted.dropFirst())
    let stated = said.compactMap(\.quantity).last { $0 > known }
    setQuantity(stated ?? known + more, 0, reading)
    open?.messages.insert(reading.place)
    asking = reading.place
    return true
  }

  /// "We have sand or navy, 45 each": whatever is picked of them costs that.
  private mutating func applyEach(_ reading: Reading) {
    guard let shop = lastShop, reading.place - shop.place <= 2, shop.amounts.prices.count == 1,
      let each = shop.amounts.prices.first, each.isEach, var draft = open
    else { return }
    for line in draft.lines.indices where draft.lines[line].unitPrice == nil {
      guard draft.lines[line].mention.proof.message == reading.id else { continue }
      draft.lines[line].unitPrice = each.value
      draft.lines[line].prove(shop.proof("price", each.tokens))
      draft.messages.insert(shop.place)
    }
    open = draft
  }

  /// "And if we add a box to each?": it asks what that would cost.
  private func wonders(_ text: OrderText) -> Bool {
    text.asks() && ["אמ", "ואמ"].contains(text.tokens.first?.folded ?? "")
  }

  /// "Skip the prawns": one of several things right behind a word that may take it away.
  private func removesLine(_ text: OrderText) -> Bool {
    guard open?.lines.count ?? 0 > 1, !text.asks() else { return false }
    return text.hits["remove"]?.contains { hit in
      let end = hit.tokens.upperBound
      // "The decaf, we still have some, so skip it".
      if end < text.tokens.count, MentionReader.pronouns.contains(text.tokens[end].folded),
        line(namedIn: text.sentence(of: hit.tokens).lowerBound..<hit.tokens.lowerBound, text) != nil
      {
        return true
      }
      return line(namedIn: end..<min(end + 3, text.tokens.count), text) != nil
    } ?? false
  }

  /// "Bread*": how the word before should have been written.
  private mutating func respell(_ reading: Reading) -> Bool {
    let text = reading.text
    guard text.tokens.count == 1, text.tokens[0].isWord, let line = open?.lines.indices.last,
      text.tail.signs == "*" || text.tokens[0].gap.signs == "*",
      let mention = open?.lines[line].mention,
      let wrong = mention.words.firstIndex(where: {
        abs($0.count - text.tokens[0].folded.count) <= 2
          && $0.prefix(2) == text.tokens[0].folded.prefix(2)
      })
    else { return false }
    var parts = mention.item.split(separator: " ").map(String.init)
    guard parts.count == mention.words.count else { return false }
    parts[wrong] = text.slice(0..<1)
    open?.lines[line].mention.item = parts.joined(separator: " ")
    open?.lines[line].mention.words[wrong] = text.tokens[0].folded
    open?.messages.insert(reading.place)
    return true
  }

  /// True for a text that holds nothing but goods.
  func isPlainList(_ text: OrderText) -> Bool {
    // "And a cheese cake for 20": what goes on with "and" goes on with the list.
    let first = text.tokens.first?.folded ?? ""
    if text.hit("and", at: 0) != nil
      || first.count > 3 && (first.hasPrefix("ו") || first.hasPrefix("و"))
    {
      return !text.asks() && text.tokens.count <= 14
    }
    return !text.asks()
      && [
        "confirm_customer", "greeting", "date_time", "payment_method", "phone_marker", "cancel",
        "decline_customer", "picked_up", "not_goods", "negation", "received", "payment_done",
        "delivery_request", "occasion", "item_end", "total",
      ].allSatisfy { !text.has($0) }
  }

  /// True for an address, a day or a number to call: what stands in it is no goods.
  func isPlaceOrDay(_ reading: Reading) -> Bool {
    !reading.text.message.phones.isEmpty || isPiece(reading)
      || addressReader.read(
        reading.text, isAnswer: askedPlace == reading.place - 1,
        isPriced: open?.isAnswered == true) != nil
  }

  /// "Ok, 105": the shop's answer to the customer's own price, once more.
  private func meets(_ reading: Reading) -> Bool {
    guard open?.isOffer == true, let previous, previous.isOwner,
      reading.text.states("confirm_customer", "order_intent"),
      !reading.text.says("negotiate", "decline_customer", "no_order")
    else { return false }
    let numbers = numbers(reading)
    return previous.tokens.contains { $0.number.map { $0 > 0 } ?? false }
      && (numbers.isEmpty
        || numbers.contains { number in previous.tokens.contains { $0.number == number } })
  }

  /// A word or two in answer to a price, whatever they are, where the goods were asked for.
  private func isShortYes(_ reading: Reading, _ draft: Draft) -> Bool {
    let text = reading.text
    guard offer == reading.place - 1, draft.signs.contains(.asked), text.tokens.count <= 2,
      !text.asks(), text.tokens.allSatisfy({ $0.number == nil }), text.tail.signs.isEmpty
    else { return false }
    return [
      "decline_customer", "no_order", "negotiate", "negation", "cancel", "question", "not_yet",
      "return_complaint", "mistake", "greeting", "change", "remove", "set_to", "variant",
      "media_placeholder", "order_intent_weak", "item_end",
    ].allSatisfy { !text.has($0) }
  }

  /// The customer's yes to what the shop offered.
  mutating func agree(_ reading: Reading) {
    if meets(reading) { open?.isOffer = false }
    guard var draft = open, draft.status == .requested, draft.isAnswered, !draft.isOffer,
      let offer, reading.place - offer <= 3,
      reading.text.states("confirm_customer", "order_intent") || isShortYes(reading, draft),
      !reading.text.has("question"), previous?.says("requested_pending") != true,
      !reading.text.says("negotiate", "decline_customer", "no_order")
    else { return }
    draft.set(
      .confirmed, said(reading, ["confirm_customer"], "the customer agreed to the shop's price"),
      reading.proof("status"))
    touch(&draft, reading)
    open = draft
  }
}
