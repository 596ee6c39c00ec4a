/// Text in pages: nothing of it is ever taken for markup.
package enum HTMLText {
  /// A text as it stands between tags or in a quoted attribute.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t", "\r": result.unicodeScalars.append(scalar)
      // What no page may hold is shown as U+FFFD; a mark that turns text round would reach beyond it.
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
        "\u{202D}", "\u{202E}":
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same, with web addresses as links that open only when somebody follows them.
  package static func linked(_ text: String) -> String {
    guard text.contains("://") else { return escaped(text) }
    var result = ""
    for (number, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
    {
      if number > 0 { result += " " }
      for (place, piece) in word.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if place > 0 { result += "\n" }
        let escaped = escaped(String(piece))
        let isLink = piece.hasPrefix("https://") || piece.hasPrefix("http://")
        result +=
          isLink ? "<a rel=\"noreferrer noopener\" href=\"\(escaped)\">\(escaped)</a>" : escaped
      }
    }
    return result
  }

  /// True if most letters of a text are of scripts that run from right to left.
  package static func isRightToLeft(_ text: String) -> Bool {
    var balance = 0
    for scalar in text.unicodeScalars.prefix(400) {
      switch scalar.value {
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF: balance += 1
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x370...0x58F, 0x900...0x1FFF: balance -= 1
      default: break
      }
    }
    return balance > 0
  }
}
