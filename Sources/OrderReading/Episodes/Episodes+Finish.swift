import Foundation
import InboxModel

/// Which drafts are orders, and what they come to.
extension Episodes {
  mutating func finish() -> [ReadOrder] {
    close()
    for place in done.indices {
      part(&done[place])
      settle(&done[place])
    }
    return done.filter(isOrder).map(order)
  }

  /// Who named the day or the place once all prices stood has agreed, also without a word of it.
  private func settle(_ draft: inout Draft) {
    guard draft.status == .requested, draft.signs.contains(.agreed), !draft.isOffer,
      !draft.signs.contains(.pending),
      draft.total != nil || draft.sum != nil
    else { return }
    draft.status = .confirmed
    draft.reason = "the customer said how it reaches them, knowing the price"
  }

  /// So much must speak for an order.
  private static let enough = 4

  /// True where enough speaks for it: words that ask, numbers, prices, places, the shop's answer.
  private func isOrder(_ draft: Draft) -> Bool {
    guard !draft.lines.isEmpty else { return false }
    if draft.isOffer, draft.status == .requested { return false }
    // A list without words that ask, which the shop never answered, needs a place or a number.
    let counted = draft.lines.count { $0.mention.quantity != nil }
    let hasPlace = draft.address != nil || draft.phone != nil
    if draft.isDoubtful, draft.status == .requested, counted < 2 || !hasPlace { return false }
    if isOnlyTalk(draft, hasPlace: hasPlace) { return false }
    var signs = draft.signs
    if draft.lines.contains(where: { $0.mention.isAsked }) { signs.insert(.asked) }
    if draft.lines.contains(where: { $0.mention.quantity != nil }) { signs.insert(.counted) }
    if draft.total != nil || draft.fee != nil { signs.insert(.priced) }
    if draft.lines.contains(where: { $0.unitPrice != nil }) { signs.formUnion([.priced, .bound]) }
    if counted > 1 { signs.insert(.list) }
    // Words that ask, and not a number, price or place: "I want to hear everything".
    let hasMoney = draft.total != nil || draft.lines.contains { $0.unitPrice != nil }
    if counted == 0, !hasMoney, !hasPlace { return false }
    var weight = signs.reduce(0) { $0 + $1.weight }
    if draft.address != nil { weight += 1 }
    if draft.phone != nil { weight += 1 }
    // Who takes an order says what it costs, or where it goes.
    if draft.status == .confirmed, !hasMoney, !hasPlace { weight -= 3 }
    if draft.status == .paid || draft.status == .shipped { weight += 1 }
    return weight >= Episodes.enough
  }

  /// True where the customer heard the price and never said yes to it; or said no more than yes, and
  /// nobody said how it is paid or where it goes.
  private func isOnlyTalk(_ draft: Draft, hasPlace: Bool) -> Bool {
    guard !hasPlace, draft.signs.isDisjoint(with: [.agreed, .pending, .confirmed]) else {
      return false
    }
    if draft.isTacit, draft.status == .requested || draft.status == .confirmed { return true }
    guard draft.status == .requested, let pricedAt = draft.pricedAt, let spokenAt = draft.spokenAt
    else { return false }
    // A list of things that were asked for is more than a question about their price.
    let isList = draft.signs.contains(.asked) && draft.lines.count > 1
    return spokenAt > pricedAt && !isList
  }

  private func order(_ draft: Draft) -> ReadOrder {
    var proofs = draft.proofs
    var lines: [ReadOrder.Line] = []
    for (number, line) in draft.lines.enumerated() {
      lines.append(
        ReadOrder.Line(
          item: line.mention.item, quantity: line.quantity, unit: line.mention.unit,
          unitPrice: line.unitPrice, lineTotal: line.lineTotal))
      proofs += line.proofs.map { proof in
        var proof = proof
        proof.field += " \(number + 1)"
        return proof
      }
    }
    let hasMoney = draft.total != nil || lines.contains { $0.unitPrice != nil }
    let regional = region.flatMap(Currencies.ofRegion)
    return ReadOrder(
      status: draft.status, reason: draft.reason, lines: lines, total: total(draft),
      currency: draft.currency ?? (hasMoney ? regional : nil),
      currencyBasis: draft.currency != nil ? .stated : hasMoney && regional != nil ? .region : nil,
      deliveryFee: draft.fee, address: draft.address, phone: draft.phone, placedAt: draft.placedAt,
      messages: draft.messages.sorted().map { ids[$0] }, proofs: proofs)
  }

  /// What was stated; of one thing its price.
  private func total(_ draft: Draft) -> Decimal? {
    if let total = draft.total { return total }
    guard draft.lines.count == 1, draft.lines[0].quantity == 1 else { return nil }
    return draft.lines[0].unitPrice
  }
}
