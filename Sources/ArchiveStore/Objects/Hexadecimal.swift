import Crypto

/// Bytes as lower-case hexadecimal digits.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first `length` digits of the SHA-256 of fields, each ended by a NUL byte.
  package static func digest(_ fields: [String], length: Int = 64) -> String {
    var hasher = SHA256()
    for field in fields { hasher.update(data: Array(field.utf8) + [0]) }
    return String(text(hasher.finalize()).prefix(length))
  }
}
