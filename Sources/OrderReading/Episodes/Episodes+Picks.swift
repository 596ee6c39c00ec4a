import Foundation
import InboxModel

/// What the customer picks of what was priced: several things at once, or one of several kinds.
extension Episodes {
  /// "The white bouquet and the chocolates", "both": more than one of the things that have prices.
  func pickedSeveral(_ reading: Reading) -> [Mention] {
    let text = reading.text
    guard let offer, reading.place - offer <= 2, text.tokens.count <= Episodes.longestList,
      !text.asks(), !text.isCondition,
      !text.says("decline_customer", "no_order", "negotiate", "order_intent_weak"),
      ["negation", "not_yet", "return_complaint", "question"].allSatisfy({ !text.has($0) })
    else { return [] }
    let named = topic.prices.suffix(2).map(offers)
    if text.has("both"), let last = named.last, last.count == 2, topic.prices.last?.place == offer {
      return last
    }
    let goods = named.joined().map { ($0, isShops: true) } + topic.mentions.map { ($0, false) }
    var found: [Mention] = []
    var others = 0
    for clause in clauses(text) {
      if let sized = sized(clause, text) {
        found.append(sized)
        continue
      }
      if best(in: clause, text, goods) == nil, isPriced(clause, text),
        let mention = mentionReader.named(in: clause, text), !mention.isUnit
      {
        others += 1
        found.append(mention)
        continue
      }
      guard let (match, isShops) = best(in: clause, text, goods),
        var mention = mentionReader.named(in: clause, text), !mention.isUnit
      else { continue }
      if isShops, mention.words.count <= match.words.count, match.words.count <= 6 {
        (mention.item, mention.words) = (match.item, match.words)
        (mention.base, mention.variants) = (match.base, match.variants)
      }
      mention.isVariant = false
      if !found.contains(where: { $0.words == mention.words }) { found.append(mention) }
    }
    return others < found.count ? found : []
  }

  /// "The 20cm one": of what the talk is about, in a size that the shop has just priced.
  private func sized(_ clause: Range<Int>, _ text: OrderText) -> Mention? {
    guard let priced = topic.prices.last?.text.tokens, var subject = topic.mentions.last else {
      return nil
    }
    func size(_ tokens: [OrderToken], _ place: Int) -> (Decimal, String)? {
      guard place + 1 < tokens.count, let number = tokens[place].number, tokens[place + 1].isWord,
        tokens[place + 1].gap.isNone
      else { return nil }
      return (number, tokens[place + 1].folded)
    }
    for place in clause {
      guard let wanted = size(text.tokens, place),
        priced.indices.contains(where: { other in
          size(priced, other).map { $0 == wanted } ?? false
        })
      else { continue }
      subject.item += " " + text.slice(place..<(place + 2))
      subject.words.append(text.tokens[place].folded + text.tokens[place + 1].folded)
      subject.quantity = nil
      return subject
    }
    return nil
  }

  /// True if a word of a part of a message stands beside the latest prices.
  private func isPriced(_ clause: Range<Int>, _ text: OrderText) -> Bool {
    clause.contains { place in
      let word = text.tokens[place].folded
      return text.tokens[place].isWord && word.unicodeScalars.count > 4
        && topic.prices.suffix(2).contains { $0.text.tokens.contains { $0.folded == word } }
    }
  }

  /// Who picks several things says so in so many words.
  private static let longestList = 16

  /// The only one of the goods that a part of a message names most of.
  private func best(
    in clause: Range<Int>, _ text: OrderText, _ goods: [(Mention, isShops: Bool)]
  ) -> (Mention, isShops: Bool)? {
    let words = clause.filter { text.tokens[$0].isWord && text.hit("lead", at: $0) == nil }
      .map { place in
        let word = text.tokens[place].folded
        return Mention.beginsWithAnd(word) && word.count > 3 ? String(word.dropFirst()) : word
      }.filter { $0.unicodeScalars.count > 2 }
    let matches = goods.map { mention, _ in
      mention.words.count { name in
        name.unicodeScalars.count > 2 && words.contains { Mention.isLike($0, name) }
      }
    }
    guard let most = matches.max(), most > 0, let place = matches.firstIndex(of: most) else {
      return nil
    }
    return goods[place]
  }

  /// True for "the large one" where the shop answered a question about one thing with the prices of
  /// its kinds.
  func isOption(_ mention: Mention, of subject: Mention) -> Bool {
    guard let priced = topic.prices.last else { return false }
    return isOption(
      mention, of: subject,
      in: Reading(text: priced.text, place: priced.place, amounts: priced.amounts))
  }

  /// The same of the one thing that is ordered: its line takes the name of the kind.
  ///
  /// - Returns: What else is named.
  mutating func withoutOption(_ mentions: [Mention], _ reading: Reading) -> [Mention] {
    guard var draft = open, draft.lines.count == 1, let shop = lastShop,
      reading.place - shop.place <= 2,
      let place = mentions.firstIndex(where: { mention in
        isOption(mention, of: draft.lines[0].mention, in: shop)
          && !["and", "order_add"].contains { category in
            reading.text.hits[category]?.contains {
              $0.tokens.lowerBound < mention.name.lowerBound
            } ?? false
          }
      })
    else { return mentions }
    name(&draft.lines[0].mention, as: mentions[place])
    draft.lines[0].quantity = mentions[place].quantity ?? draft.lines[0].quantity
    (draft.lines[0].unitPrice, draft.lines[0].lineTotal) = (nil, nil)
    draft.messages.insert(reading.place)
    price(&draft, shop)
    open = draft
    var others = mentions
    others.remove(at: place)
    return others
  }

