import TextDecoding

/// The numbers and words at the start of a message's first line, before any is understood.
struct HeaderStamp {
  /// The three numbers of the date in the order of the line, and how many digits each has.
  var date: [(value: Int, digits: Int)]
  var hour: Int
  var minute: Int
  var second: Int?
  /// The words beside the time, before and after it.
  var words: [String]
  /// A letter before the year, as in the Japanese `R4`.
  var era: Character?
  /// What must be the same in all headers of one file.
  var shape: String
  /// The offset in the file after the header: the sender or the text begins there.
  var end: Int
}

/// Finds headers by their shape alone: two number groups, a date and a time, and an end mark.
///
/// The language does not matter (`knowledge/whatsapp.md` section 0, facts 1 to 3).
struct HeaderScanner {
  private struct Symbol {
    let scalar: Unicode.Scalar
    /// The offset of the byte after the character.
    let next: Int
  }

  private var symbols: [Symbol] = []
  private static let longest = 96

  /// The header that begins the line; nil if the line has none.
  mutating func scan(_ bytes: ByteView, from start: Int, to end: Int) -> HeaderStamp? {
    guard HeaderScanner.mayBegin(bytes, start, end) else { return nil }
    fold(bytes, from: start, to: min(end, start + HeaderScanner.longest))
    guard let first = symbols.first else { return nil }
    if first.scalar == "[" { return bracketed() }
    guard first.scalar.value &- 0x30 < 10 else { return nil }
    return dashed()
  }

  /// A quick look at the first bytes: most lines of a message fail here.
  private static func mayBegin(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    let byte = bytes[start]
    return byte == 0x5B || byte &- 0x30 < 10 || byte >= 0xC2
  }

  /// Reads characters without direction marks, blanks as U+0020, digits as ASCII.
  private mutating func fold(_ bytes: ByteView, from start: Int, to end: Int) {
    symbols.removeAll(keepingCapacity: true)
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        symbols.append(Symbol(scalar: Unicode.Scalar(byte), next: index))
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard index + length <= end,
        let scalar = String(decoding: bytes.buffer(index..<(index + length)), as: UTF8.self)
          .unicodeScalars.first
      else { return }
      index += length
      if InvisibleMarks.isDirectional(scalar) { continue }
      symbols.append(Symbol(scalar: HeaderScanner.plain(scalar), next: index))
    }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if InvisibleMarks.isWideSpace(scalar) { return " " }
    if scalar == "،" || scalar == "，" { return "," }
    if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue,
      let digit = Unicode.Scalar(0x30 + UInt32(value))
    {
      return digit
    }
    return scalar
  }

  /// `[stamp] …`
  private func bracketed() -> HeaderStamp? {
    guard let close = symbols.firstIndex(where: { $0.scalar == "]" }),
      var stamp = HeaderScanner.stamp(symbols[1..<close].map(\.scalar))
    else { return nil }
    let after = close + 1
    let hasBlank = after < symbols.count && symbols[after].scalar == " "
    stamp.end = hasBlank ? symbols[after].next : symbols[close].next
    stamp.shape = "[" + stamp.shape
    return stamp
  }

  /// `stamp - …`, also with U+2013, and the old `stamp: Name: …`.
  private func dashed() -> HeaderStamp? {
    for index in symbols.indices.dropFirst().dropLast() where symbols[index - 1].scalar == " " {
      guard symbols[index].scalar == "-" || symbols[index].scalar == "–",
        symbols[index + 1].scalar == " ",
        var stamp = HeaderScanner.stamp(symbols[..<(index - 1)].map(\.scalar))
      else { continue }
      stamp.end = symbols[index + 1].next
      stamp.shape = String(symbols[index].scalar) + stamp.shape
      return stamp
    }
    return old()
  }

  /// Before 2016: `09/12/2012 17:03:48: Name: text`.
  private func old() -> HeaderStamp? {
    guard
      let index = symbols.indices.dropFirst(14).first(where: {
        symbols[$0].scalar == ":" && $0 + 1 < symbols.count && symbols[$0 + 1].scalar == " "
      }), var stamp = HeaderScanner.stamp(symbols[..<index].map(\.scalar)), stamp.second != nil
    else { return nil }
    stamp.end = symbols[index + 1].next
    stamp.shape = ":" + stamp.shape
    return stamp
  }
}
