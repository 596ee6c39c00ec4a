import Crypto
import TextDecoding

extension Hexadecimal {
  /// The first `length` digits of the SHA-256 of fields, each ended by a NUL byte.
  package static func digest(_ fields: [String], length: Int = 64) -> String {
    var hasher = SHA256()
    for field in fields { hasher.update(data: Array(field.utf8) + [0]) }
    return String(text(hasher.finalize()).prefix(length))
  }
}
