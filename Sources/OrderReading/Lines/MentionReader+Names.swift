import Foundation
import InboxModel

/// Where the name of goods ends, and what is none.
extension MentionReader {
  /// Where a name ends: at a price, a day, a place, politeness, or the next quantity.
  func nameEnd(
    _ start: Int, _ range: Range<Int>, _ text: OrderText, _ money: [Range<Int>],
    isCounted: Bool = false
  ) -> Int {
    var place = start
    while place < range.upperBound {
      if place > start, beginsPlace(place, text) || endsInCondition(place, range, text) {
        return place
      }
      // "One for-the house".
      if place == start, isCounted, text.tokens[place].folded.hasPrefix("لل") { return place }
      if isDestination(place, text) || place > start && isInscription(place, range, text) {
        return place
      }
      if place > start, endsInNumber(place, range, text) || beginsVariant(place, text) {
        return place
      }
      if money.contains(where: { $0.contains(place) }) { return place }
      if place > start, text.tokens[place].number != nil, !text.tokens[place].isMasked,
        !isMeasure(place, range, text, isCounted)
      {
        return place
      }
      // A unit alone is no name: "the box for New Year".
      let isUnit =
        place > start && (start..<place).allSatisfy { text.hit("quantity_unit", at: $0) != nil }
      if MentionReader.ends.contains(where: { category in
        !(isUnit && category == "date_time")
          && text.hits[category]?.contains { $0.tokens.lowerBound == place && !$0.isWeak } ?? false
      }) {
        return place
      }
      if place > start, !isUnit,
        beginsPurpose(place, text)
          || text.hit("occasion", at: place) != nil
            && !(isFeast(place, text) && (place == start + 1 || isFeast(place - 1, text)))
      {
        return place
      }
      place += 1
    }
    return place
  }

  /// True for "if there is one" at the end.
  private func endsInCondition(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    range.upperBound - place <= 3 && range.upperBound - place > 1
      && MentionReader.conditions.contains(text.tokens[place].folded)
  }

  static let conditions = SmallWords.condition.words

  /// True for "that says …" with so many words behind it that they are no name.
  func isInscription(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    range.upperBound - place > 5 && MentionReader.inscriptions.contains(text.tokens[place].folded)
  }

  static let inscriptions = SmallWords.inscription.words

  /// True for "to" and "at" right before a street or an address.
  func beginsPlace(_ place: Int, _ text: OrderText) -> Bool {
    MentionReader.prepositions.union(MentionReader.placeWords).contains(text.tokens[place].folded)
      && (place + 1...place + 2).contains { text.hit("address_marker", at: $0)?.isWeak == false }
  }

  /// Arabic "to the …" in one word: عالجبيهة.
  private func isDestination(_ place: Int, _ text: OrderText) -> Bool {
    let word = text.tokens[place].folded
    return word.hasPrefix("عال") && word.unicodeScalars.count > 5
  }

  static let placeWords = SmallWords.placeWord.words

  /// True for a number in words at the end, also with its unit: "cream one", "saksıdan iki adet".
  func endsInNumber(_ place: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    guard let hit = text.hit("number_word", at: place), hit.tokens.lowerBound == place, !hit.isWeak,
      hit.value("=") != nil, !MentionReader.partitives.contains(text.tokens[place - 1].folded)
    else { return false }
    let end = text.hit("quantity_unit", at: hit.tokens.upperBound)?.tokens.upperBound
    return hit.tokens.upperBound >= range.upperBound || (end ?? 0) >= range.upperBound
  }

