/// Currencies by country, sign and word.
enum Currencies {
  /// The currency of a country, by its two letters.
  static func ofRegion(_ region: String) -> String? { regions[region] }

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
    switch sign {
    case "€": "EUR"
    case "₪": "ILS"
    case "₺": "TRY"
    case "£": region == "EG" ? "EGP" : "GBP"
    case "₹": "INR"
    case "₦": "NGN"
    case "$": dollars[region ?? ""] ?? "USD"
    default: nil
    }
  }

  static let signs: Set<Character> = ["€", "₪", "₺", "£", "$", "₹", "₦"]

  private static let dollars = [
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "MX": "MXN", "AR": "ARS", "CO": "COP", "CL": "CLP",
  ]
  private static let regions = [
    "JO": "JOD", "KW": "KWD", "BH": "BHD", "OM": "OMR", "IQ": "IQD", "TN": "TND", "LY": "LYD",
    "EG": "EGP", "SA": "SAR", "QA": "QAR", "AE": "AED", "MA": "MAD", "DZ": "DZD", "LB": "LBP",
    "SY": "SYP", "YE": "YER", "SD": "SDG", "IL": "ILS", "PS": "ILS", "GR": "EUR", "CY": "EUR",
    "TR": "TRY", "US": "USD", "GB": "GBP", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "IN": "INR",
    "NG": "NGN", "KE": "KES", "ZA": "ZAR", "GH": "GHS", "FR": "EUR", "ES": "EUR", "DE": "EUR",
    "IT": "EUR", "NL": "EUR", "BE": "EUR", "AT": "EUR", "PT": "EUR", "IE": "EUR", "MX": "MXN",
    "AR": "ARS", "CO": "COP", "CL": "CLP", "PE": "PEN", "BR": "BRL", "UY": "UYU", "SN": "XOF",
    "CI": "XOF", "CM": "XAF", "CH": "CHF", "SE": "SEK", "DK": "DKK", "NO": "NOK", "PL": "PLN",
    "RO": "RON", "BG": "BGN", "PK": "PKR", "BD": "BDT", "PH": "PHP", "MY": "MYR", "ID": "IDR",
    "SG": "SGD",
  ]
}
