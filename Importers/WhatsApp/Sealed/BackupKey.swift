import Unsealing

/// A key of a user's own backups, out of the file that holds it.
///
/// Source: public readers of these files; the layouts were tried on files that such tools make.
enum BackupKey {
  /// Of the time before end-to-end encryption (crypt12, crypt14): the key, and the salt that its
  /// backups bear too.
  case old(key: [UInt8], salt: [UInt8])
  /// The 64 digits, or the file `encrypted_backup.key` (crypt15): what the key is derived from.
  case root([UInt8])

  /// Nil if the bytes are no key.
  init?(_ bytes: [UInt8]) {
    switch bytes.count {
    case 158: self = .old(key: Array(bytes[126..<158]), salt: Array(bytes[30..<62]))
    case 131: self = .old(key: Array(bytes[99..<131]), salt: Array(bytes[3..<35]))
    case 59: self = .root(Array(bytes[27..<59]))
    case 32: self = .root(bytes)
    default:
      guard let digits = BackupKey.digits(bytes) else { return nil }
      self = .root(digits)
    }
  }

  /// 64 hexadecimal digits with anything between them that people put there.
  private static func digits(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count < 512 else { return nil }
    var values: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x30...0x39: values.append(byte - 0x30)
      case 0x41...0x46: values.append(byte - 0x37)
      case 0x61...0x66: values.append(byte - 0x57)
      case 0x20, 0x09, 0x0A, 0x0D, 0x2D, 0x3A: continue
      default: return nil
      }
    }
    guard values.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  /// The key that opens messages, derived from the root as in HKDF with an empty salt.
  static func derived(_ root: [UInt8]) -> [UInt8] {
    let inner = SealSums.hmac(root, key: [UInt8](repeating: 0, count: 32))
    return SealSums.hmac(Array("backup encryption".utf8) + [1], key: inner)
  }
}
