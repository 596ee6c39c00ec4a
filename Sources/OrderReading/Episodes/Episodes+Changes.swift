import Foundation
import InboxModel

/// Lines of an open order that change: how many, one thing for another, one less.
extension Episodes {
  mutating func changeLines(_ mentions: [Mention], _ reading: Reading) {
    open?.messages.insert(reading.place)
    if reading.text.has("replace"), swap(reading) { return }
    let set = setQuantities(reading)
    if !set.isEmpty {
      let others = mentions.filter { mention in
        mention.quantity != nil && !set.contains { $0.overlaps(mention.tokens) }
          && open?.place(of: mention) == nil
      }
      // "The geraniums 4 red and 2 white": some of the line that was set.
      let head = set.last.flatMap { line(namedIn: $0, reading.text) }.flatMap { open?.lines[$0] }
      for mention in others where mention.isVariant {
        guard let head else { continue }
        var mention = mention
        name(&mention, after: head.mention)
        add(mention, reading)
        if let last = open?.lines.indices.last { open?.lines[last].unitPrice = head.unitPrice }
      }
      for mention in resolved(others.filter({ !$0.isVariant })) {
        merge(mention, reading, isChange: true)
      }
      return
    }
    if lowers(reading) { return }
    // A number that mends the address counts nothing.
    let isOfPlace = placeAt.map { reading.place - $0 <= 3 } ?? false
    if mentions.isEmpty, !isOfPlace, let line = latestLine(reading),
      let quantity = bareQuantity(reading), quantity < 1_000, !isNearTotal(quantity)
    {
      setQuantity(quantity, line, reading)
      return
    }
    for mention in resolved(mentions) {
      if mention.isUnit, let quantity = mention.quantity, let line = line(in: mention, reading) {
        setQuantity(quantity, line, reading)
        continue
      }
      let isKnown = open?.place(of: mention) != nil
      if !isKnown, open?.lines.count == 1, let quantity = mention.quantity,
        !reading.text.has("replace"), !reading.text.has("order_add")
      {
        // "Make it two trays": there is only one thing that it can mean.
        setQuantity(quantity, 0, reading)
      } else {
        merge(mention, reading, isChange: true)
      }
    }
  }

  /// "6 is too many, make them 4": of the only line of which there are 6.
  private mutating func lowers(_ reading: Reading) -> Bool {
    let text = reading.text
    let places = text.tokens.indices.filter { place in
      text.tokens[place].number != nil && !text.tokens[place].isMasked
        && !reading.amounts.all.contains { $0.tokens.contains(place) }
    }
    guard places.count == 2, let old = text.tokens[places[0]].number,
      let new = text.tokens[places[1]].number, old != new,
      ["set_to", "change"].contains(where: { text.hit($0, at: places[1] - 1) != nil }),
      let lines = open?.lines, lines.count { $0.quantity == old } == 1, new <= 60,
      let line = lines.firstIndex(where: { $0.quantity == old })
    else { return false }
    setQuantity(new, line, reading)
    return true
  }

  /// "Make it 300" of what comes to 320: a bid.
  private func isNearTotal(_ number: Decimal) -> Bool {
    guard number > 12, let known = open?.total ?? open?.sum else { return false }
    return number * 10 >= known * 5 && number < known
  }

  /// "Make it 550" of what comes to 600, "so 52": a sum, where so many more would be asked for.
  private func isSum(_ number: Decimal, _ line: Int) -> Bool {
    guard number > 12, let known = open?.total ?? open?.sum ?? lineSum(line) else { return false }
    let current = open?.lines[line].quantity ?? 1
    return number == known || number * 10 >= known * 4 && number < known && number > current * 3
  }

  private func lineSum(_ line: Int) -> Decimal? {
    guard let line = open?.lines[line] else { return nil }
    return line.unitPrice.map { $0 * (line.quantity ?? 1) }
  }

  mutating func setQuantity(_ quantity: Decimal, _ line: Int, _ reading: Reading) {
    if isSum(quantity, line) { return }
    open?.lines[line].quantity = quantity
    open?.lines[line].lineTotal = nil
    open?.lines[line].prove(reading.proof("line"))
    open?.isTotalOld = true
  }

  /// The line that is counted in a unit: "make it 4 loaves".
  private func line(in unit: Mention, _ reading: Reading) -> Int? {
    open?.lines.firstIndex { line in
      guard let known = line.mention.unit else { return false }
      return unit.words.contains { Mention.isLike($0, known.lowercased()) }
    }
  }

  /// The line that "make it 20" means: the only one, or the one that was added last.
  private func latestLine(_ reading: Reading) -> Int? {
    guard let lines = open?.lines, !lines.isEmpty else { return nil }
    if lines.count == 1 { return 0 }
    guard let asking, reading.place - asking <= Episodes.reach else { return nil }
    return lines.indices.last
  }

  /// "Half a kilo of the first, and only one cream": each part of a message sets one line.
  ///
  /// - Returns: The parts of the message that set one.
  mutating func setQuantities(_ reading: Reading) -> [Range<Int>] {
    let text = reading.text
    var found: [Range<Int>] = []
    for clause in clauses(text) {
      guard let line = line(namedIn: clause, text) else { continue }
      let counts = counts(in: clause, reading)
      // "The pizza without olives" takes no pizza away.
      let isRemoved =
        text.hits["remove"]?.contains { hit in
          clause.contains(hit.tokens.lowerBound)
            && !MentionReader.possessions.contains(text.tokens[hit.tokens.lowerBound].folded)
        } ?? false
      if isRemoved {
        take(counts.first?.value, from: line, reading)
        found.append(clause)
      } else if let current = open?.lines[line].quantity {
        // "Three instead of two": the other one is what there was.
        let values = Set(counts.map(\.value))
        let counts = values.count == 1 ? Array(counts.suffix(1)) : counts
        let others = counts.filter { $0.value != current }
        guard let count = others.count == 1 ? others[0] : counts.count == 1 ? counts[0] : nil
        else { continue }
        let isMore = text.hits("order_add", in: clause).contains { more in
          text.hits["and"]?.contains { $0.tokens.overlaps(more.tokens) } != true
            && text.hits("set_to", in: clause).isEmpty
        }
        setQuantity(isMore ? current + count.value : count.value, line, reading)
        found.append(clause)
      }
    }
    return found
  }

