/// Undoes text whose UTF-8 bytes were taken for Latin-1 characters.
///
/// Meta's JSON exports write each byte of a UTF-8 text as an escape of its own: `é` is
/// `\u00c3\u00a9` (seen in all real exports since 2018).
package enum MojibakeRepair {
  /// What a file needs.
  package enum Policy: Sendable {
    /// The text is right as it stands.
    case none
    /// Escapes from `\u0080` to `\u00ff` are bytes: exact. Text that stands unescaped in the
    /// file is repaired only if all of it is mojibake.
    case escapedBytes
    /// Each string is repaired only if all of it is mojibake.
    case conditional
  }

  /// Repairs a string if every character is at most U+00FF and the bytes they stand for are
  /// strictly valid UTF-8 with at least one non-ASCII character; else returns it unchanged.
  ///
  /// - Parameter text: Any text, also text that is already right.
  /// - Returns: The repaired text. One pass only: a text that was mangled twice stays half so.
  package static func conditional(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var hasHigh = false
    for scalar in text.unicodeScalars {
      guard scalar.value <= 0xFF else { return text }
      hasHigh = hasHigh || scalar.value >= 0x80
      bytes.append(UInt8(scalar.value))
    }
    guard hasHigh else { return text }
    return String(validating: bytes, as: UTF8.self) ?? text
  }

  /// Repairs, in place, the bytes that came from single-byte escapes.
  ///
  /// Valid UTF-8 sequences stay as bytes; every other byte becomes the Latin-1 character
  /// that its escape named.
  ///
  /// - Parameters:
  ///   - bytes: Decoded text up to now.
  ///   - start: Where the run of escaped bytes begins; it goes on to the end.
  static func repairRun(_ bytes: inout [UInt8], from start: Int) {
    var index = start
    while index < bytes.count, let length = UTF8Check.sequenceLength(bytes, at: index) {
      index += length
    }
    guard index < bytes.count else { return }
    let rest = Array(bytes[index...])
    bytes.removeSubrange(index...)
    var position = 0
    while position < rest.count {
      if let length = UTF8Check.sequenceLength(rest, at: position) {
        bytes.append(contentsOf: rest[position..<(position + length)])
        position += length
      } else {
        bytes.append(0xC0 | (rest[position] >> 6))
        bytes.append(0x80 | (rest[position] & 0x3F))
        position += 1
      }
    }
  }
}
