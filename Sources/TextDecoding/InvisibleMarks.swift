/// Characters that a reader does not see: direction marks, joiners at the edge, byte order marks.
package enum InvisibleMarks {
  /// Direction controls and the byte order mark: U+200E, U+200F, U+061C, U+202A–202E,
  /// U+2066–2069, U+FEFF.
  package static func isDirectional(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Spaces that are not U+0020: no-break, narrow and typographic ones.
  package static func isWideSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The text without direction marks, every kind of space as U+0020, trimmed: for names.
  package static func cleanName(_ text: String) -> String {
    var needsWork = false
    for byte in text.utf8 where byte >= 0x80 { needsWork = true }
    guard needsWork || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isDirectional(scalar) {
      scalars.append(isWideSpace(scalar) ? " " : scalar)
    }
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