  /// True for a measure that is part of a name: "5 litres" at its end, "250gr" of what is counted.
  func isMeasure(
    _ place: Int, _ range: Range<Int>, _ text: OrderText, _ isCounted: Bool
  ) -> Bool {
    let next = place + 1
    if isEquipment(place, text) { return true }
    // "One black 58": a size.
    if isCounted, text.tokens[place].number ?? 0 > 12, text.hit("variant", at: place - 1) != nil {
      return true
    }
    // "Notebooks of 2 subjects": a Greek genitive says how large each is.
    if isCounted,
      text.tokens[place - 1].folded == "των"
        || next < range.upperBound && text.tokens[next].folded.hasSuffix("ων")
    {
      return true
    }
    // "Mazda 3 2016": a number before one that counts nothing.
    if next < range.upperBound,
      text.tokens[next].isMasked || text.hit("trap_number", at: next) != nil,
      text.gap(before: next).signs.isEmpty
    {
      return true
    }
    if isCounted, next < range.upperBound, text.tokens[next].isWord,
      text.gap(before: next).isNone || MentionReader.smallUnits.contains(text.tokens[next].folded)
    {
      return true
    }
    if !isCounted, next < range.upperBound,
      MentionReader.smallUnits.contains(text.tokens[next].folded),
      isCount(next + 1, range, text)
    {
      return true
    }
    guard let unit = text.hit("quantity_unit", at: next) else { return false }
    if !isCounted, isCount(unit.tokens.upperBound, range, text) { return true }
    // "Bream 2 kg", "cleaner 12 bottles": at the end of what is not counted, so much of it.
    if !isCounted, unit.tokens.upperBound >= range.upperBound,
      text.tokens[next].folded.unicodeScalars.count > 1,
      !MentionReader.smallUnits.contains(text.tokens[next].folded)
    {
      return false
    }
    return unit.tokens.upperBound >= range.upperBound
      || MentionReader.ends.contains { text.hit($0, at: unit.tokens.upperBound) != nil }
  }

  /// "5 ltr can x 6", "100 ml two pieces": a number and perhaps its unit end what is named.
  private func isCount(_ start: Int, _ range: Range<Int>, _ text: OrderText) -> Bool {
    for place in start...(start + 1) where place < range.upperBound {
      if place > start, text.hit("quantity_unit", at: start) == nil { return false }
      guard let (_, _, end) = quantity(at: place, range, text, []) else { continue }
      return end == range.upperBound
        || unit(at: end, range, text, isTrailing: true).map { $0.end == range.upperBound } ?? false
    }
    return false
  }

  /// Units in which packs are measured: what is counted otherwise is not ordered by them.
  static let smallUnits = SmallWords.smallUnit.words

  static let ends = [
    "item_end", "date_time", "delivery_request", "phone_marker", "payment_method", "greeting",
    "confirm_customer", "order_intent", "fee", "total", "ask_address", "picked_up", "replace",
    "price_marker", "negation", "order_intent_weak",
  ]

  /// True for "of birthday" right behind one word: a birthday cake.
  func isFeast(_ place: Int, _ text: OrderText) -> Bool {
    let word = text.tokens[place].folded
    return MentionReader.feasts.contains { word.hasPrefix($0) }
  }

  static let feasts = [
    "γενεθλι", "γαμου", "βαπτισ", "αρραβων", "genethl", "gamou", "vaptis", "הולדת", "יומ", "חתונה",
    "אירוסינ", "ברית", "عيد", "ميلاد", "عرس", "زواج", "خطوبه", "تخرج", "birthday", "wedding",
    "christening",
    "مولود", "مواليد", "استقبال", "سبوع", "ولاد", "خطب", "بيبي", "לידה", "תינוק", "νεογενν",
    "newborn", "baby", "shower", "graduat", "anniversaire", "mariage", "naissance", "bebe",
    "bebek", "dogum", "dugun", "nisan", "bapteme", "cumplean", "boda", "bautizo",
  ]

  /// True if "for" begins an occasion, a day or a number of people.
  func beginsPurpose(_ place: Int, _ text: OrderText) -> Bool {
    // Hebrew and Arabic "for 40".
    if ["ל", "ل"].contains(text.tokens[place].folded), place + 1 < text.tokens.count,
      text.tokens[place + 1].number != nil
    {
      return true
    }
    guard let hit = text.hit("purpose", at: place) else { return false }
    let next = hit.tokens.upperBound..<min(hit.tokens.upperBound + 3, text.tokens.count)
    return next.contains { place in
      text.tokens[place].number != nil
        || ["occasion", "date_time", "not_goods"].contains { text.hit($0, at: place) != nil }
    }
  }

