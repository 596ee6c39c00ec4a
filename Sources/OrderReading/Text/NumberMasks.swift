import Foundation
import InboxModel
import SearchText

/// Marks the numbers that count nothing: of phones, links, times, dates, sizes, flats and orders.
struct NumberMasks {
  /// Marks them in a text whose phrases are found.
  static func apply(_ text: inout OrderText, region: String? = nil) {
    maskPhones(&text)
    maskLinks(&text)
    for place in text.tokens.indices where text.tokens[place].number != nil {
      let isMoney =
        place > 0 && text.tokens[place].gap.isNone
        && Currencies.code(letter: text.tokens[place - 1].folded, region: region) != nil
      if !isMoney, isNoQuantity(place, text) { text.tokens[place].isMasked = true }
    }
  }

  private static func maskPhones(_ text: inout OrderText) {
    for phone in text.message.phones {
      guard let range = text.bytes.firstRange(of: Array(phone.raw.utf8)) else { continue }
      mask(range, &text)
    }
  }

  /// What holds an `@` or a scheme, up to the blanks around it.
  private static func maskLinks(_ text: inout OrderText) {
    let bytes = text.bytes
    func follows(_ word: StaticString, _ place: Int) -> Bool {
      word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }
    for (place, byte) in bytes.enumerated() {
      let isSign =
        byte == 0x40 || byte == 0x3A && follows("://", place)
        || byte == 0x2E && follows(".com", place) || byte == 0x77 && follows("www.", place)
      guard isSign else { continue }
      let start = bytes[..<place].lastIndex { $0 == 0x20 || $0 == 0x0A }.map { $0 + 1 } ?? 0
      let end = bytes[place...].firstIndex { $0 == 0x20 || $0 == 0x0A } ?? bytes.count
      // "@ 25" is a price.
      if end - start > 1 { mask(start..<end, &text) }
    }
  }

  private static func mask(_ range: Range<Int>, _ text: inout OrderText) {
    for place in text.tokens.indices where text.tokens[place].range.overlaps(range) {
      text.tokens[place].isMasked = true
    }
  }

  private static func isNoQuantity(_ place: Int, _ text: OrderText) -> Bool {
    let token = text.tokens[place]
    let before = token.gap
    let after = text.gap(before: place + 1)
    // 12:30, 10/12, 24/7, #1042, 50%, 2-3.
    if !after.hasBlank, [":", "/"].contains(after.signs), isNumber(place + 1, text) { return true }
    if !before.hasBlank, [":", "/"].contains(before.signs), isNumber(place - 1, text) {
      return true
    }
    // 200×240: how long and wide it is.
    for other in [place - 1, place + 1] where isNumber(other, text) {
      let gap = text.gap(before: max(place, other))
      let least = min(token.number ?? 0, text.tokens[other].number ?? 0)
      if gap.signs == "×" || gap.signs == "*", !gap.hasBlank, least >= 20 { return true }
    }
    // 3-4 days: so many or so many.
    for other in [place - 1, place + 1] where isNumber(other, text) {
      let gap = text.gap(before: max(place, other))
      if ["-", "–"].contains(gap.signs), !gap.hasBlank { return true }
    }
    // Turkish "at 6", "until 7".
    if place + 1 < text.tokens.count,
      text.gap(before: place + 1).signs.allSatisfy({ "'’".contains($0) })
    {
      let suffix = text.tokens[place + 1].folded
      let isUntil = text.hit("date_time", at: place + 2) != nil
      if ["ye", "ya", "e", "a"].contains(suffix) && isUntil
        || ["de", "da", "te", "ta"].contains(suffix)
          && text.hit("quantity_unit", at: place + 2) == nil
          && place + 2 < text.tokens.count && text.hit("number_word", at: place + 2) == nil
          && text.tokens[place + 2].folded.hasSuffix("yim")
      {
        return true
      }
    }
    if isSpan(place, text) { return true }
    // <3 is a heart.
    if before.signs.hasSuffix("<") { return true }
    // 24 Oct.
    for other in [place - 1, place + 1] where text.tokens.indices.contains(other) {
      if months.contains(text.tokens[other].folded),
        !text.gap(before: max(place, other)).endsSentence
      {
        return true
      }
    }
    if before.signs.hasSuffix("#") || before.signs.hasSuffix("№") || after.signs.hasPrefix("#") {
      return true
    }
    // 0614: what begins with nought is a code.
    if token.folded.utf8.count > 1, token.folded.hasPrefix("0"), !token.folded.contains(".") {
      return true
    }
    if place > 0, numbering.contains(text.tokens[place - 1].folded), !before.endsSentence {
      return true
    }
    if after.signs.hasPrefix("%") || after.signs.hasPrefix("٪") || before.signs.hasSuffix("%") {
      return true
    }
    // A15, GR4471: letters glued before it that are no sign of a price, and no `x`.
    if before.isNone, place > 0, text.tokens[place - 1].isWord {
      let word = text.tokens[place - 1].folded
      let isJoint =
        ["x", "χ", "ب", "ב", "ל", "ل", "و", "ו", "ה", "ש", "בכ", "ال"].contains(word)
        || text.hit("currency", at: place - 1) != nil
      if !isJoint, word.unicodeScalars.count <= 4 { return true }
    }
    // 2nd, 3ος, 1er.
    if after.isNone, place + 1 < text.tokens.count,
      ["nd", "rd", "th", "st", "ος", "οσ", "ησ", "η", "ο", "er", "eme", "e", "o", "a", "am", "pm"]
        .contains(text.tokens[place + 1].folded), text.hit("currency", at: place + 1) == nil
    {
      return true
    }
    return isBesideTrap(place, text)
  }

