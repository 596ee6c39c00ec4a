import Foundation
import InboxModel
import SearchText

/// A message with its words, numbers and the phrases that say something in it.
struct OrderText: Sendable {
  let message: OrderMessage
  /// Composed where letters must be: all places are of these.
  let bytes: [UInt8]
  /// False where composing moved the bytes: then the whole message is the proof.
  let isExact: Bool
  var tokens: [OrderToken]
  /// Phrases by category.
  var hits: [String: [OrderWords.Hit]] = [:]
  /// What follows the last token.
  let tail: OrderToken.Gap

  var isOwner: Bool { message.isOwner }

  func has(_ category: String) -> Bool { hits[category]?.isEmpty == false }

  /// True if a phrase of a category is there that seldom means something else.
  func says(_ categories: String...) -> Bool {
    categories.contains { category in hits[category]?.contains { !$0.isWeak } ?? false }
  }

  /// True if a phrase of a category that seldom means something else stands in a sentence that asks
  /// nothing.
  func states(_ categories: String...) -> Bool {
    categories.contains { category in
      hits[category]?.contains { !$0.isWeak && !asks(in: sentence(of: $0.tokens)) } ?? false
    }
  }

  /// The sentence in which tokens stand.
  func sentence(of range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, !tokens[start].gap.endsSentence { start -= 1 }
    var end = range.upperBound
    while end < tokens.count, !tokens[end].gap.endsSentence { end += 1 }
    return start..<end
  }

  /// True if a phrase of several words of a category is there: one alone may only be talked about.
  func saysAtLength(_ category: String) -> Bool {
    hits[category]?.contains { !$0.isWeak && $0.tokens.count > 1 } ?? false
  }

  /// The phrases of a category that begin in a range of tokens.
  func hits(_ category: String, in range: Range<Int>) -> [OrderWords.Hit] {
    hits[category]?.filter { range.contains($0.tokens.lowerBound) } ?? []
  }

  /// The phrase of a category that covers a token.
  func hit(_ category: String, at token: Int) -> OrderWords.Hit? {
    hits[category]?.first { $0.tokens.contains(token) }
  }

  /// True for "and if I took the four chairs too": it asks what that would cost.
  var isCondition = false

  /// The longest phrase of a category that begins at a token.
  func phrase(_ category: String, from token: Int) -> OrderWords.Hit? {
    guard let hits = hits[category] else { return nil }
    // They stand in the order of the text.
    var (low, high) = (0, hits.count)
    while low < high {
      let middle = (low + high) / 2
      if hits[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
    }
    var longest: OrderWords.Hit?
    while low < hits.count, hits[low].tokens.lowerBound == token {
      if hits[low].tokens.count > longest?.tokens.count ?? 0 { longest = hits[low] }
      low += 1
    }
    return longest
  }

  /// True for a list: most of its lines are a few words each.
  var isLines: Bool {
    guard !asks() else { return false }
    let ends = tokens.indices.filter { $0 > 0 && tokens[$0].gap.signs.contains("\n") }
    guard ends.count >= 2 else { return false }
    let starts = [0] + ends
    let lines = zip(starts, ends + [tokens.count]).map { $1 - $0 }
    return lines.dropFirst().allSatisfy { $0 <= 8 }
  }

  /// False for a phrase that a sentence ends in; one about money ends at a comma too.
  func isWhole(_ hit: OrderWords.Hit) -> Bool {
    let isMoney = ["fee", "total", "deposit", "each", "price_marker"].contains(hit.category)
    return hit.tokens.dropFirst().allSatisfy {
      let gap = tokens[$0].gap
      return !gap.signs.contains { "\n!?؟".contains($0) }
        && !(isMoney && gap.signs.contains { ",،".contains($0) })
    }
  }

  /// True for what is said with a laugh.
  var laughs: Bool {
    tokens.contains { token in
      OrderText.laughter.contains { token.folded.hasPrefix($0) }
        || token.gap.signs.unicodeScalars.contains { OrderText.faces.contains($0) }
    } || tail.signs.unicodeScalars.contains { OrderText.faces.contains($0) }
  }

  private static let laughter = [
    "haha", "hehe", "lol", "lmao", "rofl", "jaja", "jeje", "xaxa", "χαχα", "χεχε", "ههه", "חחח",
    "mdr", "ptdr", "😂", "🤣", "😹", "😆",
  ]
  private static let faces: Set<Unicode.Scalar> = ["😂", "🤣", "😹", "😆"]

  /// True for a word of a link or an address of mail, which names nothing.
  func isLink(_ token: Int) -> Bool {
    tokens.indices.contains(token) && tokens[token].isMasked && tokens[token].isWord
  }

  /// True for a token without a letter or digit, such as an emoji.
  func isPicture(_ token: Int) -> Bool {
    guard tokens.indices.contains(token), tokens[token].number == nil,
      let first = tokens[token].folded.utf8.first
    else { return false }
    // Latin, Greek, Hebrew and Arabic letters.
    if 0x61...0x7A ~= first || 0xC3...0xDB ~= first { return false }
    return !tokens[token].folded.unicodeScalars.contains { $0.properties.isAlphabetic }
  }

  /// Turkish words that ask stand behind what is asked for.
  static let verbsAtEnd = SmallWords.verbAtEnd.words

  /// What stands before a token, or at the end.
  func gap(before token: Int) -> OrderToken.Gap { token < tokens.count ? tokens[token].gap : tail }

  /// True if the text, or a part of it, ends as a question.
  func asks(in range: Range<Int>? = nil) -> Bool {
    let range = range ?? 0..<tokens.count
    return (range.lowerBound..<range.upperBound).contains { token in
      gap(before: token + 1).signs.contains { "?؟".contains($0) }
        || isGreekQuestion(gap(before: token + 1).signs, at: token)
    }
  }

  /// In Greek a semicolon asks.
  private func isGreekQuestion(_ signs: String, at token: Int) -> Bool {
    signs.contains { $0 == ";" || $0 == "\u{37E}" }
      && tokens[...token].contains {
        $0.folded.unicodeScalars.contains { 0x370...0x3FF ~= $0.value }
      }
  }

  /// What stands in a range of tokens, as written.
  func slice(_ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return String(
      decoding: bytes[tokens[first].range.lowerBound..<tokens[last].range.upperBound], as: UTF8.self
    )
  }

  /// Where a range of tokens stands, in bytes of the message as it is stored.
  func place(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last else { return stored(0..<bytes.count) }
    return stored(tokens[first].range.lowerBound..<tokens[last].range.upperBound)
  }

  /// A range of `bytes`, in bytes of the message as it is stored.
  func stored(_ range: Range<Int>) -> Range<Int> {
    isExact ? range : 0..<message.text.utf8.count
  }
}

/// Takes messages apart; it remembers the letters that it has folded.
final class OrderMarker {
  /// A message is read as far as these: nobody orders in more words, and time stays in proportion.
  private static let mostTokens = 1_000

