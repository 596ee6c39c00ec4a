import CPhoneNumber
import InboxModel

/// Telephone numbers, by libphonenumber and the country that national ones are of.
struct PhoneFinder: Sendable {
  /// A number and where it stands.
  struct Found {
    let e164: String
    let line: ContactPoint.Line?
    /// In bytes of the text.
    let range: Range<Int>
  }

  private let region: String

  /// - Parameter region: Two letters; nil finds international forms only.
  init(region: String?) { self.region = region?.uppercased() ?? "ZZ" }

  func find(_ bytes: [UInt8]) -> [Found] {
    // A number has seven digits at least: none is left out.
    let most = bytes.count / 7 + 1
    var found = [PhoneNumberFinding](repeating: PhoneNumberFinding(), count: most)
    let count = bytes.withUnsafeBytes { raw in
      phone_numbers_find(
        raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), region, &found,
        Int32(most))
    }
    let plain = found.prefix(Int(count)).map { finding in
      Found(
        e164: PhoneFinder.text(finding), line: PhoneFinder.line(finding.line),
        range: Int(finding.offset)..<Int(finding.offset + finding.length))
    }
    return plain.isEmpty ? bareInternational(bytes) : plain
  }

  /// A number in international form without its plus, as WhatsApp has it: eleven digits or more,
  /// which begin like the country's.
  private func bareInternational(_ bytes: [UInt8]) -> [Found] {
    guard region != "ZZ" else { return [] }
    var found: [Found] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] &- 0x30 < 10 else {
        place += 1
        continue
      }
      let end = bytes[place...].firstIndex { $0 &- 0x30 >= 10 } ?? bytes.count
      defer { place = end }
      guard (11...15).contains(end - place),
        let number = read("+" + String(decoding: bytes[place..<end], as: UTF8.self)),
        number.line == .mobile, PhoneFinder.region(number.e164) == region
      else { continue }
      found.append(Found(e164: number.e164, line: number.line, range: place..<end))
    }
    return found
  }

  /// A number that stands alone; nil if it is none.
  func read(_ text: String) -> (e164: String, line: ContactPoint.Line?)? {
    var finding = PhoneNumberFinding()
    guard phone_number_read(text, region, &finding) == 1 else { return nil }
    return (PhoneFinder.text(finding), PhoneFinder.line(finding.line))
  }

  /// The country of a number in E.164; nil if it has none.
  static func region(_ e164: String) -> String? { PhoneText.parts(e164)?.country }

  private static func text(_ finding: PhoneNumberFinding) -> String {
    withUnsafeBytes(of: finding.e164) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func line(_ code: Int32) -> ContactPoint.Line? {
    code == 1 ? .mobile : code == 2 ? .fixed : nil
  }
}
