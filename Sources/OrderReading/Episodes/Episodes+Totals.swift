import Foundation
import InboxModel

/// What all of it comes to: sums that are stated, restated, haggled over and agreed.
extension Episodes {
  /// Finds the sum of everything among the shop's, by what it would come to.
  ///
  /// - Returns: What the message says of money, with that sum marked as the total.
  func balanced(_ reading: Reading, _ draft: Draft) -> Amounts {
    var amounts = reading.amounts
    guard amounts.last(.total) == nil, let known = draft.total ?? draft.sum else { return amounts }
    let others = amounts.all.map(\.value) + heard
    // Two parts of what is known, such as a deposit and the rest, leave it as it is.
    let parts = amounts.all.map(\.value)
    if parts.contains(where: { part in parts.contains(known - part) && part * 2 != known }) {
      return amounts
    }
    // "At 12 it's 4 each, 48".
    let counts = heard + [draft.lines.reduce(0) { $0 + ($1.quantity ?? 1) }]
    if amounts.all.count == 2, let last = amounts.all.last, last.role == .price,
      counts.contains(where: { $0 > 1 && amounts.all[0].value * $0 == last.value }),
      draft.lines.count > 1
    {
      amounts.all[1].role = .total
      return amounts
    }
    let steps = [draft.fee ?? 0] + others
    let shares = percentages(reading.text) + heardPercentages
    for index in amounts.all.indices.reversed() {
      let amount = amounts.all[index]
      guard amount.role == .price, !amount.isEach, amount.value * 2 > known else { continue }
      let fits =
        steps.contains {
          $0 > 0 && $0 != amount.value && (known + $0 == amount.value || known - $0 == amount.value)
        }
        || shares.contains { $0 < 50 && known * (100 - $0) == amount.value * 100 }
      if fits {
        amounts.all[index].role = .total
        return amounts
      }
    }
    // Lines have changed, and one sum of that size answers.
    let sums = amounts.prices.filter { !$0.isEach }
    if draft.isTotalOld, draft.total != nil, draft.lines.count > 1, sums.count == 1,
      sums[0].value * 2 > known, sums[0].value < known * 2,
      let index = amounts.all.firstIndex(where: { $0.role == .price && !$0.isEach })
    {
      amounts.all[index].role = .total
    }
    return amounts
  }

  /// The last sum that was stated for all of it.
  func settleTotal(_ draft: inout Draft, _ reading: Reading) {
    let amounts = reading.amounts
    func set(_ amount: Amount) {
      (draft.total, draft.isTotalOld) = (amount.value, false)
      draft.prove("total", reading.id, reading.text.place(amount.tokens))
    }
    if let total = amounts.last(.total) { return set(total) }
    // "Without the balloon." "Then 160."
    if let known = draft.total, let previous, !previous.isOwner, previous.has("remove"),
      amounts.all.count == 1, let price = amounts.prices.first, !price.isEach,
      price.value < known, price.value * 2 > known
    {
      return set(price)
    }
    // "Then it's 159, give me 155".
    let plain = amounts.prices
    if draft.lines.count > 1, plain.count == 2, amounts.all.count == 2,
      plain.allSatisfy({ !$0.isEach }), plain[1].value < plain[0].value,
      plain[1].value * 10 >= plain[0].value * 9
    {
      return set(plain[1])
    }
    if let sum = draft.sum {
      let fits = amounts.all.last { amount in
        amount.role != .fee && amount.role != .deposit
          && (amount.value == sum || draft.fee.map { amount.value == sum + $0 } ?? false)
      }
      if let fits { return set(fits) }
      // "Exactly 8,100": what the lines come to, without a word for it.
      let bare = reading.text.tokens.indices.last { place in
        let token = reading.text.tokens[place]
        return token.number == sum && !token.isMasked && sum >= 20
          && !amounts.all.contains { $0.tokens.contains(place) }
      }
      if let bare, draft.total == nil {
        return set(Amount(value: sum, currency: nil, tokens: bare..<(bare + 1)))
      }
      // All have their prices: one sum without a name is of all.
      if draft.total == nil, draft.lines.count > 1, amounts.prices.count == 1,
        !amounts.prices[0].isEach,
        amounts.prices[0].value * 4 > sum, amounts.all.count == 1,
        isBare(reading, amounts.prices[0])
      {
        return set(amounts.prices[0])
      }
    } else if draft.lines.count > 1, amounts.prices.count == 1, !amounts.prices[0].isEach,
      draft.lines.allSatisfy({ $0.unitPrice == nil })
    {
      // One sum for several things.
      return set(amounts.prices[0])
    } else if draft.lines.count > 1, amounts.all.count == 1, let price = amounts.prices.first,
      !price.isEach, isBare(reading, price), draft.total == nil,
      draft.lines.contains(where: { $0.unitPrice != nil })
    {
      return set(price)
    }
    settleBid(&draft, reading)
  }

