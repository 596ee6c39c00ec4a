/// Finds e-mail addresses: what stands around an `@` without blanks, with a dot behind it.
enum EmailFinder {
  static func find(_ text: String) -> [ContactFinder.Finding] {
    let bytes = Array(text.utf8)
    var found: [ContactFinder.Finding] = []
    for (index, byte) in bytes.enumerated() where byte == 0x40 {
      var start = index
      while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
      var end = index + 1
      while end < bytes.count, isDomain(bytes[end]) { end += 1 }
      while end > index + 1, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
      while start < index, bytes[start] == 0x2E { start += 1 }
      let domain = bytes[(index + 1)..<end]
      guard start < index, let dot = domain.lastIndex(of: 0x2E), domain.startIndex < dot,
        domain.endIndex - dot > 2, domain[(dot + 1)...].allSatisfy({ !isDigit($0) })
      else { continue }
      let raw = String(decoding: bytes[start..<end], as: UTF8.self)
      found.append(.init(kind: .email, value: raw.lowercased(), raw: raw))
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func isDomain(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x2E || byte == 0x2D
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isDomain(byte) || byte == 0x5F || byte == 0x2B || byte == 0x25
  }
}
