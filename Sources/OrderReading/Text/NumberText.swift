import Foundation
import InboxModel

/// Numbers as people write them: which sign groups thousands and which begins the fraction.
struct NumberText: Sendable {
  /// True where a point groups thousands and a comma begins the fraction.
  private let pointGroups: Bool
  /// Digits of the currency after the point.
  private let decimals: Int

  private static let pointGrouping: Set<String> = [
    "GR", "CY", "TR", "ES", "DE", "AT", "IT", "NL", "BE", "AR", "BR", "CO", "CL", "PT", "ID", "VE",
    "MA", "TN", "DZ",
  ]

  /// - Parameter region: The business's country, two letters.
  init(region: String?) {
    pointGroups = NumberText.pointGrouping.contains(region ?? "")
    decimals = Money.decimals(Currencies.ofRegion(region ?? ""))
  }

  /// The value of digits with signs between them.
  ///
  /// - Parameters:
  ///   - parts: Runs of ASCII digits.
  ///   - signs: What stands between them: `.`, `,`, `٫`, `٬`, `،`.
  /// - Returns: Nil if it is no number.
  func value(_ parts: [String], _ signs: [Character]) -> Decimal? {
    guard let last = signs.last else { return decimal(parts.joined()) }
    let isDecimal: Bool
    if signs.count > 1 {
      // Of two different signs the last begins the fraction; equal ones all group.
      isDecimal = signs.dropLast().allSatisfy { $0 != last }
    } else {
      isDecimal = beginsFraction(last, parts[0], parts[1])
    }
    guard isDecimal else { return decimal(parts.joined()) }
    return decimal(parts.dropLast().joined() + "." + (parts.last ?? ""))
  }

  private func beginsFraction(_ sign: Character, _ whole: String, _ rest: String) -> Bool {
    if sign == "٫" { return true }
    if sign == "٬" { return false }
    guard rest.count == 3, (1...3).contains(whole.count), whole != "0" else { return true }
    // Three digits are a fraction where the other sign groups, and behind a point where the currency
    // has as many.
    return sign == "." ? !pointGroups && decimals == 3 : pointGroups
  }

  private func decimal(_ text: String) -> Decimal? {
    text.utf8.count <= 18 ? Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) : nil
  }
}
