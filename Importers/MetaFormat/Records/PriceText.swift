import InboxModel

/// Reads a price as a listing shows it: `€25.00`, `1.250,50 TL`, `JOD 12.500`.
enum PriceText {
  /// The amount as decimal text, and the currency; nil if the text is no price.
  static func read(_ text: String) -> (amount: String, currency: String?)? {
    let digits = text.filter { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    guard digits.contains(where: \.isNumber), text.count <= 40 else { return nil }
    let around = text.filter { !$0.isNumber && $0 != "." && $0 != "," && !$0.isWhitespace }
    let code = around.uppercased()
    let isCode = code.count == 3 && code.allSatisfy { $0.isASCII && $0.isLetter }
    let currency =
      isCode
      ? code : around.isEmpty ? nil : around.first.flatMap { Money.signs[$0] } ?? String(around)
    return (decimal(digits), currency)
  }

  /// The last mark is that of the decimals, unless three digits follow a comma or it comes again.
  private static func decimal(_ digits: String) -> String {
    guard let last = digits.lastIndex(where: { $0 == "." || $0 == "," }) else { return digits }
    let mark = digits[last]
    let decimals = digits[digits.index(after: last)...]
    let whole = digits[..<last]
    let isGrouping = whole.contains(mark) || decimals.count == 3 && mark == ","
    let plain = whole.filter(\.isNumber)
    if decimals.isEmpty { return plain.isEmpty ? "0" : plain }
    return isGrouping ? plain + decimals : (plain.isEmpty ? "0" : plain) + "." + decimals
  }
}
