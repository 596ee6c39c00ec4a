import CZlib
import Crypto
import Foundation

/// Seals databases as phones do, by the public description of the formats.
enum Sealing {
  static let root = Array(
    repeating: [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77] as [UInt8], count: 4
  )
  .flatMap(\.self)
  static let salt = Array(UInt8(0)..<32)
  private static let nonce = Array(UInt8(200)..<216)

  /// The file `key` of Android phones: 158 bytes.
  static var keyFile: Data {
    var data =
      Data([0xAC, 0xED, 0x00, 0x05]) + Data(repeating: 7, count: 19) + Data([0, 0, 0, 131])
    data += Data([0, 1, 2]) + Data(salt) + Data(repeating: 9, count: 16)
    data += Data(repeating: 8, count: 32) + Data(repeating: 0, count: 16) + Data(root)
    return data
  }

  static var digits: String {
    root.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// `msgstore.db.crypt12`
  static func crypt12(_ plain: Data) throws -> Data {
    let head = Data([0, 1, 2]) + Data(salt) + Data(repeating: 9, count: 16) + Data(nonce)
    let sealed = try head + seal(packed(plain), key: root)
    return sealed + Data(Insecure.MD5.hash(data: sealed)) + Data("--67".utf8)
  }

  /// `msgstore.db.crypt14`
  static func crypt14(_ plain: Data) throws -> Data {
    let inner =
      field(1, Data([0, 1])) + field(2, Data("2".utf8)) + field(3, Data(salt))
      + field(4, Data(repeating: 9, count: 16)) + field(5, Data(nonce))
    return try framed(Data([8, 0]) + field(2, inner), packed(plain), key: root, hasSum: true)
  }

  /// `msgstore.db.crypt15`; `hasSum` as single files have it.
  static func crypt15(_ plain: Data, hasSum: Bool = true) throws -> Data {
    let key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: root), info: Data("backup encryption".utf8),
      outputByteCount: 32)
    // With what else a phone writes there the head is longer than 127 bytes.
    let head =
      Data([8, 1]) + field(3, field(1, Data(nonce)))
      + field(4, field(1, Data(String(repeating: "2.26.1 ", count: 17).utf8)))
    return try framed(head, packed(plain), key: key.withUnsafeBytes { Array($0) }, hasSum: hasSum)
  }

  private static func framed(
    _ head: Data, _ text: Data, key: [UInt8], hasSum: Bool
  ) throws -> Data {
    let sealed = try varint(head.count) + head + seal(text, key: key)
    return hasSum ? sealed + Data(Insecure.MD5.hash(data: sealed)) : sealed
  }

  private static func seal(_ text: Data, key: [UInt8]) throws -> Data {
    let box = try AES.GCM.seal(
      text, using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce))
    return box.ciphertext + box.tag
  }

  private static func packed(_ plain: Data) -> Data {
    var size = compressBound(UInt(plain.count))
    var out = [UInt8](repeating: 0, count: Int(size))
    _ = plain.withUnsafeBytes { bytes in
      compress2(&out, &size, bytes.bindMemory(to: UInt8.self).baseAddress, UInt(plain.count), 1)
    }
    return Data(out.prefix(Int(size)))
  }

  private static func varint(_ number: Int) -> Data {
    number < 128 ? Data([UInt8(number)]) : Data([UInt8(number & 127 | 128), UInt8(number >> 7)])
  }

  private static func field(_ number: Int, _ bytes: Data) -> Data {
    Data([UInt8(number << 3 | 2)]) + varint(bytes.count) + bytes
  }
}
