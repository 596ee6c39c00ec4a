import Foundation

/// Which language a word may be of, and its stems there.
package struct WordStems {
  /// How words are folded and stemmed: an index of another version must be made anew. Raised with
  /// every change of rules and tables; the tail tells how this system's Unicode tables fold.
  package static let version: String = {
    var folder = SearchFolder()
    let sample = "Straße ΌΔΟΣ İI ё مُحَمَّدٌ ﻻ שָׁלוֹם đ Ａ１ ｶﾞ ก็ क़ 각 🎂👍🏽 ǅ ﬁ ₂"
    let hash = WordHash.of(folder.foldedBytes(sample)[...])
    return "\(SearchFolder.version).2-\(String(hash & 0xFFFF, radix: 16))"
  }()

  /// Latin languages whose words have stems; others are only folded.
  package static let latin = [
    "en", "es", "fr", "de", "it", "pt", "nl", "tr", "sv", "da", "no", "fi", "hu", "ro", "ca", "id",
  ]

  /// Languages in which the stem of a plural is often the singular, whose own stem is shorter.
  private static let stemsOfStems: Set<String> = ["da", "nl", "no", "pt", "sv"]

  private var stemmers: [String: SnowballStemmer] = [:]
  private var folder = SearchFolder()

  package init() {}

  /// The language that a word's script tells; nil for Latin letters, "und" if words of the script
  /// have no stems.
  package static func language(ofScript word: String) -> String? {
    for scalar in word.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: return nil
      case 0x370...0x3FF, 0x1F00...0x1FFF: return "el"
      case 0x400...0x52F:
        // Ukrainian has letters that Russian has not, and no stemmer.
        return word.unicodeScalars.contains { "іїєґІЇЄҐў".unicodeScalars.contains($0) }
          ? "und" : "ru"
      case 0x530...0x58F: return "hy"
      case 0x5D0...0x5EA: return "he"
      case 0x620...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: return "ar"
      case 0x900...0x97F: return "hi"
      case 0xB80...0xBFF: return "ta"
      case 0x1100...0x11FF, 0xAC00...0xD7A3: return "ko"
      default: continue
      }
    }
    return "und"
  }

  /// The folded stems of a word in one language; words with a stem in common are forms of one.
  ///
  /// - Parameters:
  ///   - word: The folded word.
  ///   - original: The word as written.
  ///   - language: Its language; the word is its own stem in languages without a stemmer.
  ///   - isQuery: True for a word that is looked for: it then has only stems that it is sure of.
  /// - Returns: The stems, without repeats, never empty.
  package mutating func stems(
    _ word: String, original: String, language: String, isQuery: Bool = false
  ) -> [String] {
    switch language {
    case "tr":
      let lower = WordStems.turkishLower(original).precomposedStringWithCanonicalMapping
      return unique(TurkishStems.of(lower, isQuery: isQuery))
    case "ar": return LightStems.arabic(word, original: original)
    case "he": return LightStems.hebrew(word)
    case "ko": return [LightStems.korean(word)]
    default: break
    }
    guard let stemmer = stemmer(language) else { return [word] }
    // Who leaves the accents out gets another stem than who writes them: both count.
    let stems = [original.lowercased().precomposedStringWithCanonicalMapping, word]
      .map(stemmer.stem)
    let all = unique(
      WordStems.stemsOfStems.contains(language) ? stems + stems.map(stemmer.stem) : stems)
    return all.isEmpty ? [word] : all
  }

  /// Folded, each once.
  private mutating func unique(_ stems: [String]) -> [String] {
    var found: [String] = []
    for stem in stems {
      let folded = folder.fold(stem)
      if !folded.isEmpty, !folded.contains(" "), !found.contains(folded) { found.append(folded) }
    }
    return found
  }

  private mutating func stemmer(_ language: String) -> SnowballStemmer? {
    if let known = stemmers[language] { return known }
    let made = SnowballStemmer(language)
    stemmers[language] = made
    return made
  }

  private static func turkishLower(_ text: String) -> String {
    text.replacing("I", with: "ı").replacing("İ", with: "i").lowercased()
  }

  /// What may be written before a word of a language in one piece with it.
  package static func prefixes(_ language: String) -> [String] {
    switch language {
    case "ar": LightStems.arabicPrefixes
    case "he": LightStems.hebrewPrefixes
    default: []
    }
  }

  /// What is left of a folded word without each of the prefixes that it may begin with: three
  /// letters or more.
  package static func withoutPrefixes(_ word: String, _ language: String) -> [String] {
    prefixes(language).compactMap { prefix in
      guard word.hasPrefix(prefix) else { return nil }
      let rest = word.unicodeScalars.dropFirst(prefix.unicodeScalars.count)
      return rest.count >= 3 ? String(rest) : nil
    }
  }

  /// True if a word of the archive shows that `rest` is a word by itself.
  ///
  /// In Arabic that is its form with the article: a single letter before what only looks like a
  /// word would make other words of many.
  package static func proves(_ known: String, _ rest: String, _ language: String) -> Bool {
    language == "ar" ? known == "ال" + rest : known == rest
  }
}