  /// "The large one, and a balloon": which kind of the one thing that is ordered, and what else.
  ///
  /// - Returns: True if the message says both.
  mutating func pickAndAdd(_ reading: Reading) -> Bool {
    let text = reading.text
    guard let draft = open, draft.lines.count == 1, draft.status == .requested,
      let shop = lastShop, reading.place - shop.place <= 2, !text.asks(), !text.isCondition,
      text.tokens.count <= Episodes.longestList,
      !text.says("decline_customer", "no_order", "negotiate", "cancel"),
      ["remove", "change", "replace", "negation", "not_yet", "question"].allSatisfy({
        !text.has($0)
      })
    else { return false }
    let clauses = clauses(text)
    guard let first = clauses.firstIndex(where: { picks($0, text, draft.lines[0].mention, shop) }),
      let picked = mentionReader.named(in: clauses[first], text)
    else { return false }
    let others = clauses[(first + 1)...].compactMap { clause -> Mention? in
      guard joins(clause.lowerBound, text) else { return nil }
      return mentionReader.named(in: clause, text)
    }.filter { !$0.isUnit && !$0.isVariant && !$0.isLike(draft.lines[0].mention.words) }
    guard !others.isEmpty, others.count == clauses.count - first - 1 else { return false }
    var line = draft.lines[0]
    name(&line.mention, as: picked)
    (line.unitPrice, line.lineTotal) = (nil, nil)
    open?.lines[0] = line
    open?.messages.insert(reading.place)
    if var draft = open {
      price(&draft, shop)
      open = draft
    }
    for mention in others { add(mention, reading) }
    asking = reading.place
    return true
  }

  /// "Actually no, go for the peonies": another of the things that the shop has just priced.
  ///
  /// - Returns: True if it takes the place of the only one that is ordered.
  mutating func picksOther(_ reading: Reading) -> Bool {
    let text = reading.text
    guard let draft = open, draft.lines.count == 1, draft.status == .requested,
      let shop = lastShop, reading.place - shop.place <= 3, shop.amounts.prices.count > 1,
      text.has("replace") || text.has("change"), text.has("negation") || text.has("mistake"),
      !text.asks(), !text.says("cancel", "decline_customer", "no_order", "order_add")
    else { return false }
    let named = clauses(text).compactMap { mentionReader.named(in: $0, text) }.filter { mention in
      !mention.isLike(draft.lines[0].mention.words)
        && mention.words.contains { word in
          word.unicodeScalars.count > 3
            && shop.text.tokens.contains { Mention.isLike($0.folded, word) }
        }
    }
    guard named.count == 1, let other = named.first else { return false }
    open?.lines = []
    add(other, reading)
    open?.messages.insert(reading.place)
    if var draft = open {
      price(&draft, shop)
      open = draft
    }
    asking = reading.place
    return true
  }

  /// True for a part of a message that names a kind of what is ordered which the shop has just named.
  private func picks(
    _ clause: Range<Int>, _ text: OrderText, _ subject: Mention, _ shop: Reading
  ) -> Bool {
    guard let mention = mentionReader.named(in: clause, text), !mention.isUnit else { return false }
    if isOption(mention, of: subject, in: shop) { return true }
    return !mention.variants.isEmpty && mention.variants.count == mention.words.count
      && !mention.isLike(subject.words)
      && mention.variants.contains { word in
        shop.text.tokens.contains { token in
          let rest = Mention.beginsWithAnd(token.folded) ? String(token.folded.dropFirst()) : ""
          return Mention.isLike(token.folded, word) || Mention.isLike(rest, word)
        }
      }
  }

  /// True where "and" or "also" begins a part of a message, or is written together with its first word.
  private func joins(_ place: Int, _ text: OrderText) -> Bool {
    let word = text.tokens[place].folded
    return text.hit("and", at: place) != nil || text.hit("order_add", at: place) != nil
      || text.tokens[place].gap.signs.contains("+")
      || Mention.beginsWithAnd(word) && word.count > 3
  }

  private func isOption(_ mention: Mention, of subject: Mention, in priced: Reading) -> Bool {
    guard (1...3).contains(mention.words.count), !mention.words.isEmpty,
      subject.words.count <= 8, !subject.isLike(mention.words), mention.unit == nil,
      !priced.text.has("negation"), !priced.text.has("stock_out"),
      priced.amounts.prices.count > 1
    else { return false }
    let kinds = offers(priced)
    return kinds.count > 1 && kinds.allSatisfy { $0.words.count <= 2 }
      && !kinds.contains { $0.isLike(subject.words) }
      && kinds.contains { kind in
        mention.words.contains { word in kind.words.contains { Mention.isLike(word, $0) } }
      }
  }

  /// What the shop names right before its prices.
  private func offers(_ priced: Topic.Price) -> [Mention] {
    offers(Reading(text: priced.text, place: priced.place, amounts: priced.amounts))
  }
}
