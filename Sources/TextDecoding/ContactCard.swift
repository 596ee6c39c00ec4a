/// What a vCard says that people look for: the name and the numbers.
package enum ContactCard {
  /// The name, then a line for each number and address; nil if the card has none of them.
  package static func text(_ card: String) -> String? {
    var name: String?
    var points: [String] = []
    // A line that begins with a blank goes on with the one before.
    let whole = card.replacing("\r\n", with: "\n").replacing("\n ", with: "")
    for line in whole.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = String(line[line.index(after: colon)...])
      let label = line[..<colon].prefix { $0 != ";" }.uppercased()
      switch label.split(separator: ".").last {
      case "FN": name = value
      case "TEL", "EMAIL": points.append(value)
      default: continue
      }
    }
    let lines = [name].compactMap(\.self) + points
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