  /// True if nothing is named right before a price.
  private func isBare(_ reading: Reading, _ amount: Amount) -> Bool {
    offers(reading).isEmpty && amount.tokens.count <= 3
  }

  /// A lower sum that the customer asked for, which the shop takes or meets.
  private func settleBid(_ draft: inout Draft, _ reading: Reading) {
    guard let known = draft.total ?? draft.sum else { return }
    let text = reading.text
    guard let bid, reading.place - bid.place <= 2 else {
      // "No discount?" "Let it be 2100."
      guard let haggled, reading.place - haggled <= 2, !text.asks(),
        let met = text.tokens.indices.last(where: { place in
          let number = text.tokens[place].number ?? 0
          return !text.tokens[place].isMasked && number < known && number * 10 >= known * 7
            && !reading.amounts.all.contains {
              $0.tokens.contains(place) && ($0.role != .price || $0.isEach)
            }
        })
      else { return }
      (draft.total, draft.isTotalOld) = (text.tokens[met].number, false)
      draft.prove("total", reading.id, text.place(met..<(met + 1)))
      return
    }
    let met = text.tokens.indices.last { place in
      let number = text.tokens[place].number ?? 0
      return !text.tokens[place].isMasked && number >= bid.value && number < known
        && !reading.amounts.all.contains {
          $0.tokens.contains(place) && ($0.role != .price || $0.isEach)
        }
    }
    if let met {
      draft.total = text.tokens[met].number
      draft.prove("total", reading.id, text.place(met..<(met + 1)))
    } else if reading.amounts.prices.isEmpty,
      text.says("confirm_business", "agree_business", "confirm_customer"),
      !text.has("negation"), !text.asks()
    {
      draft.total = bid.value
      draft.prove("total", reading.id, text.stored(0..<text.bytes.count))
    }
  }

  /// What the customer says of money: the sum of everything once more, or less of it.
  mutating func hearSums(_ reading: Reading) {
    heard += reading.text.tokens.compactMap(\.number).filter { $0 > 0 && $0 < 10_000_000 }
      .prefix(Episodes.mostHeard)
    heard = Array(heard.suffix(Episodes.mostHeard))
    heardPercentages = percentages(reading.text)
    if reading.text.has("negotiate") { haggled = reading.place }
    multiply(reading)
    guard var draft = open, draft.isAnswered else { return }
    if let sum = reading.amounts.sum, reading.amounts.terms.count == draft.lines.count {
      price(&draft, reading)
      draft.total = sum
      draft.prove("total", reading.id, reading.text.stored(0..<reading.text.bytes.count))
    }
    guard let known = draft.total ?? draft.sum else { return open = draft }
    let fee = draft.fee ?? 0
    let canBid =
      draft.status == .requested
      || draft.status == .confirmed
        && !isPlaceOrDay(reading) && reading.text.tokens.count <= Episodes.longestBid
    var less: Decimal?
    for place in reading.text.tokens.indices where !reading.text.tokens[place].isMasked {
      guard let written = reading.text.tokens[place].number else { continue }
      // "32k".
      let number = written * amountReader.scale(place, reading.text).0
      if number == known + fee && fee > 0 || draft.sum.map({ number == $0 + fee }) ?? false {
        draft.total = number
        draft.prove("total", reading.id, reading.text.place(place..<(place + 1)))
        draft.messages.insert(reading.place)
        return open = draft
      }
      if number * 2 > known, number < known { less = number }
    }
    if canBid, let less { bid = (less, reading.place) }
    open = draft
  }

  /// "So 140 times 5.80 = 812?": the customer works out what the shop's price comes to.
  private mutating func multiply(_ reading: Reading) {
    guard let sum = reading.amounts.sum, let draft = open, draft.lines.count == 1,
      let quantity = draft.lines[0].quantity, quantity > 1
    else { return }
    let price = numbers(reading).first { $0 * quantity == sum && $0 != sum }
    guard let price, let previous,
      previous.isOwner || lastShop.map({ reading.place - $0.place <= 4 }) ?? false
    else { return }
    var priced = draft
    priced.lines[0].unitPrice = price
    (priced.total, priced.isAnswered) = (sum, true)
    if priced.pricedAt == nil { priced.pricedAt = reading.place }
    priced.prove("total", reading.id, reading.text.stored(0..<reading.text.bytes.count))
    priced.messages.insert(reading.place)
    open = priced
  }

  /// Who names a lower sum does so in few words.
  private static let longestBid = 14
  /// So many of the customer's numbers are kept until the shop answers.
  static let mostHeard = 8

  /// The numbers before or behind a percent sign.
  func percentages(_ text: OrderText) -> [Decimal] {
    text.tokens.indices.compactMap { place in
      let signs =
        text.tokens[place].gap.signs.suffix(1) + text.gap(before: place + 1).signs.prefix(1)
      return signs.contains { "%٪".contains($0) } ? text.tokens[place].number : nil
    }
  }
}
