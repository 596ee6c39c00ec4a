/// A name as programs want it that ask for two: split where it has several words, never invented.
package struct NameParts: Sendable, Equatable {
  /// Nil for a name of one word.
  package let first: String?
  package let last: String?

  /// Words that are one name with the next.
  private static let joined: Set<String> = [
    "عبد", "أبو", "ابو", "بو", "أم", "ام", "إم", "بنت", "بن", "ابن", "آل", "ال", "أبا", "ست",
    "الحاج",
    "الحاجة", "בן", "בר", "בת", "אבו", "אום", "abd", "abdul", "abdel", "abdal", "abu", "abou",
    "umm",
    "um", "oum", "om", "bin", "ibn", "ben", "bint", "al", "el", "la", "de", "del", "di", "da",
    "dos",
    "van", "von", "der", "den", "le", "saint", "st", "san", "santa", "o", "mc", "mac",
  ]
  /// Words that count as one with the next only before a first name.
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "د", "الدكتور", "الدكتورة", "د.", "dr.", "mr.", "mrs.", "ms.",
    "κ", "κ.", "κα", "κα.", "ד\"ר", "גב'", "מר",
  ]

  package init(_ name: String) {
    let words = name.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count > 1 else {
      first = nil
      last = words.first
      return
    }
    var end = 1
    while end < words.count, NameParts.isJoined(words[end - 1]) { end += 1 }
    // A name that is one altogether, such as عبد الله, has no second.
    guard end < words.count else {
      first = nil
      last = words.joined(separator: " ")
      return
    }
    first = words[..<end].joined(separator: " ")
    last = words[end...].joined(separator: " ")
  }

  private static func isJoined(_ word: String) -> Bool {
    let word = word.lowercased()
    return joined.contains(word) || titles.contains(word)
  }
}
