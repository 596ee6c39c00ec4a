import CPhoneNumber

/// Finds telephone numbers and e-mail addresses in texts of any script.
///
/// A text without seven digits or an `@` costs next to nothing.
package struct ContactFinder: Sendable {
  /// What was found, and where.
  package struct Finding: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case phone, email
    }

    package let kind: Kind
    /// E.164, or the address in lower case.
    package let value: String
    /// As written.
    package let raw: String
  }

  private let region: String

  /// - Parameter region: The business's country, two letters; nil finds international forms only.
  package init(region: String?) { self.region = region?.uppercased() ?? "ZZ" }

  /// The contact points in a text, in its order.
  package func find(_ text: String) -> [Finding] {
    let (digits, hasAt) = ContactFinder.signs(text)
    var found: [Finding] = []
    if digits >= 7 { found += phones(text) }
    if hasAt { found += EmailFinder.find(text) }
    return found
  }

  /// How many digits of any script a text has, and whether it has an `@`.
  private static func signs(_ text: String) -> (digits: Int, hasAt: Bool) {
    var digits = 0
    var hasAt = false
    var isPlain = true
    for byte in text.utf8 {
      if byte &- 0x30 < 10 { digits += 1 }
      if byte == 0x40 { hasAt = true }
      if byte >= 0x80 { isPlain = false }
    }
    guard !isPlain, digits < 7 else { return (digits, hasAt) }
    for scalar in text.unicodeScalars
    where scalar.value >= 0x660 && scalar.properties.numericType == .decimal { digits += 1 }
    return (digits, hasAt)
  }

  private func phones(_ text: String) -> [Finding] {
    var text = text
    let empty = PhoneNumberFinding()
    var found = [PhoneNumberFinding](repeating: empty, count: 16)
    return text.withUTF8 { bytes in
      let count = bytes.withMemoryRebound(to: CChar.self) { buffer in
        phone_numbers_find(buffer.baseAddress, Int32(buffer.count), region, &found, 16)
      }
      return found.prefix(Int(count)).map { finding in
        let start = Int(finding.offset)
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<(start + Int(finding.length))])
        let value = withUnsafeBytes(of: finding.e164) { raw in
          String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        return Finding(
          kind: .phone, value: value, raw: String(decoding: raw, as: UTF8.self))
      }
    }
  }
}
