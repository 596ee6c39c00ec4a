import CPhoneNumber

/// Numbers as people type them.
package enum PhoneText {
  /// A number that stands alone, in E.164; nil if it is none.
  package static func e164(_ text: String, region: String?) -> String? {
    PhoneFinder(region: region).read(text)?.e164
  }

  /// An E.164 number taken apart.
  package struct Parts: Sendable, Equatable {
    /// Two letters; nil for a number of no country.
    package let country: String?
    /// With its plus: `+962`.
    package let callingCode: String
    /// Digits without the calling code.
    package let national: String
  }

  /// The parts of a number in E.164; nil if it is none.
  package static func parts(_ e164: String) -> Parts? {
    var parts = PhoneNumberParts()
    guard phone_number_parts(e164, &parts) == 1 else { return nil }
    func text<Bytes>(_ bytes: Bytes) -> String {
      withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    let region = text(parts.region)
    return Parts(
      country: region.isEmpty ? nil : region, callingCode: "+\(parts.calling_code)",
      national: text(parts.national))
  }
}
