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
}
