import CZlib

/// The extra fields of a zip header that matter here.
struct ZipExtraFields {
  /// The 64-bit sizes and offset, in the order of the fields they replace.
  private(set) var zip64 = WideSizes(bytes: [])
  /// The name in UTF-8, with the checksum of the plain name that it belongs to.
  private(set) var unicodePath: (crc: UInt32, name: [UInt8])?
  private(set) var isMalformed = false

  struct WideSizes {
    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Int64? {
      guard let value = HeaderBytes(bytes: bytes).uint64(offset) else { return nil }
      offset += 8
      return Int64(exactly: value)
    }
  }

  init(_ bytes: [UInt8]) {
    var offset = 0
    let header = HeaderBytes(bytes: bytes)
    while offset + 4 <= bytes.count, let id = header.uint16(offset),
      let length = header.uint16(offset + 2).map(Int.init)
    {
      guard offset + 4 + length <= bytes.count else {
        isMalformed = true
        return
      }
      let body = Array(bytes[(offset + 4)..<(offset + 4 + length)])
      if id == 0x0001 { zip64 = WideSizes(bytes: body) }
      if id == 0x7075, body.count > 5, body[0] == 1, let crc = HeaderBytes(bytes: body).uint32(1) {
        unicodePath = (crc, Array(body[5...]))
      }
      offset += 4 + length
    }
  }
}

/// Turns the bytes of a zip's names into text.
enum ZipNames {
  static func decode(_ bytes: [UInt8], flags: UInt16, extra: ZipExtraFields) -> EntryName {
    if let path = extra.unicodePath, path.crc == checksum(bytes),
      let text = String(validating: path.name, as: UTF8.self)
    {
      return EntryName(bytes: bytes, text: tidy(text))
    }
    // Many programs write UTF-8 and forget the flag; text that is valid UTF-8 by chance is rare.
    if let text = String(validating: bytes, as: UTF8.self) {
      return EntryName(bytes: bytes, text: tidy(text))
    }
    let text =
      flags & 0x800 != 0 ? String(decoding: bytes, as: UTF8.self) : LegacyNames.decode(bytes)
    return EntryName(bytes: bytes, text: tidy(text))
  }

  /// Backslashes that old Windows programs write between folders become slashes.
  private static func tidy(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")), !text.utf8.contains(UInt8(ascii: "/")) else {
      return text
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\\" ? "/" : $0 }))
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(
      truncatingIfNeeded: bytes.withUnsafeBufferPointer { buffer in
        crc32(0, buffer.baseAddress, uInt(buffer.count))
      })
  }
}
