import Foundation
import InboxModel

/// Currencies by country, sign and word.
enum Currencies {
  /// The currency of a country, by its two letters; nil if there is no such country.
  static func ofRegion(_ region: String) -> String? {
    // The library has silver for ZZ, which is no country.
    guard region != "ZZ", Locale.Region(region).isISORegion else { return nil }
    return Locale(identifier: "und_" + region).currency?.identifier
  }

  /// What a word for money means in a country: `دينار` is one of several dinars.
  ///
  /// - Parameters:
  ///   - notes: What the table notes beside the word: codes, the likeliest first.
  ///   - region: The business's country.
  /// - Returns: ISO 4217; nil if the table notes none.
  static func code(_ notes: Set<String>, region: String?) -> String? {
    let codes = notes.flatMap { $0.split(separator: "/").map(String.init) }
      .filter { $0.utf8.count == 3 && $0.utf8.allSatisfy { $0 &- 0x41 < 26 } }.sorted()
    if let own = region.flatMap(ofRegion), codes.contains(own) { return own }
    return codes.count == 1 ? codes[0] : nil
  }

  /// The currency of a sign.
  static func code(sign: Character, region: String?) -> String? {
    switch (sign, region) {
    case ("£", "EG"): "EGP"
    case ("$", _): dollars[region ?? ""] ?? "USD"
    default: Money.signs[sign]
    }
  }

  /// The currency of a letter that is glued to the number before which it stands: `R685`.
  static func code(letter: String, region: String?) -> String? {
    region.flatMap { letters[$0] }.flatMap { $0.letter == letter ? $0.code : nil }
  }

  /// By country, folded.
  private static let letters: [String: (letter: String, code: String)] = [
    "ZA": ("r", "ZAR"), "NG": ("n", "NGN"), "PH": ("p", "PHP"), "BW": ("p", "BWP"),
    "ZM": ("k", "ZMW"), "GT": ("q", "GTQ"), "HN": ("l", "HNL"), "NA": ("n", "NAD"),
    "SZ": ("e", "SZL"), "LS": ("m", "LSL"),
  ]

  static let signs = Set(Money.signs.keys).union(["$"])

  private static let dollars = [
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "MX": "MXN", "AR": "ARS", "CO": "COP", "CL": "CLP",
  ]
}
