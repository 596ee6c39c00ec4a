import Foundation

/// Words that would ask for goods, but bargain, wish or ask for something that nobody sells.
extension OrderText {
  /// Takes out words that ask where they ask for nothing: behind an "if" ("if I take four" bargains),
  /// and before what is no goods ("send me the catalogue").
  mutating func dropIdleRequests() {
    dropQuestions()
    dropThings()
    guard let start = firstCondition else { return }
    let isWish = isCounterfactual(from: start)
    let wish = sentence(of: start..<(start + 1))
    let tokens = tokens
    hits["order_intent"]?.removeAll { hit in
      guard hit.tokens.lowerBound > start else { return false }
      if isWish { return hit.tokens.lowerBound < wish.upperBound }
      // "If you have any I want two": only pronouns stand between what bargains and its "if".
      let first = max(start, hit.tokens.lowerBound - 2)
      let before = first..<hit.tokens.lowerBound
      guard let place = before.last(where: { OrderText.conditions.contains(tokens[$0].folded) })
      else { return false }
      return tokens[(place + 1)..<hit.tokens.lowerBound]
        .allSatisfy { $0.folded.unicodeScalars.count <= 3 }
    }
    // "And a lemon tree if there is one" bargains about nothing.
    isCondition =
      start <= 2 && !says("order_intent") && (start == 0 || tokens.count - start > 3)
      && (isWish
        || !tokens.dropFirst(start + 1).contains { $0.gap.endsSentence || $0.gap.isComma })
  }

  /// "I want to know how much": longer words that only ask take those that want.
  private mutating func dropQuestions() {
    let questions = (hits["order_intent_weak"] ?? []).filter { !$0.isWeak }
    hits["order_intent"]?.removeAll { hit in
      questions.contains {
        $0.tokens.count > hit.tokens.count && $0.tokens.lowerBound <= hit.tokens.lowerBound
          && $0.tokens.upperBound >= hit.tokens.upperBound
      }
    }
  }

  /// "Send me your catalogue", "I want ten hours of sleep": what is asked for is no goods.
  private mutating func dropThings() {
    guard has("order_intent"), let things = hits["not_goods"]?.filter({ !$0.isWeak }),
      !things.isEmpty
    else { return }
    let text = self
    hits["order_intent"]?.removeAll { hit in
      var place = hit.tokens.upperBound
      // "I need for all four of us": small words and numbers may stand between.
      while place < text.tokens.count, place - hit.tokens.upperBound < 3,
        !text.tokens[place].gap.endsSentence,
        text.tokens[place].number != nil || text.hit("lead", at: place) != nil
          || text.hit("number_word", at: place) != nil || text.isBetween(place)
      {
        if things.contains(where: { $0.tokens.contains(place) }) { return true }
        place += 1
      }
      return place < text.tokens.count && !text.tokens[place].gap.endsSentence
        && things.contains { $0.tokens.contains(place) }
    }
  }

  /// "Send us the …": who gets it.
  private func isBetween(_ place: Int) -> Bool {
    OrderText.receivers.contains(tokens[place].folded)
  }

  private static let receivers = SmallWords.receiver.words

  /// The first "if", but for "if you please".
  private var firstCondition: Int? {
    tokens.indices.first { place in
      OrderText.conditions.contains(tokens[place].folded) && hit("please", at: place) == nil
    }
  }

  /// "If you had it in L I'd take it": what is not so.
  private func isCounterfactual(from start: Int) -> Bool {
    let end = min(start + 6, tokens.count)
    return tokens[start..<end].contains { OrderText.unreal.contains($0.folded) }
  }

  private static let conditions = SmallWords.unrealCondition.words

  /// Behind "if", these say that it is not so.
  private static let unreal = SmallWords.unreal.words
}
