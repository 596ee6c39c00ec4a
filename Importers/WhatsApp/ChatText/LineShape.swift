import TextDecoding

/// A line by the kind of its characters, so that it can be shown without its text.
enum LineShape {
  /// The first characters of a line: `9` for a digit, `a` for a letter, marks as they are.
  static func of(_ bytes: ByteView, _ start: Int, _ end: Int) -> String {
    let text = bytes.text(start..<min(end, start + 160))
    var shape = ""
    for scalar in text.unicodeScalars.prefix(32) {
      switch scalar.properties.generalCategory {
      case .decimalNumber: shape += "9"
      case .format, .control, .spaceSeparator:
        shape += scalar == " " ? " " : "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
      case _ where scalar.properties.isAlphabetic: shape += "a"
      default: shape += scalar.isASCII ? String(scalar) : "?"
      }
    }
    return "`\(shape)`"
  }
}
