import Foundation

/// How single characters fold. Rules by script, after compatibility decomposition (NFKD).
enum FoldingRules {
  /// What becomes of `scalar`.
  static func fold(_ scalar: Unicode.Scalar) -> FoldedScalar {
    if isEmoji(scalar) { return .word(Array(String(scalar).utf8)) }
    if isDropped(scalar) { return .nothing }
    let parts = String(
      String.UnicodeScalarView(decomposed(scalar).filter { !isDropped($0) })
    ).precomposedStringWithCanonicalMapping
    if let first = parts.unicodeScalars.first {
      if isAttached(first) { return .mark(Array(parts.utf8)) }
      if isUnspaced(first) { return .word(unspaced(parts)) }
    }
    var folded: [UInt8] = []
    for part in parts.unicodeScalars {
      guard let letters = letter(kept[scalar] ?? part) else {
        return folded.isEmpty ? .separator : .letters(folded)
      }
      folded += Array(letters.utf8)
    }
    return folded.isEmpty ? .nothing : .letters(folded)
  }

  /// Letters that are no variant of what they decompose into.
  private static let kept: [Unicode.Scalar: Unicode.Scalar] = ["й": "й", "Й": "й"]

  /// True for marks that may stand apart from a letter which has a character of its own with them:
  /// text with such is composed before it is folded.
  static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // The parts of Korean syllables, the marks of voice of Japanese, the bow of й.
    case 0x1100...0x11FF, 0x3099, 0x309A, 0xFF9E, 0xFF9F, 0x306: true
    default: false
    }
  }

  /// Quotes that stand inside Hebrew words and abbreviations.
  static func isHebrewQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x22, 0x27, 0x5F3, 0x5F4, 0x2018, 0x2019, 0x201C, 0x201D: true
    default: false
    }
  }

  private static func decomposed(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
  }

  /// Vowel points, accents, joiners, direction marks, the Arabic lengthener.
  ///
  /// Scripts whose vowels are such marks, as those of India and of Thailand, keep them.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x640 || 0x1F3FB...0x1F3FF ~= scalar.value { return true }
    switch scalar.properties.generalCategory {
    case .enclosingMark, .format: return true
    case .nonspacingMark: return isAccent(scalar)
    default: return false
    }
  }

  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5C7, 0x610...0x61A, 0x64B...0x65F, 0x670,
      0x6D6...0x6ED, 0x8CA...0x8FF, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
      0xFB1E, 0xFE00...0xFE0F, 0xFE20...0xFE2F:
      true
    // The dots below letters of India, which people leave out.
    case 0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C: true
    default: false
    }
  }

  /// Vowels and marks that belong to the character before them.
  private static func isAttached(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  /// A character of a script without spaces; katakana as hiragana.
  private static func unspaced(_ text: String) -> [UInt8] {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isKatakana = 0x30A1...0x30F6 ~= scalar.value
      folded.append(isKatakana ? Unicode.Scalar(scalar.value - 0x60) ?? scalar : scalar)
    }
    return Array(String(folded).utf8)
  }

  /// The folded form of a letter or digit; nil for anything else.
  private static func letter(_ scalar: Unicode.Scalar) -> String? {
    if let variant = variants[scalar] { return variant }
    // Apostrophes that count as letters: people type any other in their place.
    if 0x2B9...0x2BF ~= scalar.value { return nil }
    let properties = scalar.properties
    if properties.generalCategory == .decimalNumber, let value = properties.numericValue {
      return String(Int(value))
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber, .spacingMark:
      // Upper case first joins what lower case keeps apart: ß and ss, ς and σ, ı and i.
      let lower = properties.uppercaseMapping.lowercased()
      guard lower.unicodeScalars.count > 1 else { return lower }
      return String(
        String.UnicodeScalarView(
          lower.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { !isDropped($0) }))
    default: return nil
    }
  }

  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x2190 else { return false }
    return scalar.properties.isEmojiPresentation && !(0x1F3FB...0x1F3FF ~= scalar.value)
      || scalar.properties.isEmoji && scalar.properties.generalCategory == .otherSymbol
  }

  /// Scripts that write words without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE01...0xE30, 0xE32...0xE33, 0xE40...0xE46, 0xE81...0xEB0, 0xEB2...0xEB3,
      0xEC0...0xEC6, 0x1000...0x102A, 0x1780...0x17B3,
      0x3041...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
      return true
    default: return false
    }
  }

  /// Letters whose variants no decomposition joins.
  private static let variants: [Unicode.Scalar: String] = [
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ک": "ك", "ڪ": "ك", "ँ": "ं",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ə": "e", "Ə": "e",
  ]
}
