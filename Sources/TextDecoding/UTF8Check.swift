/// The grammar of UTF-8, byte by byte.
package enum UTF8Check {
  /// The length of the valid multi-byte sequence at `index`; nil if there is none.
  ///
  /// Overlong forms, surrogates and values above U+10FFFF are not valid.
  package static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int? {
    let lead = bytes[index]
    func trail(_ offset: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && allowed.contains(bytes[index + offset])
    }
    switch lead {
    case 0xC2...0xDF: return trail(1) ? 2 : nil
    case 0xE0: return trail(1, 0xA0...0xBF) && trail(2) ? 3 : nil
    case 0xED: return trail(1, 0x80...0x9F) && trail(2) ? 3 : nil
    case 0xE1...0xEF: return trail(1) && trail(2) ? 3 : nil
    case 0xF0: return trail(1, 0x90...0xBF) && trail(2) && trail(3) ? 4 : nil
    case 0xF1...0xF3: return trail(1) && trail(2) && trail(3) ? 4 : nil
    case 0xF4: return trail(1, 0x80...0x8F) && trail(2) && trail(3) ? 4 : nil
    default: return nil
    }
  }
}