  /// What stands between a name and its price or place.
  static let prepositions = SmallWords.preposition.words

  func trimmed(_ name: Range<Int>, _ text: OrderText) -> Range<Int> {
    var end = name.upperBound
    while end > name.lowerBound,
      MentionReader.prepositions.contains(text.tokens[end - 1].folded)
        || text.hit("lead", at: end - 1) != nil || text.hit("and", at: end - 1) != nil
        || text.hit("purpose", at: end - 1) != nil
    {
      end -= 1
    }
    return name.lowerBound..<end
  }

  static let pronouns = SmallWords.pronoun.words

  /// "Two like these": so many of what the talk is about.
  func isPronoun(_ range: Range<Int>, _ text: OrderText) -> Bool {
    !range.isEmpty
      && range.allSatisfy {
        let word = text.tokens[$0].folded
        return text.tokens[$0].isWord
          && (MentionReader.pronouns.contains(word) || text.hit("lead", at: $0) != nil)
      } && range.contains { MentionReader.pronouns.contains(text.tokens[$0].folded) }
  }

  /// "Building 6", "Odos Pilou": a place, not goods.
  private func isStreet(_ range: Range<Int>, _ text: OrderText) -> Bool {
    guard let marker = text.phrase("address_marker", from: range.lowerBound), !marker.isWeak,
      text.hit("quantity_unit", at: range.lowerBound) == nil,
      text.hit("pickup_place", at: range.lowerBound) == nil
    else { return false }
    let next = marker.tokens.upperBound
    return next < range.upperBound
      && (text.tokens[next].number != nil
        || MentionReader.streets.contains(text.tokens[range.lowerBound].folded))
  }

  private static let streets = SmallWords.street.words

  /// A name behind a greeting is of whom it greets: "Hi Priya, …".
  private func isGreeted(_ range: Range<Int>, _ text: OrderText) -> Bool {
    guard range.lowerBound > 0, range.count <= 2, text.tokens[range.lowerBound].gap.signs.isEmpty,
      let greeting = text.hit("greeting", at: range.lowerBound - 1),
      text.hit("please", at: range.lowerBound - 1) == nil
    else { return false }
    let after = text.gap(before: range.upperBound)
    return
      (greeting.tokens.lowerBound == 0
      || text.tokens[greeting.tokens.lowerBound].gap.endsSentence)
      && (after.isComma || after.endsSentence || range.upperBound == text.tokens.count)
  }

  /// False for hours, friends, appointments and pronouns.
  func isGoods(_ range: Range<Int>, _ text: OrderText) -> Bool {
    let name = range.filter { text.tokens[$0].isWord }
    guard
      name.contains(where: { text.tokens[$0].folded.unicodeScalars.count > 1 })
        || isVariant(range, text, isStrict: true),
      !name.allSatisfy({ MentionReader.pronouns.contains(text.tokens[$0].folded) })
    else {
      return false
    }
    if isGreeted(range, text) || isStreet(range, text) { return false }
    // A phone, or a day: "20th".
    if range.contains(where: { text.tokens[$0].isMasked && text.tokens[$0].range.count >= 7 })
      || text.tokens[range.lowerBound].isMasked
        && name.allSatisfy({ text.tokens[$0].folded.utf8.count <= 2 })
    {
      return false
    }
    for category in ["not_goods", "appointment", "shipment"] {
      if text.hits(category, in: range).contains(where: { !$0.isWeak }) { return false }
    }
    let empty = ["date_time", "item_end", "number_word", "order_intent", "lead"]
    return name.contains { place in empty.allSatisfy { text.hit($0, at: place) == nil } }
  }
}
