/// Builds one JSON object as text, its keys in the order in which they are added.
package struct JSONText {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  package init() {}

  /// The object's text.
  package var text: String { String(decoding: bytes, as: UTF8.self) + "}" }

  /// The object's bytes.
  package var finished: [UInt8] { bytes + [UInt8(ascii: "}")] }

  package mutating func add(_ key: String, _ value: String?) {
    begin(key)
    if let value { JSONText.append(value, to: &bytes) } else { bytes += Array("null".utf8) }
  }

  package mutating func add(_ key: String, _ value: Int64?) {
    begin(key)
    bytes += Array((value.map(String.init) ?? "null").utf8)
  }

  package mutating func add(_ key: String, _ value: Bool) {
    begin(key)
    bytes += Array((value ? "true" : "false").utf8)
  }

  /// Adds text that is JSON already.
  package mutating func add(_ key: String, json: String) {
    begin(key)
    bytes += Array(json.utf8)
  }

  /// An object of texts.
  package static func object(_ fields: [(String, String)]) -> String {
    var text = JSONText()
    for (name, value) in fields { text.add(name, value) }
    return text.text
  }

  /// A list of objects or texts that are JSON already.
  package static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

  /// A text as a JSON string.
  package static func string(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    JSONText.append(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: bytes += [0x5C, UInt8(scalar.value)]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      // Controls and marks of direction, which a terminal would obey.
      case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u".utf8)
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(scalar.value >> UInt32(shift) & 15)]) }
      case 0x20..<0x7F: bytes.append(UInt8(scalar.value))
      default: bytes += Array(String(scalar).utf8)
      }
    }
    bytes.append(0x22)
  }
}
