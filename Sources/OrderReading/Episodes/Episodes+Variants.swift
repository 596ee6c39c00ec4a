import Foundation
import InboxModel

/// Goods that are not named in full: "two boxes", "one in black", "2 blue, 1 mustard".
extension Episodes {
  /// Mentions with the names of what they are of: what was named before them, or talked about.
  func resolved(_ mentions: [Mention]) -> [Mention] {
    var result: [Mention] = []
    for var mention in mentions {
      if mention.isVariant, let head = head(before: result), !head.isLike(mention.words) {
        name(&mention, after: head)
      } else if let full = fuller(mention) {
        (mention.item, mention.words) = (full.item, full.words)
      } else if mention.isUnit, result.isEmpty, open?.lines.isEmpty ?? true,
        let head = topic.mentions.last
      {
        let unit = mention.item
        (mention.item, mention.words, mention.unit, mention.isUnit) = (
          head.item, head.words, unit, false
        )
      }
      if !mention.item.isEmpty { result.append(mention) }
    }
    return result
  }

  /// True for what the customer asked about with more words: "oud" is "the oud perfume 50ml".
  private func isFuller(_ subject: Mention, than mention: Mention) -> Bool {
    subject.words.count > mention.words.count && subject.words.count <= 5 && !mention.words.isEmpty
      && zip(subject.words, mention.words).allSatisfy { Mention.isLike($0, $1) }
  }

  /// What the talk is about in more words; of what is picked without a number, any words will do.
  private func fuller(_ mention: Mention) -> Mention? {
    if let full = topic.mentions.last(where: { isFuller($0, than: mention) }) { return full }
    guard mention.isAsked, mention.quantity == nil, !mention.words.isEmpty else { return nil }
    let named = topic.mentions.filter { subject in
      subject.words.count > mention.words.count && subject.words.count <= 4
        && mention.words.allSatisfy { word in subject.words.contains { Mention.isLike(word, $0) } }
    }
    return named.count == 1 ? named[0] : nil
  }

  /// What a colour or size is of.
  private func head(before mentions: [Mention]) -> Mention? {
    if let last = mentions.last(where: { !$0.isVariant || $0.base != nil }) { return last }
    if let line = open?.lines.last { return line.mention }
    return topic.mentions.last
  }

  /// "Scarf, beige" behind "scarf, black".
  func name(_ mention: inout Mention, after head: Mention) {
    let base = head.base ?? head.item
    mention.base = base
    if mention.variants.isEmpty { mention.variants = mention.words }
    mention.item = base + " " + mention.item
    mention.words =
      head.words.prefix(max(1, head.words.count - head.variants.count)) + mention.words
  }

  /// "In black": a colour or size of what the talk is about.
  func name(_ subject: inout Mention, as variant: Mention) {
    var kind = variant.item.split(separator: " ")
    // "The large one".
    while kind.count > 1, let last = kind.last, MentionReader.pronouns.contains(last.lowercased()) {
      kind.removeLast()
    }
    subject.item = (subject.base ?? subject.item) + " " + kind.joined(separator: " ")
    subject.words = subject.words.dropLast(subject.variants.count) + variant.words
    subject.variants = variant.variants
  }

  /// "2 lavender and 2 vanilla" of four candles: short names that come to what is ordered tell it
  /// apart.
  func parts(_ mentions: [Mention]) -> [Mention] {
    guard mentions.count > 1, let lines = open?.lines, lines.count == 1,
      mentions.reduce(0, { $0 + ($1.quantity ?? 1) }) == lines[0].quantity,
      mentions.allSatisfy({
        $0.words.count <= 2 && $0.unit == nil && !$0.isLike(lines[0].mention.words)
      })
    else { return mentions }
    return mentions.map { mention in
      var mention = mention
      mention.isVariant = true
      return mention
    }
  }

  /// "Medium please", "the red one": which of those that the shop has just named.
  mutating func applyVariant(_ reading: Reading) {
    let text = reading.text
    guard let line = open?.lines.indices.last, let shop = lastShop, reading.place - shop.place <= 2,
      !text.asks()
    else { return }
    let picked = clauses(text).compactMap { mentionReader.named(in: $0, text) }.first {
      $0.quantity ?? 1 == 1 && !$0.variants.isEmpty && $0.variants.count == $0.words.count
    }
    guard let picked,
      picked.variants.contains(where: { word in
        shop.text.tokens.contains { Mention.isLike($0.folded, word) }
      }), var mention = open?.lines[line].mention, !mention.isLike(picked.words)
    else { return }
    name(&mention, as: picked)
    open?.lines[line].mention = mention
    open?.messages.insert(reading.place)
  }

  /// Lines of what the shop has just called sold out, where the customer takes another colour of it.
  mutating func dropSoldOut(for mentions: [Mention], _ reading: Reading) {
    guard let soldOut, reading.place - soldOut.place <= 2, mentions.contains(where: \.isVariant)
    else {
      return
    }
    let words = soldOut.text.tokens.map(\.folded)
    open?.lines.removeAll { line in
      line.mention.variants.contains { words.contains($0) }
        && !mentions.contains { $0.isSame(line.mention) }
    }
  }

  /// "I want boxes", "6 large and 10 small": what was asked for without a number stands for its kinds
  /// once they are counted.
  private func isReplaced(_ line: Draft.Line, by others: ArraySlice<Draft.Line>) -> Bool {
    guard line.mention.quantity == nil, line.quantity == 1 else { return false }
    let kinds = others.filter {
      $0.mention.isVariant && $0.mention.base == line.mention.base ?? line.mention.item
    }
    return kinds.count > 1 && kinds.allSatisfy { $0.mention.quantity != nil }
  }

  /// "3 pieces, 2 blue 1 mustard": what the parts come to stands for no goods of its own.
  func part(_ draft: inout Draft) {
    var place = 0
    while place < draft.lines.count {
      let line = draft.lines[place]
      if isReplaced(line, by: draft.lines[(place + 1)...]) {
        draft.lines.remove(at: place)
        continue
      }
      if let whole = line.quantity, whole > 1 {
        var sum: Decimal = 0
        var end = place + 1
        while end < draft.lines.count, sum < whole,
          draft.lines[end].mention.isVariant || draft.lines[end].mention.isFlavour
            || line.mention.isUnit
        {
          sum += draft.lines[end].quantity ?? 1
          end += 1
        }
        // "One blue and one cashmere": beside a colour, other short names may be some too.
        while end > place + 1, end < draft.lines.count, sum < whole,
          draft.lines[end].mention.words.count <= 2, draft.lines[end].mention.unit == nil,
          draft.lines[end].mention.proof.message == line.mention.proof.message
        {
          sum += draft.lines[end].quantity ?? 1
          end += 1
        }
        // "2 dozen, one green and one red": the parts may count what the whole counts, or its units.
        let unit = sum * line.mention.factor == whole ? line.mention.factor : 1
        if sum * unit == whole, end - place > 2 {
          for part in (place + 1)..<end {
            draft.lines[part].unitPrice = draft.lines[part].unitPrice ?? line.unitPrice
            draft.lines[part].quantity = (draft.lines[part].quantity ?? 1) * unit
            if !draft.lines[part].mention.isVariant, !line.mention.isUnit {
              name(&draft.lines[part].mention, after: line.mention)
            }
          }
          draft.lines.remove(at: place)
          continue
        }
      }
      place += 1
    }
  }
}