  private var folder = SearchFolder()
  /// Read when the first message is: most commands read none.
  private var words: OrderWords { .shared }
  private let numbers: NumberText

  private let region: String?

  init(region: String?) {
    self.region = region
    numbers = NumberText(region: region)
  }

  /// True if a text may begin an order, name a price, or say that the talk is about something else.
  func mayBegin(_ text: String) -> Bool {
    let folded = folder.foldedBytes(text)
    return folded.contains { $0 &- 0x30 < 10 } || words.openers.holds(folded)
  }

  func mark(_ message: OrderMessage) -> OrderText {
    let text = message.text.composedIfNeeded
    let bytes = Array(text.utf8)
    var tokens: [OrderToken] = []
    var end = 0
    folder.forEachWord(text) { folded, range in
      guard tokens.count < OrderMarker.mostTokens else { return }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      let length = text.utf8.distance(from: range.lowerBound, to: range.upperBound)
      for part in OrderMarker.parts(folded, start..<(start + length), bytes) {
        tokens.append(
          OrderToken(
            folded: part.folded, range: part.range,
            gap: OrderMarker.gap(bytes[end..<part.range.lowerBound])))
        end = part.range.upperBound
      }
    }
    var marked = OrderText(
      message: message, bytes: bytes, isExact: bytes.elementsEqual(message.text.utf8),
      tokens: joinNumbers(tokens, tail: OrderMarker.gap(bytes[end...])),
      tail: OrderMarker.gap(bytes[end...]))
    for hit in words.hits(in: marked.tokens.map(\.folded)) where marked.isWhole(hit) {
      marked.hits[hit.category, default: []].append(hit)
    }
    return marked
  }

  private static func gap(_ bytes: ArraySlice<UInt8>) -> OrderToken.Gap {
    if bytes.isEmpty { return OrderToken.Gap(signs: "", hasBlank: false) }
    let text = String(decoding: bytes, as: UTF8.self)
    let signs = text.unicodeScalars.filter {
      $0 == "\n" || !$0.properties.isWhitespace && $0.properties.generalCategory != .format
    }
    return OrderToken.Gap(
      signs: String(String.UnicodeScalarView(signs)),
      hasBlank: signs.count < text.unicodeScalars.count
    )
  }

  /// A word parted where digits meet letters: `45tl`, `x2`, `ب25`.
  private static func parts(
    _ folded: [UInt8], _ range: Range<Int>, _ bytes: [UInt8]
  ) -> [(folded: String, range: Range<Int>)] {
    let whole = String(decoding: folded, as: UTF8.self)
    let hasDigit = folded.contains { $0 &- 0x30 < 10 }
    guard hasDigit, folded.contains(where: { $0 &- 0x30 >= 10 }), !isArabizi(folded) else {
      return [(whole, range)]
    }
    // Digits of all scripts fold to one byte each: the runs of both stand in the same order.
    var result: [(folded: String, range: Range<Int>)] = []
    let source = String(decoding: bytes[range], as: UTF8.self)
    var place = range.lowerBound
    var sizes: [(isDigit: Bool, size: Int)] = []
    for scalar in source.unicodeScalars {
      let isDigit = scalar.properties.numericType == .decimal
      let size = UTF8.width(scalar)
      if sizes.last?.isDigit == isDigit {
        sizes[sizes.count - 1].size += size
      } else {
        sizes.append((isDigit, size))
      }
    }
    var rest = folded[...]
    for run in sizes {
      let part = rest.prefix { ($0 &- 0x30 < 10) == run.isDigit }
      rest = rest.dropFirst(part.count)
      if !part.isEmpty {
        result.append((String(decoding: part, as: UTF8.self), place..<(place + run.size)))
      }
      place += run.size
    }
    return result
  }

