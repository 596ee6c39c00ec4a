/// Stems by endings and articles alone, for languages in which words are glued together.
///
/// All take and give folded words.
enum LightStems {
  // MARK: Arabic

  /// The article, and what is written together with it.
  static let articles = [
    "وبال", "وكال", "فبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال",
  ]

  /// Endings with the letters that must be left: pronouns behind a feminine ending, duals,
  /// plurals, pronouns.
  private static let arabicEndings: [(String, Int)] = [
    ("تيهم", 3), ("تهم", 3), ("تكم", 3), ("تين", 3), ("تها", 3), ("تنا", 3), ("ته", 3),
    ("تك", 3), ("تي", 3), ("ات", 3), ("ين", 3), ("ون", 3), ("ها", 3), ("هم", 3), ("هن", 3),
    ("كم", 3), ("نا", 3), ("ان", 4), ("ه", 3),
  ]

  /// The stems of an Arabic word: without its article and its ending. A word that only looks as
  /// if it had an article has both stems.
  ///
  /// - Parameters:
  ///   - word: The folded word.
  ///   - original: The word as written: `أل` is no article.
  /// - Returns: One or two stems.
  static func arabic(_ word: String, original: String) -> [String] {
    var stems = [withoutArabicEnding(word)]
    let isArticle = !"أإآ".unicodeScalars.contains(original.unicodeScalars.first ?? " ")
    if isArticle, let rest = withoutArticle(word) { stems.append(withoutArabicEnding(rest)) }
    return stems
  }

  private static func withoutArticle(_ word: String) -> String? {
    for article in articles where word.hasPrefix(article) {
      let rest = word.unicodeScalars.dropFirst(article.unicodeScalars.count)
      if rest.count >= 3 { return String(rest) }
    }
    return nil
  }

  private static func withoutArabicEnding(_ word: String) -> String {
    let count = word.unicodeScalars.count
    for (ending, least) in arabicEndings where word.hasSuffix(ending) {
      let length = ending.unicodeScalars.count
      if count - length >= least { return String(word.unicodeScalars.dropLast(length)) }
    }
    return word
  }

  /// And, so, in, to: letters that are written together with any word.
  static let arabicPrefixes = ["و", "ف", "ب", "ل", "وب", "ول"]

  // MARK: Hebrew

  /// And, the, in, to, from, that, as, and what of them stands together.
  static let hebrewPrefixes = [
    "ו", "ה", "ב", "ל", "מ", "ש", "כ", "וה", "וב", "ול", "ומ", "וש", "וכ", "שה", "שב", "של",
    "מה", "כש", "כשה", "לכ", "ושה", "בה", "לה",
  ]

  /// The stems of a Hebrew word: without its plural, its feminine ending as `ה`.
  static func hebrew(_ word: String) -> [String] {
    let count = word.unicodeScalars.count
    func cut(_ length: Int) -> String { String(word.unicodeScalars.dropLast(length)) }
    if word.hasSuffix("ימ"), count >= 4 { return [cut(2)] }
    if word.hasSuffix("יות"), count >= 5 { return [word, cut(1) + "ה", cut(2)] }
    if word.hasSuffix("ות"), count >= 5 { return [word, cut(2) + "ה", cut(2)] }
    if word.hasSuffix("ות"), count == 4 { return [word, cut(2) + "ה"] }
    // The form before another noun: `עוגת שוקולד`.
    if word.hasSuffix("ת"), count >= 4 { return [word, cut(1) + "ה"] }
    return [word]
  }

  // MARK: Korean

  private static let particles = [
    "에서는", "으로는", "이라고", "에서", "에게", "한테", "까지", "부터", "으로", "이나", "이랑", "처럼", "보다",
    "마다", "조차", "라고", "은", "는", "이", "가", "을", "를", "에", "의", "로", "와", "과", "도", "만", "랑",
    "들", "요",
  ]

  /// A Korean word without its particle.
  static func korean(_ word: String) -> String {
    for particle in particles where word.hasSuffix(particle) {
      if word.count - particle.count >= 2 { return String(word.dropLast(particle.count)) }
    }
    return word
  }
}
