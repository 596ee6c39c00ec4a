import Crypto
import Foundation

/// A customer as address books read one. Sources: RFC 2426 (3.0), RFC 6350 (4.0), RFC 9554.
package struct VCard: Sendable {
  package enum Version: String, Sendable, CaseIterable {
    case three = "3.0"
    case four = "4.0"
  }

  private let version: Version
  /// In bytes, before the line break.
  private static let longestLine = 75

  package init(_ version: Version) { self.version = version }

  /// The lines of a card.
  ///
  /// - Parameter fields: What is known, by the names of `PresetFields.customer`.
  /// - Returns: CRLF behind each line, folded between characters.
  package func text(_ fields: [String: FieldValue]) -> String {
    func one(_ name: String) -> String? { fields[name]?.texts.first }
    func all(_ name: String) -> [String] { fields[name]?.texts ?? [] }
    let id = one("id") ?? ""
    let name = one("name") ?? all("phones").first ?? all("emails").first ?? id
    var lines = ["BEGIN:VCARD", "VERSION:\(version.rawValue)", "UID:\(VCard.uid(id))"]
    lines.append("FN:" + VCard.escaped(name))
    let last = VCard.escaped(one("last_name") ?? name)
    lines.append("N:\(last);\(VCard.escaped(one("first_name") ?? ""));;;")
    let aliases = all("aliases")
    if !aliases.isEmpty {
      lines.append("NICKNAME:" + aliases.map(VCard.escaped).joined(separator: ","))
    }
    for phone in all("phones") {
      lines.append(
        version == .three ? "TEL;TYPE=CELL:\(phone)" : "TEL;VALUE=uri;TYPE=cell:tel:\(phone)")
    }
    for email in all("emails") {
      lines.append(
        (version == .three ? "EMAIL;TYPE=INTERNET:" : "EMAIL:") + VCard.escaped(email))
    }
    if let address = one("address") {
      // As it was written: nothing tells street from city.
      lines.append(
        "ADR;TYPE=\(version == .three ? "HOME" : "home"):;;\(VCard.escaped(address));;;;")
    }
    lines += profiles(fields)
    let tags = all("tags")
    if !tags.isEmpty {
      lines.append("CATEGORIES:" + tags.map(VCard.escaped).joined(separator: ","))
    }
    let notes = all("notes") + all("summary")
    if !notes.isEmpty { lines.append("NOTE:" + VCard.escaped(notes.joined(separator: "\n"))) }
    lines.append("END:VCARD")
    return lines.map(VCard.folded).joined()
  }

  /// Links to the profiles on platforms.
  private func profiles(_ fields: [String: FieldValue]) -> [String] {
    var links: [(String, String)] = []
    if let handle = fields["instagram"]?.texts.first {
      links.append(("instagram", "https://www.instagram.com/\(VCard.pathPart(handle))"))
    }
    if let handle = fields["facebook"]?.texts.first {
      links.append(("facebook", "https://www.facebook.com/\(VCard.pathPart(handle))"))
    }
    if let number = fields["whatsapp"]?.texts.first {
      links.append(("whatsapp", "https://wa.me/\(number.filter { $0.isASCII && $0.isNumber })"))
    }
    return links.map { service, link in
      version == .three
        ? "X-SOCIALPROFILE;TYPE=\(service):\(link)"
        : "SOCIALPROFILE;SERVICE-TYPE=\(service):\(link)"
    }
  }

  private static func pathPart(_ handle: String) -> String {
    handle.addingPercentEncoding(
      withAllowedCharacters: .urlPathAllowed.subtracting(["/", "?", "#"]))
      ?? ""
  }

  /// A UUID that is the same in every export of the same customer.
  private static func uid(_ id: String) -> String {
    var bytes = Array(SHA256.hash(data: Data(("archive customer " + id).utf8)).prefix(16))
    // Version 8, of our own making, and the variant of RFC 9562.
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let uuid = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    return "urn:uuid:" + uuid.uuidString.lowercased()
  }

  /// A value with what has a meaning in cards behind a backslash.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.replacingOccurrences(of: "\r\n", with: "\n").unicodeScalars {
      switch scalar {
      case "\\", ",", ";": result += "\\" + String(scalar)
      case "\n", "\r", "\u{2028}", "\u{2029}": result += "\\n"
      case "\t": result += "\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A line cut so that no piece is longer than 75 bytes, between characters as people see them.
  private static func folded(_ line: String) -> String {
    guard line.utf8.count > longestLine else { return line + "\r\n" }
    var result = ""
    var length = 0
    for character in line {
      let size = character.utf8.count
      // A character longer than a line is cut between its scalars.
      let pieces =
        size < longestLine ? [String(character)] : character.unicodeScalars.map(String.init)
      for piece in pieces {
        if length + piece.utf8.count > longestLine {
          result += "\r\n "
          length = 1
        }
        result += piece
        length += piece.utf8.count
      }
    }
    return result + "\r\n"
  }
}
