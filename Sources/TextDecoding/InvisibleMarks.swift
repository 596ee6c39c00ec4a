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
    var text = text
    return text.withUTF8 { bytes in
      let isPlain = bytes.allSatisfy { $0 < 0x80 }
      if isPlain, bytes.first != 0x20, bytes.last != 0x20 { return nil }
      return String(decoding: cleanBytes(bytes), as: UTF8.self)
    } ?? text
  }

  /// Each line of a text as a name is cleaned.
  package static func cleanLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { cleanName(String($0)) }
      .joined(separator: "\n")
  }

  /// The same for UTF-8 bytes.
  package static func cleanBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        clean.append(byte)
        index += 1
        continue
      }
      let (length, meaning) = special(bytes, index)
      switch meaning {
      case .mark: break
      case .space: clean.append(0x20)
      case .other: clean.append(contentsOf: bytes[index..<(index + length)])
      }
      index += length
    }
    while clean.last == 0x20 { clean.removeLast() }
    let leading = clean.prefix { $0 == 0x20 }.count
    if leading > 0 { clean.removeFirst(leading) }
    return clean
  }

  private enum Meaning {
    case mark, space, other
  }

  /// What the character at `index` is, and how many bytes it has.
  private static func special(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> (Int, Meaning) {
    let byte = bytes[index]
    if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 { return (2, .space) }
    if byte == 0xD8, index + 1 < bytes.count, bytes[index + 1] == 0x9C { return (2, .mark) }
    guard index + 2 < bytes.count else { return (1, .other) }
    switch (byte, bytes[index + 1], bytes[index + 2]) {
    case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9),
      (0xEF, 0xBB, 0xBF):
      return (3, .mark)
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return (3, .space)
    default: return (1, .other)
    }
  }
}
