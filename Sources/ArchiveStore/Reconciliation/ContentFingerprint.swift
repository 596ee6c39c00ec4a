package import InboxModel
import TextDecoding

/// Tells whether two sightings say the same: equal without invisible marks, white space
/// collapsed, links without tracking parameters, media by their names.
package struct ContentFingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The fingerprint of a message; 0 if it shows nothing at all.
  package static func of(_ message: Message) -> UInt64 {
    var print = ContentFingerprint()
    var isEmpty = true
    if let text = message.text {
      isEmpty = false
      print.add(text: text)
    }
    for attachment in message.attachments where attachment.fileName != nil {
      isEmpty = false
      print.add(byte: 0)
      print.add(name: attachment.fileName ?? "")
    }
    return isEmpty ? 0 : max(1, print.finished)
  }

  private mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

  private var finished: UInt64 {
    var value = state
    value ^= value >> 33
    value = value &* 0xff51_afd7_ed55_8ccd
    return value ^ value >> 33
  }

  private mutating func add(text: String) {
    var text = text
    let isPlain = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 && $0 != 0x3F }
    }
    if isPlain { return add(ascii: text) }
    for word in text.unicodeScalars.split(whereSeparator: ContentFingerprint.isSpace) {
      let clean = word.filter { !InvisibleMarks.isDirectional($0) }
      guard !clean.isEmpty else { continue }
      add(byte: 0x20)
      let string = String(String.UnicodeScalarView(clean))
      for byte in TrackingParameters.removed(from: string).utf8 { add(byte: byte) }
    }
  }

  private mutating func add(ascii text: String) {
    var needsSpace = true
    for byte in text.utf8 {
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        needsSpace = true
        continue
      }
      if needsSpace { add(byte: 0x20) }
      needsSpace = false
      add(byte: byte)
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || InvisibleMarks.isWideSpace(scalar)
  }

  /// A file name without path, running number and copy mark: `00000012-PHOTO-….jpg` and
  /// `PHOTO-… (1).jpg` are one.
  private mutating func add(name: String) {
    var base = name.split(separator: "/").last.map(String.init) ?? name
    let digits = base.prefix { $0.isNumber }
    if digits.count == 8, base.dropFirst(8).first == "-" { base = String(base.dropFirst(9)) }
    if let open = base.firstRange(of: " ("),
      let close = base[open.upperBound...].firstIndex(of: ")"),
      base[open.upperBound..<close].allSatisfy(\.isNumber)
    {
      base.removeSubrange(open.lowerBound...close)
    }
    for byte in base.lowercased().utf8 { add(byte: byte) }
  }
}

/// Parameters that platforms hang on links and change from download to download.
enum TrackingParameters {
  private static let names: Set<Substring> = [
    "fbclid", "igshid", "igsh", "feed_type", "gclid", "mibextid", "ref", "refsrc", "si", "_rdr",
    "__tn__", "__cft__", "img_index",
  ]

  /// The link without them; any other text unchanged.
  static func removed(from word: String) -> String {
    guard word.hasPrefix("http"), let mark = word.firstIndex(of: "?") else { return word }
    let kept = word[word.index(after: mark)...].split(separator: "&").filter { pair in
      let name = pair.prefix { $0 != "=" && $0 != "[" }
      return !names.contains(name) && !name.hasPrefix("utm_")
    }
    return kept.isEmpty ? String(word[..<mark]) : word[...mark] + kept.joined(separator: "&")
  }
}
