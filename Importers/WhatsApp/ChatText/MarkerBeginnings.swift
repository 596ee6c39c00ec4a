import TextDecoding

/// Whether a line may be one of the app's texts, told by its first bytes.
///
/// Nearly all that people write is told apart so, without making a key of it.
struct MarkerBeginnings: Sendable {
  /// One bit for each hash of the first eight bytes of texts that have so many.
  private var long = [UInt64](repeating: 0, count: 1 << 10)
  /// The same for the first three bytes of shorter texts.
  private var short = [UInt64](repeating: 0, count: 1 << 10)

  /// Adds a text, or a pattern that begins with words.
  mutating func add(_ key: Markers.Key) {
    let head = key.prefix { $0 != UInt8(ascii: "*") }
    guard head.count >= 3 else { return }
    if head.count >= 8 {
      MarkerBeginnings.set(&long, head.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    } else {
      MarkerBeginnings.set(&short, head.prefix(3).reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  /// False if a line begins like none of the texts.
  ///
  /// Lines with a mark or a wide blank among their first bytes may be any of them.
  func mayBegin(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    let line = bytes.buffer(start..<min(start + 8, end))
    guard line.count >= 3 else { return line.count > 0 && line[0] >= 0x80 }
    if line[0] == 0x20 || line[0] == 0xEF { return true }
    var head: UInt64 = 0
    for (index, byte) in line.enumerated() {
      let isMark = byte == 0xD8 && index + 1 < line.count && line[index + 1] == 0x9C
      if isMark || byte == 0xE2 || byte == 0xC2 { return true }
      head = head << 8 | UInt64(byte)
    }
    head <<= UInt64(8 * (8 - line.count))
    return MarkerBeginnings.has(short, head >> 40) || MarkerBeginnings.has(long, head)
  }

  private static func slot(_ head: UInt64) -> Int {
    Int((head &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }

  private static func set(_ bits: inout [UInt64], _ head: UInt64) {
    bits[slot(head) >> 6] |= 1 << UInt64(slot(head) & 63)
  }

  private static func has(_ bits: [UInt64], _ head: UInt64) -> Bool {
    bits[slot(head) >> 6] & 1 << UInt64(slot(head) & 63) != 0
  }
}