  /// The parts of a message that say one thing each.
  func clauses(_ text: OrderText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for place in text.tokens.indices where place > start {
      let gap = text.tokens[place].gap
      let isJoint =
        text.hits["and"]?.contains { $0.tokens.lowerBound == place } ?? false
        || Mention.beginsWithAnd(text.tokens[place].folded) && text.tokens[place].folded.count > 2
          && !MentionReader.onlyLooksJoined(text.tokens[place].folded)
      if gap.endsSentence || gap.signs.contains(where: { ",،+".contains($0) }) || isJoint {
        found.append(start..<place)
        start = place
      }
    }
    if start < text.tokens.count { found.append(start..<text.tokens.count) }
    return found
  }

  /// The only line that a part of a message names; of several the one that it names most of.
  func line(namedIn clause: Range<Int>, _ text: OrderText) -> Int? {
    guard let lines = open?.lines else { return nil }
    let words = clause.filter { text.tokens[$0].isWord && text.hit("lead", at: $0) == nil }
      .flatMap { place in
        let word = text.tokens[place].folded
        return Mention.beginsWithAnd(word) && word.count > 3
          ? [word, String(word.dropFirst())] : [word]
      }
    let matches = lines.map { line in
      line.mention.words.count { name in
        name.unicodeScalars.count >= 3 && words.contains { Mention.isLike($0, name) }
      }
    }
    guard let most = matches.max(), most > 0 else { return nil }
    let best = matches.indices.filter { matches[$0] == most }
    return best.count == 1 ? best[0] : nil
  }

  /// The numbers of a part of a message that count goods.
  private func counts(in clause: Range<Int>, _ reading: Reading) -> [(value: Decimal, place: Int)] {
    let text = reading.text
    return clause.compactMap { place in
      if reading.amounts.all.contains(where: { $0.tokens.contains(place) }) { return nil }
      if let number = text.tokens[place].number {
        guard !text.tokens[place].isMasked, number > 0, number < 1_000 else { return nil }
        return (number, place)
      }
      guard let hit = text.hit("number_word", at: place), hit.tokens.lowerBound == place,
        let value = hit.value("=").flatMap({ Decimal(string: $0) })
      else { return nil }
      return (value, place)
    }
  }

  /// "Swap one of the cedars for a fig": what the order has goes, what it has not comes.
  private mutating func swap(_ reading: Reading) -> Bool {
    let text = reading.text
    let parts = swapParts(text).compactMap { mentionReader.named(in: $0, text) }
    guard let lines = open?.lines, parts.count == 2 else { return false }
    let places = parts.map { open?.place(of: $0) }
    guard let known = places.firstIndex(where: { $0 != nil }), let old = places[known] else {
      return false
    }
    let new = parts[1 - known]
    guard !new.isUnit else { return false }
    if let other = places[1 - known] {
      // Both are ordered: what follows "instead of" goes.
      guard other != old, known == 0 else { return false }
      open?.lines.remove(at: other)
      return true
    }
    let had = lines[old].quantity ?? 1
    let count = parts[known].quantity ?? new.quantity ?? had
    var line = Draft.Line(
      mention: new, quantity: new.quantity ?? count, unitPrice: nil, lineTotal: nil,
      proofs: [new.proof])
    line.mention.quantity = line.quantity
    if count < had {
      setQuantity(had - count, old, reading)
      open?.lines.append(line)
    } else {
      open?.lines[old] = line
    }
    return true
  }

  /// What stands on both sides of "instead of", or behind "swap" on both sides of "for".
  private func swapParts(_ text: OrderText) -> [Range<Int>] {
    guard let hit = text.hits["replace"]?.max(by: { $0.tokens.count < $1.tokens.count }) else {
      return []
    }
    let after = hit.tokens.upperBound..<text.tokens.count
    if let joint = after.first(where: { Episodes.swapJoints.contains(text.tokens[$0].folded) }),
      joint > after.lowerBound
    {
      return [after.lowerBound..<joint, (joint + 1)..<text.tokens.count]
    }
    return [0..<hit.tokens.lowerBound, after]
  }

  /// What stands between the old and the new: "swap X for Y".
  private static let swapJoints = SmallWords.swapJoint.words

  mutating func remove(_ mentions: [Mention], _ reading: Reading) {
    open?.messages.insert(reading.place)
    if !setQuantities(reading).isEmpty { return }
    for mention in mentions {
      let byUnit = open?.lines.firstIndex { line in
        ([line.mention.unit] + line.mention.words).compactMap(\.self).contains { unit in
          mention.words.contains { Mention.isLike($0, unit) }
        }
      }
      guard let place = open?.place(of: mention) ?? byUnit else { continue }
      take(mention.quantity, from: place, reading)
    }
  }

  /// So many less of a line; all of it if nothing says how many.
  private mutating func take(_ count: Decimal?, from line: Int, _ reading: Reading) {
    let left = (open?.lines[line].quantity ?? 1) - (count ?? 0)
    if count != nil, left > 0 {
      setQuantity(left, line, reading)
    } else if open?.lines.count ?? 0 > 1 {
      open?.lines.remove(at: line)
      open?.isTotalOld = true
    }
  }
}
