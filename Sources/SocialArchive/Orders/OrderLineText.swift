import Foundation
import InboxModel

/// Reads a line of an order as people type one: `2 x cake`, `1.5 kilo x baklava @ 9`, `cake = 20`.
enum OrderLineText {
  /// - Returns: The line; nil if there is no item.
  static func line(_ text: String) -> OrderEntry.Line? {
    var rest = text[...]
    // A price and a total of the same goods would be one too many.
    guard !(text.contains(" = ") && text.contains(" @ ")) else { return nil }
    let (item, total) = split(rest, at: " = ")
    rest = item
    let (goods, price) = split(rest, at: " @ ")
    rest = goods
    var quantity: String?
    var unit: String?
    if let cross = [" x ", " × "].lazy.compactMap({ split(goods, at: $0, isLast: false) }).first(
      where: { $0.1 != nil })
    {
      let words = cross.0.split(separator: " ", maxSplits: 1)
      if let number = words.first.flatMap({ number(String($0)) }) {
        quantity = number
        unit = words.count > 1 ? String(words[1]) : nil
        rest = cross.1 ?? rest
      }
    }
    let name = rest.trimmed
    // "-2 x cake" and "2 x" were meant otherwise.
    guard let first = name.first, first != "-", !name.hasSuffix(" x"), !name.hasPrefix("x "),
      !name.hasPrefix("½")
    else { return nil }
    let prices = [price, total].compactMap(\.self).map { number($0.trimmed) }
    guard prices.allSatisfy({ $0 != nil }) else { return nil }
    return OrderEntry.Line(
      item: name, quantity: quantity, unit: unit,
      unitPrice: price.flatMap { number($0.trimmed) },
      lineTotal: total.flatMap { number($0.trimmed) })
  }

  /// A number with a point, as the archive keeps one; nil if it is none or below nothing.
  static func number(_ text: String) -> String? {
    // Digits of any script, and the Arabic point.
    let plain = text.map { character in
      character == "٫" ? "." : character.wholeNumberValue.map(String.init) ?? String(character)
    }.joined()
    guard let value = Money.exact(plain), value >= 0 else { return nil }
    return Money.plain(value)
  }

  private static func split(
    _ text: Substring, at mark: String, isLast: Bool = true
  ) -> (Substring, Substring?) {
    let places = text.ranges(of: mark)
    guard let place = isLast ? places.last : places.first else { return (text, nil) }
    return (text[..<place.lowerBound], text[place.upperBound...])
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
