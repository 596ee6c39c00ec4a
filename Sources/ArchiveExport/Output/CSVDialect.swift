/// How rows become lines of text. RFC 4180: CRLF, quotes only where needed, text as it is.
package struct CSVDialect: Sendable {
  /// Stands between fields; a comma, semicolon or tab.
  package var separator = UInt8(ascii: ",")
  /// True if the file begins with U+FEFF: Excel knows UTF-8 by it.
  package var hasByteOrderMark = false
  /// True for files that people open in a spreadsheet: what a cell would run stands behind a `'`, and
  /// whatever any locale takes for a separator stands between quotes.
  package var isGuarded = false

  package init() {}

  /// For programs: comma, UTF-8, byte for byte.
  package static let plain = CSVDialect()

  /// For people who open it in a spreadsheet.
  package static let people: CSVDialect = {
    var dialect = CSVDialect()
    dialect.hasByteOrderMark = true
    dialect.isGuarded = true
    return dialect
  }()

  /// Writes what stands before the first line.
  package func begin(_ output: inout ByteOutput) {
    if hasByteOrderMark { output.write([0xEF, 0xBB, 0xBF]) }
  }

  /// Writes one field; nil is an empty one.
  package func field(
    _ bytes: UnsafeBufferPointer<UInt8>?, isFirst: Bool, to output: inout ByteOutput
  ) {
    if !isFirst { output.write(separator) }
    guard let bytes else { return }
    let isRun = isGuarded && FormulaGuard.isRun(bytes)
    guard isRun || needsQuotes(bytes) else { return output.write(bytes) }
    output.write(UInt8(ascii: "\""))
    if isRun { output.write(UInt8(ascii: "'")) }
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { output.write(byte) }
      output.write(byte)
    }
    output.write(UInt8(ascii: "\""))
  }

  /// Writes a whole number as a field.
  package func field(_ number: Int64, isFirst: Bool, to output: inout ByteOutput) {
    if !isFirst { output.write(separator) }
    output.writeDigits(number)
  }

  package func end(to output: inout ByteOutput) {
    output.write([0x0D, 0x0A])
  }

  /// A whole line of texts.
  package func line(_ fields: [String], to output: inout ByteOutput) {
    for (index, field) in fields.enumerated() {
      var field = field
      field.withUTF8 { self.field($0, isFirst: index == 0, to: &output) }
    }
    // One empty field alone would be an empty line, which readers skip.
    if fields == [""] { output.write([UInt8(ascii: "\""), UInt8(ascii: "\"")]) }
    end(to: &output)
  }

  private func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first == 0x20 || last == 0x20 { return true }
    if !isGuarded { return hasSpecial(bytes) }
    // A bit for each of the first 64 characters: all that matter are among them, but for the bar.
    let special: UInt64 =
      1 << 0x22 | 1 << 0x0A | 1 << 0x0D | 1 << 0x2C | 1 << 0x3B | 1 << 0x09
      | 1 << UInt64(separator)
    for byte in bytes where byte < 64 {
      if special >> UInt64(byte) & 1 == 1 { return true }
    }
    return bytes.contains(UInt8(ascii: "|"))
  }

  /// True if there is a quote, a line break or a separator; looks at eight bytes at a time.
  private func hasSpecial(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    /// Not 0 if a byte of the word is that one.
    func finds(_ byte: UInt8, _ word: UInt64) -> UInt64 {
      let rest = word ^ (ones &* UInt64(byte))
      return (rest &- ones) & ~rest & (ones << 7)
    }
    let raw = UnsafeRawBufferPointer(bytes)
    let words = bytes.count / 8 * 8
    for start in stride(from: 0, to: words, by: 8) {
      let word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      let found = finds(0x22, word) | finds(0x0A, word) | finds(0x0D, word) | finds(separator, word)
      if found != 0 { return true }
    }
    return bytes[words...].contains {
      $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == separator
    }
  }
}

/// Tells cells that a spreadsheet would run. Source: OWASP, CSV Injection (2025-08), ASVS 1.2.10.
package enum FormulaGuard {
  /// True if a cell begins with `=`, `+`, `-`, `@`, a tab or a line break, also of full width, also
  /// behind blanks and marks that nobody sees.
  package static func isRun(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    // Most cells begin with a letter or a digit.
    if first &- 0x30 < 10 || first &- 0x41 < 26 || first &- 0x61 < 26 { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13:
      return true
    default: break
    }
    guard first >= 0x80 || first <= 0x20 else { return false }
    // Letters of two bytes: Greek, Hebrew, Arabic and others, but for the mark U+061C.
    if first >= 0xC3, first < 0xE0, first != 0xD8 || bytes.count > 1 && bytes[1] != 0x9C {
      return false
    }
    let text = String(decoding: bytes.prefix(256), as: UTF8.self)
    let start = text.unicodeScalars.first { !isSkipped($0) }
    return start.map { "=+-@\t\n\r＝＋－＠−".unicodeScalars.contains($0) } ?? false
  }

  package static func isRun(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isRun($0) }
  }

  /// Blanks and marks of direction, joining or width.
  private static func isSkipped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .format
      || scalar.properties.isWhitespace && !"\t\n\r".unicodeScalars.contains(scalar)
  }
}
