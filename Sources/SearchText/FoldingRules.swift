import Foundation

/// How single characters fold. Rules by script, after compatibility decomposition (NFKD).
enum FoldingRules {
  /// What becomes of `scalar`.
  static func fold(_ scalar: Unicode.Scalar) -> FoldedScalar {
    if isEmoji(scalar) { return .word(Array(String(scalar).utf8)) }
    if isDropped(scalar) { return .nothing }
    if isUnspaced(scalar) { return .word(Array(String(scalar).utf8)) }
    var folded: [UInt8] = []
    for part in decomposed(scalar) where !isDropped(part) {
      guard let letters = letter(part) else {
        return folded.isEmpty ? .separator : .letters(folded)
      }
      folded += Array(letters.utf8)
    }
    return folded.isEmpty ? .nothing : .letters(folded)
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
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x640 || 0x1F3FB...0x1F3FF ~= scalar.value { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  /// The folded form of a letter or digit; nil for anything else.
  private static func letter(_ scalar: Unicode.Scalar) -> String? {
    if let variant = variants[scalar] { return variant }
    let properties = scalar.properties
    if properties.generalCategory == .decimalNumber, let value = properties.numericValue {
      return String(Int(value))
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber, .spacingMark:
      // Upper case first joins what lower case keeps apart: ß and ss, ς and σ, ı and i.
      let upper = properties.uppercaseMapping.lowercased()
      return String(
        String.UnicodeScalarView(
          upper.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { !isDropped($0) }))
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
    case 0xE01...0xE2E, 0xE40...0xE46, 0xE81...0xEAE, 0x1000...0x102A, 0x1780...0x17A2,
      0x3041...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
      return true
    default: return false
    }
  }

  /// Letters whose variants no decomposition joins.
  private static let variants: [Unicode.Scalar: String] = [
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ک": "ك", "ڪ": "ك",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ə": "e", "Ə": "e",
  ]
}
