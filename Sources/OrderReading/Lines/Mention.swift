import Foundation
import InboxModel

/// Goods as a message names them.
struct Mention: Sendable {
  /// As written.
  var item: String
  /// The folded words of the name.
  var words: [String]
  var quantity: Decimal?
  /// As written.
  var unit: String?
  /// The tokens of the name.
  var name: Range<Int>
  /// All of it.
  var tokens: Range<Int>
  /// Where it stands.
  let proof: ReadOrder.Proof
  /// True right behind words that ask for it.
  var isAsked: Bool
  /// True if a number without a unit follows the name: it may be a price.
  var isTrailing: Bool
  /// True for a colour or size of goods that were named before: "two blue", "one with sesame".
  var isVariant = false
  /// True for a flavour or the like: it may tell goods apart, or be some.
  var isFlavour = false
  /// True for a unit of something that is not named: "two boxes".
  var isUnit = false
  /// What its unit counts: 12 for a dozen.
  var factor: Decimal = 1
  /// The name without a colour or size at its end, as written; nil if there is none.
  var base: String?
  /// The folded words that tell only the colour or size.
  var variants: [String] = []

  /// True if the name may mean the same goods: short forms and other endings count.
  func isLike(_ other: [String]) -> Bool {
    let pairs = words.filter { word in other.contains { Mention.isLike(word, $0) } }
    return !pairs.isEmpty && pairs.count * 3 >= min(words.count, other.count) * 2
  }

  /// True if the name means the same goods, and no other colour or size of them.
  func isSame(_ other: Mention) -> Bool {
    isLike(other.words)
      && (variants.isEmpty || other.variants.isEmpty
        || variants.contains { word in other.variants.contains { Mention.isLike(word, $0) } })
  }

  /// True for a word that the "and" of Arabic or Hebrew may begin.
  static func beginsWithAnd(_ word: some StringProtocol) -> Bool {
    word.unicodeScalars.first == "\u{648}" || word.unicodeScalars.first == "\u{5D5}"
  }

  /// Two words with one beginning.
  static func isLike(_ first: String, _ second: String) -> Bool {
    let (first, second) = (bare(first), bare(second))
    // Whatever is like begins with the same letter: most pairs end here.
    guard first.prefix(2).elementsEqual(second.prefix(2)) else { return false }
    if first.elementsEqual(second) { return true }
    if let one = stem(first), let other = stem(second), one.elementsEqual(other) { return true }
    let (a, b) = (Array(Substring(first).unicodeScalars), Array(Substring(second).unicodeScalars))
    let common = zip(a, b).prefix { $0 == $1 }.count
    return common >= 3 && common * 3 >= min(a.count, b.count) * 2
      && max(a.count, b.count) - common <= 3
  }

  /// The bytes of a word without the article of Arabic and Hebrew.
  private static func bare(_ word: String) -> Substring.UTF8View {
    let bytes = word.utf8
    for article in articles where bytes.count >= article.count + 6 && bytes.starts(with: article) {
      return bytes.dropFirst(article.count)
    }
    return bytes[...]
  }

  private static let articles = ["ال", "ה"].map { Array($0.utf8) }

  /// Without the endings that make Arabic and Hebrew words feminine, dual or plural; nil for others.
  private static func stem(_ bare: Substring.UTF8View) -> Substring.UTF8View? {
    guard let first = bare.first, 0xD6...0xDB ~= first else { return nil }
    for ending in endings
    where bare.count >= ending.count + 4 && bare.suffix(ending.count).elementsEqual(ending) {
      return bare.dropLast(ending.count)
    }
    return bare.count >= 6 ? bare : nil
  }

  private static let endings = ["تين", "ות", "ימ", "ات", "ين", "ת", "ה", "ه", "ت"].map {
    Array($0.utf8)
  }
}
