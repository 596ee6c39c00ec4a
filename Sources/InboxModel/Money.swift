package import Foundation

/// Sums of money as exact decimal text, such as `12.500`.
package enum Money {
  /// Signs that stand for one currency in nearly all countries. Source: ISO 4217.
  package static let signs: [Character: String] = [
    "€": "EUR", "£": "GBP", "₪": "ILS", "₺": "TRY", "₹": "INR", "₦": "NGN",
  ]

  /// Digits after the point, by ISO 4217; two for a currency that is not known.
  package static func decimals(_ code: String?) -> Int {
    switch code {
    case "JOD", "KWD", "BHD", "OMR", "TND", "LYD", "IQD": 3
    case "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "PYG": 0
    default: 2
    }
  }

  /// True for a code of ISO 4217.
  package static func isCurrency(_ code: String) -> Bool {
    Locale.Currency.isoCurrencies.contains { $0.identifier == code }
  }

  /// A sum with as many decimals as the currency has, or more where it needs them.
  package static func text(_ value: Decimal, currency: String?) -> String {
    let parts = plain(value).split(separator: ".", maxSplits: 1).map(String.init)
    let fraction = parts.count > 1 ? parts[1] : ""
    let width = max(decimals(currency), fraction.count)
    guard width > 0 else { return parts[0] }
    return parts[0] + "." + fraction + String(repeating: "0", count: width - fraction.count)
  }

  /// A number without a currency, such as a quantity: `0.5`, `12`.
  package static func plain(_ value: Decimal) -> String {
    NSDecimalNumber(decimal: value).description(withLocale: Locale(identifier: "en_US_POSIX"))
  }

  /// Exact decimal text as a number, such as `12.500`; nil if it is none.
  package static func exact(_ text: String) -> Decimal? {
    let digits = text.utf8.drop { $0 == 0x2D }
    guard text.utf8.count - digits.count <= 1, digits.count <= 30,
      digits.contains(where: { (0x30...0x39).contains($0) }),
      digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      digits.count(where: { $0 == 0x2E }) <= 1
    else { return nil }
    return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
  }
}