  /// "10 to 14 days", "between 10 and 12": one of two bounds.
  private static func isSpan(_ place: Int, _ text: OrderText) -> Bool {
    for first in [place - 2, place] where first >= 0 && isNumber(first, text) {
      let last = first + 2
      guard isNumber(last, text), let low = text.tokens[first].number,
        let high = text.tokens[last].number, low < high,
        spanJoints.contains(text.tokens[first + 1].folded)
          || first > 0 && betweens.contains(text.tokens[first - 1].folded)
            && spanAnds.contains(text.tokens[first + 1].folded),
        !text.gap(before: first + 1).endsSentence, !text.gap(before: last).endsSentence,
        text.gap(before: last + 1).signs.first.map(Currencies.signs.contains) != true,
        ["currency", "quantity_unit"].allSatisfy({ text.hit($0, at: last + 1) == nil })
      else { continue }
      let isTime = ["date_time", "trap_number", "not_goods"].contains { category in
        text.hits(category, in: max(0, first - 3)..<min(last + 3, text.tokens.count)).isEmpty
          == false
      }
      if text.isOwner || isTime { return true }
    }
    return false
  }

  /// Between two bounds.
  private static let spanJoints = SmallWords.spanJoint.words
  /// "Between 4 and 6".
  private static let betweens = SmallWords.between.words
  private static let spanAnds = SmallWords.spanAnd.words

  /// The names of months, folded, long and short, as the languages of the tables write them.
  private static let months: Set<String> = {
    var folder = SearchFolder()
    var names: Set<String> = []
    for language in OrderWords.languages + ["ar_JO", "ar_MA"] {
      let formatter = DateFormatter()
      formatter.locale = Locale(identifier: language)
      let lists = [
        formatter.monthSymbols, formatter.shortMonthSymbols, formatter.standaloneMonthSymbols,
        formatter.shortStandaloneMonthSymbols,
      ]
      for name in lists.compactMap(\.self).joined() {
        let words = folder.words(name.composedIfNeeded).map(\.folded)
        if words.count == 1, words[0].unicodeScalars.count > 2 { names.insert(words[0]) }
      }
    }
    return names
  }()

  /// Words behind which a number is a name.
  private static let numbering = SmallWords.numbering.words

  private static func isNumber(_ place: Int, _ text: OrderText) -> Bool {
    text.tokens.indices.contains(place) && text.tokens[place].number != nil
  }

  /// True beside "size", "floor", "order no", "hours" and the like.
  private static func isBesideTrap(_ place: Int, _ text: OrderText) -> Bool {
    for category in ["trap_number", "not_goods"] {
      if place + 1 < text.tokens.count, let trap = text.hit(category, at: place + 1),
        category == "trap_number" || !trap.isWeak,
        text.hit("currency", at: place + 1) == nil, text.hit("quantity_unit", at: place + 1) == nil,
        !text.gap(before: place + 1).endsSentence,
        !text.gap(before: place + 1).signs.contains(where: { "+,،".contains($0) })
      {
        return true
      }
    }
    guard place > 0, !text.tokens[place].gap.endsSentence else { return false }
    // "With VAT 118" is a sum.
    if text.hit("trap_number", at: place - 1) != nil, text.hit("total", at: place - 1) == nil {
      return true
    }
    return text.hit("address_marker", at: place - 1) != nil
      && text.hit("quantity_unit", at: place - 1) == nil
  }
}
