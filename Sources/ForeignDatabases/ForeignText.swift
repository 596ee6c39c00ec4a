/// Texts of other programs' databases.
enum ForeignText {
  /// The text of UTF-8 bytes; of CESU-8, as old Android versions wrote it, too.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard hasSurrogates(bytes) else { return String(decoding: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let (high, low) = pair(bytes, index),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        plain.append(contentsOf: String(scalar).utf8)
        index += 6
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  private static func hasSurrogates(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in bytes.indices.dropLast()
    where bytes[index] == 0xED && bytes[index + 1] >= 0xA0 && bytes[index + 1] < 0xC0 {
      return true
    }
    return false
  }

  /// Two surrogates, each in the three bytes that UTF-8 forbids for them.
  private static func pair(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> (UInt32, UInt32)? {
    guard index + 6 <= bytes.count, bytes[index] == 0xED, bytes[index + 3] == 0xED else {
      return nil
    }
    func unit(_ place: Int) -> UInt32 {
      0xD000 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F)
    }
    let (high, low) = (unit(index), unit(index + 3))
    guard (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low) else { return nil }
    return (high, low)
  }
}
