extension JSONReader {
  /// True for each byte of the word that ends a plain run: quote, backslash or control.
  @inline(__always)
  private static func hasSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let slash = word ^ (ones &* 0x5C)
    let found =
      ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)
    return found & highs != 0
  }

  /// The first quote, backslash or control character from `index` on.
  @inline(__always)
  private func endOfPlainRun(from index: Int) -> Int {
    var index = index
    while let word = bytes.word(at: index), !JSONReader.hasSpecial(word) { index &+= 8 }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      index += 1
    }
    return index
  }

  /// The offset of the quote that ends the string whose text begins at `start`.
  func endOfString(from start: Int) throws(JSONDamage) -> Int {
    var index = start
    while true {
      index = endOfPlainRun(from: index)
      guard index < bytes.count else { throw JSONDamage("a string has no end", at: start - 1) }
      switch bytes[index] {
      case 0x22: return index
      case 0x5C: index += 2
      default: index += 1
      }
    }
  }

  /// Reads the string at the position, which must be a quote.
  mutating func readString() throws(JSONDamage) -> String {
    let start = position + 1
    let end = endOfPlainRun(from: start)
    if end < bytes.count, bytes[end] == 0x22 {
      position = end + 1
      return finish(bytes.buffer(start..<end), mayBeMojibake: true)
    }
    return try readEscapedString(from: start)
  }

  private mutating func readEscapedString(from start: Int) throws(JSONDamage) -> String {
    scratch.removeAll(keepingCapacity: true)
    var index = start
    var runStart: Int?
    var hadByteEscapes = false
    while true {
      let end = endOfPlainRun(from: index)
      if end > index {
        closeRun(&runStart)
        scratch.append(contentsOf: bytes.buffer(index..<end))
        index = end
      }
      guard index < bytes.count else { throw JSONDamage("a string has no end", at: start - 1) }
      if bytes[index] == 0x22 { break }
      if bytes[index] != 0x5C {
        closeRun(&runStart)
        notes.controlCharacters += 1
        scratch.append(bytes[index])
        index += 1
        continue
      }
      if let byte = escapedByte(at: index) {
        hadByteEscapes = true
        if runStart == nil { runStart = scratch.count }
        scratch.append(byte)
        index += 6
      } else {
        closeRun(&runStart)
        index = try readEscape(at: index)
      }
    }
    closeRun(&runStart)
    position = index + 1
    return scratch.withUnsafeBufferPointer { [mayBeMojibake = !hadByteEscapes] buffer in
      finish(buffer, mayBeMojibake: mayBeMojibake)
    }
  }

  private mutating func closeRun(_ start: inout Int?) {
    guard let begin = start else { return }
    MojibakeRepair.repairRun(&scratch, from: begin)
    start = nil
  }

  /// The byte that `\u0080` … `\u00ff` at `index` stands for where escapes are bytes.
  @inline(__always)
  private func escapedByte(at index: Int) -> UInt8? {
    guard case .escapedBytes = repair, index + 6 <= bytes.count else { return nil }
    // `\u00` in memory order, then two digits; the last bytes of a file are no whole word.
    let head = bytes.word(at: index).map { $0 & 0xFFFF_FFFF == 0x3030_755C }
    guard
      head
        ?? (bytes[index + 1] == UInt8(ascii: "u") && bytes[index + 2] == 0x30
          && bytes[index + 3] == 0x30)
    else { return nil }
    let high = JSONReader.nibbles[Int(bytes[index + 4])]
    let low = JSONReader.nibbles[Int(bytes[index + 5])]
    guard high >= 8, high < 16, low < 16 else { return nil }
    return high << 4 | low
  }

  /// The value of each byte as a hexadecimal digit; 16 for those that are none.
  private static let nibbles: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39: UInt8(byte) - 0x30
    case 0x41...0x46: UInt8(byte) - 0x41 + 10
    case 0x61...0x66: UInt8(byte) - 0x61 + 10
    default: 16
    }
  }

  /// Decodes one escape into the scratch bytes and returns the offset after it.
  private mutating func readEscape(at index: Int) throws(JSONDamage) -> Int {
    guard index + 1 < bytes.count else {
      throw JSONDamage("a string has no end", at: index)
    }
    switch bytes[index + 1] {
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case 0x22, 0x5C, UInt8(ascii: "/"): scratch.append(bytes[index + 1])
    case UInt8(ascii: "u"):
      guard let unit = hex(at: index + 2) else { fallthrough }
      return readUnit(unit, at: index)
    default:
      notes.badEscapes += 1
      scratch.append(0x5C)
      return index + 1
    }
    return index + 2
  }

  private mutating func readUnit(_ unit: UInt32, at index: Int) -> Int {
    if 0xD800...0xDBFF ~= unit, index + 8 <= bytes.count, bytes[index + 6] == 0x5C,
      bytes[index + 7] == UInt8(ascii: "u"), let low = hex(at: index + 8), 0xDC00...0xDFFF ~= low
    {
      append(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      return index + 12
    }
    if 0xD800...0xDFFF ~= unit {
      notes.loneSurrogates += 1
      append(0xFFFD)
    } else {
      append(unit)
    }
    return index + 6
  }

  private mutating func append(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return }
    scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Four hexadecimal digits as a number.
  private func hex(at index: Int) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for offset in 0..<4 {
      switch bytes[index + offset] {
      case let digit where digit &- 0x30 < 10: value = value << 4 | UInt32(digit - 0x30)
      case let digit where (digit | 0x20) &- 0x61 < 6:
        value = value << 4 | UInt32((digit | 0x20) - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  /// Makes the text, counts bad UTF-8 and applies the conditional repair.
  private mutating func finish(
    _ buffer: UnsafeBufferPointer<UInt8>, mayBeMojibake: Bool
  ) -> String {
    guard let text = String(validating: buffer, as: UTF8.self) else {
      notes.badUTF8 += 1
      return String(decoding: buffer, as: UTF8.self)
    }
    switch repair {
    case .none: return text
    case .escapedBytes where !mayBeMojibake: return text
    case .escapedBytes, .conditional:
      return text.utf8.count == text.unicodeScalars.count ? text : MojibakeRepair.conditional(text)
    }
  }
}