  /// True for a word in whose middle digits stand for letters: `3ayza`, `sham3a`.
  private static func isArabizi(_ folded: [UInt8]) -> Bool {
    guard folded.allSatisfy({ $0 < 0x80 }) else { return false }
    let runs = folded.split { $0 &- 0x30 >= 10 }
    let letters = folded.split { $0 &- 0x30 < 10 }.map { String(decoding: $0, as: UTF8.self) }
    // Two digits in a row count something, as one does before a unit.
    return runs.allSatisfy {
      $0.count == 1 && $0.first != 0x30 && $0.first != 0x31 && $0.first != 0x34
    }
      && !(letters.count == 1 && gluedUnits.contains(letters[0]))
  }

  /// What stands right behind or before a number that counts.
  private static let gluedUnits = SmallWords.gluedUnit.words

  /// Digits with their separators as one number.
  private func joinNumbers(_ tokens: [OrderToken], tail: OrderToken.Gap) -> [OrderToken] {
    var result: [OrderToken] = []
    var place = 0
    while place < tokens.count {
      var token = tokens[place]
      guard token.folded.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
        result.append(token)
        place += 1
        continue
      }
      if let (part, end) = fraction(tokens, place) {
        token.range = token.range.lowerBound..<tokens[end - 1].range.upperBound
        result.append(
          OrderToken(folded: "\(part)", range: token.range, gap: token.gap, number: part))
        place = end
        continue
      }
      var parts = [token.folded]
      var signs: [Character] = []
      var next = place + 1
      while next < tokens.count,
        let sign = OrderMarker.separator(tokens[next]) ?? thousands(tokens, tail, next, parts),
        parts.count == 1 || tokens[next].folded.count == 3 || sign != signs.last
      {
        parts.append(tokens[next].folded)
        signs.append(sign)
        next += 1
      }
      token.number = numbers.value(parts, signs)
      token.isMasked = token.number == nil || parts.joined().count >= 8
      token.range = token.range.lowerBound..<tokens[next - 1].range.upperBound
      result.append(
        OrderToken(
          folded: parts.count == 1 ? token.folded : "\(token.number ?? 0)", range: token.range,
          gap: token.gap, number: token.number ?? 0, isMasked: token.isMasked))
      place = next
    }
    return result
  }

  /// "1/2 kg": parts of what is measured; without a unit it may be a day.
  private func fraction(_ tokens: [OrderToken], _ place: Int) -> (Decimal, end: Int)? {
    let end = place + 2
    guard end < tokens.count, tokens[place + 1].gap.signs == "/", tokens[end].gap.signs.isEmpty,
      !tokens[place + 1].gap.hasBlank,
      let part = OrderMarker.fractions[tokens[place].folded + "/" + tokens[place + 1].folded],
      words.hits(in: [tokens[end].folded]).contains(where: { $0.category == "quantity_unit" })
    else { return nil }
    return (part, end)
  }

  private static let fractions: [String: Decimal] = ["1/2": 0.5, "1/4": 0.25, "3/4": 0.75]

  /// A blank that groups thousands, as in `1 450 $`: only where a sign of money follows.
  private func thousands(
    _ tokens: [OrderToken], _ tail: OrderToken.Gap, _ next: Int, _ parts: [String]
  ) -> Character? {
    let token = tokens[next]
    guard token.gap.hasBlank, token.gap.signs.isEmpty, token.folded.utf8.count == 3,
      token.folded.utf8.allSatisfy({ $0 &- 0x30 < 10 }), parts[0].utf8.count <= 3,
      !parts[0].hasPrefix("0")
    else { return nil }
    let after = next + 1 < tokens.count ? tokens[next + 1] : nil
    let isMoney =
      (after?.gap ?? tail).signs.first.map(Currencies.signs.contains) ?? false
      || next > 1 && tokens[next - 1].gap.isNone
        && Currencies.code(letter: tokens[next - 2].folded, region: region) != nil
      || ["dh", "dhs", "fcfa", "cfa", "tl", "euros", "euro", "dt", "da"]
        .contains(after?.folded ?? "")
    return isMoney ? "٬" : nil
  }

  /// The sign that joins digits to those before: a point, a comma and their likes, without blanks.
  private static func separator(_ token: OrderToken) -> Character? {
    guard !token.gap.hasBlank, token.gap.signs.count == 1, let sign = token.gap.signs.first,
      ".,٫٬،".contains(sign), token.folded.utf8.allSatisfy({ $0 &- 0x30 < 10 })
    else { return nil }
    return sign
  }
}
