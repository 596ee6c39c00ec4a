import Importing
import TextDecoding
import Unsealing

/// A backup that WhatsApp has sealed: `msgstore.db.crypt12`, `.crypt14`, `.crypt15`.
///
/// It is opened only with a key of its user, into a file without a name that is gone with the
/// process.
struct SealedBackup {
  /// What the head of the file says.
  private enum Head {
    case old(salt: [UInt8])
    case new
  }

  private let bytes: ByteView
  private let head: Head
  private let nonce: [UInt8]
  private let start: Int
  /// Where the sealed text and its proof end.
  private let end: Int

  /// True for the names that WhatsApp gives to sealed databases.
  static func isName(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: ".")
    return parts.count >= 3 && parts[parts.count - 2] == "db"
      && parts[parts.count - 1].hasPrefix("crypt")
      && !parts[0].hasPrefix("msgstore-increment")
  }

  /// Reads the head.
  ///
  /// - Throws: `FileDamage` if the file is none of the three kinds.
  init(_ bytes: ByteView) throws {
    self.bytes = bytes
    guard bytes.count > 128 else { throw FileDamage("the sealed backup is cut off") }
    var end = bytes.count
    if bytes[0] == 0, bytes[1] == 1, bytes.count > 67 + 36 {
      // crypt12: version, salt, id, number; behind the sum stand four more bytes.
      head = .old(salt: Array(bytes.buffer(3..<35)))
      nonce = Array(bytes.buffer(51..<67))
      start = 67
      end -= 4
    } else {
      var rest = Array(bytes.buffer(0..<min(bytes.count, 70_000)))[...]
      guard let count = WireMessage.varint(&rest), count > 16, count < 65_536,
        count < UInt64(rest.count)
      else { throw FileDamage("the file does not begin as a sealed backup does") }
      let fields = WireMessage(rest.prefix(Int(count)))
      start = rest.startIndex + Int(count)
      if let sealed = fields.messages(3).first, let number = sealed.bytes(1) {
        (head, nonce) = (.new, number)
      } else if let sealed = fields.messages(2).first, let number = sealed.bytes(5) {
        (head, nonce) = (.old(salt: sealed.bytes(3) ?? []), number)
      } else {
        throw FileDamage(
          "the backup is sealed in a way that cannot be opened here, such as with a passkey: "
            + "make one with a 64-digit key")
      }
    }
    // A single file ends with a sum over itself; where there is none, the proof comes last.
    let sum = Array(bytes.buffer((end - 16)..<end))
    let release = { (range: Range<Int>) in
      bytes.release(from: range.lowerBound, to: range.upperBound)
    }
    if SealSums.md5(UnsafeRawBufferPointer(bytes.buffer(0..<(end - 16))), release: release) == sum {
      end -= 16
    }
    self.end = end
    guard start + 16 < end else { throw FileDamage("the sealed backup is cut off") }
  }

  /// Opens the backup with whichever key fits.
  ///
  /// - Parameters:
  ///   - keys: The contents of key files, one at least.
  ///   - folder: Where the plain copy may lie meanwhile.
  ///   - body: Gets the plain file.
  /// - Throws: `LockedFile` if no key fits, `FileDamage` if the file is damaged,
  ///   and what `body` throws.
  func open(
    keys: [[UInt8]], folder: String, _ body: (ByteView) throws -> Void
  ) throws {
    var damage: String?
    for key in keys.compactMap(BackupKey.init).compactMap(key(of:)) {
      let plain = try PrivateFile(in: folder)
      let sealed = SealedFile(
        UnsafeRawBufferPointer(bytes.buffer(0..<bytes.count)), body: start..<(end - 16),
        tag: (end - 16)..<end, nonce: nonce)
      do {
        try sealed.open(key: key, to: plain) {
          bytes.release(from: $0.lowerBound, to: $0.upperBound)
        }
      } catch UnsealingError.wrongKey {
        continue
      } catch UnsealingError.damaged(let reason) {
        damage = reason
        continue
      }
      return try MappedFile.read(plain.path, body)
    }
    if let damage { throw FileDamage("the sealed backup is damaged: \(damage)") }
    throw LockedFile.wrongKey
  }

  /// The bytes that open this file; nil if the key is of another kind or another account.
  private func key(of key: BackupKey) -> [UInt8]? {
    switch (head, key) {
    case (.new, .root(let root)): BackupKey.derived(root)
    case (.old(let salt), .old(let bytes, let own)): salt.isEmpty || salt == own ? bytes : nil
    default: nil
    }
  }
}
