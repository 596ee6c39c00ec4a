/// The strict grammar of RFC 8259, for telling sound files from mended ones.
///
/// Depth costs one bit a level, not the stack.
package struct JSONValidator {
  private let bytes: ByteView
  private var position = 0
  /// True for an object, false for an array.
  private var open: [Bool] = []

  /// Checks that `bytes` are one JSON text in UTF-8. A byte order mark is accepted.
  ///
  /// - Throws: `JSONDamage` at the first byte that the grammar does not allow.
  package static func validate(_ bytes: ByteView) throws(JSONDamage) {
    var validator = JSONValidator(bytes: bytes)
    try validator.run()
  }

  private init(bytes: ByteView) { self.bytes = bytes }

  private mutating func run() throws(JSONDamage) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    guard String(validating: bytes.buffer(0..<bytes.count), as: UTF8.self) != nil else {
      throw JSONDamage("the text is not UTF-8", at: 0)
    }
    repeat {
      try value()
      try closeContainers()
    } while !open.isEmpty
    space()
    guard position == bytes.count else { throw JSONDamage("more after the end", at: position) }
  }

  /// Reads a scalar, or opens containers down to their first scalar or their empty end.
  private mutating func value() throws(JSONDamage) {
    while true {
      space()
      switch current {
      case UInt8(ascii: "{"):
        position += 1
        space()
        open.append(true)
        if current == UInt8(ascii: "}") { return }
        try key()
      case UInt8(ascii: "["):
        position += 1
        space()
        open.append(false)
        if current == UInt8(ascii: "]") { return }
      case 0x22: return try string()
      case UInt8(ascii: "t"): return try literal("true")
      case UInt8(ascii: "f"): return try literal("false")
      case UInt8(ascii: "n"): return try literal("null")
      default: return try number()
      }
    }
  }

  /// Closes what ends here; on a comma, moves to where the next value begins.
  private mutating func closeContainers() throws(JSONDamage) {
    while let isObject = open.last {
      space()
      switch current {
      case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
        position += 1
        open.removeLast()
      case UInt8(ascii: ","):
        position += 1
        if isObject { try key() }
        return
      default: throw JSONDamage("a comma or the end was expected", at: position)
      }
    }
  }

  private mutating func key() throws(JSONDamage) {
    space()
    guard current == 0x22 else { throw JSONDamage("a key was expected", at: position) }
    try string()
    space()
    guard current == UInt8(ascii: ":") else {
      throw JSONDamage("a colon was expected", at: position)
    }
    position += 1
  }

  private mutating func string() throws(JSONDamage) {
    position += 1
    while let byte = current {
      position += 1
      switch byte {
      case 0x22: return
      case 0x5C: try escape()
      case 0..<0x20: throw JSONDamage("a raw control character in a string", at: position - 1)
      default: break
      }
    }
    throw JSONDamage("a string has no end", at: position)
  }

  private mutating func escape() throws(JSONDamage) {
    let byte = current
    position += 1
    switch byte {
    case 0x22, 0x5C, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        guard let digit = current, digit &- 0x30 < 10 || (digit | 0x20) &- 0x61 < 6 else {
          throw JSONDamage("four hexadecimal digits were expected", at: position)
        }
        position += 1
      }
    default: throw JSONDamage("an illegal escape", at: position - 1)
    }
  }

  private mutating func number() throws(JSONDamage) {
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(JSONDamage) {
    let start = position
    while let byte = current, byte &- 0x30 < 10 { position += 1 }
    guard position > start else { throw JSONDamage("a value was expected", at: position) }
  }

  private mutating func literal(_ word: StaticString) throws(JSONDamage) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard current == word.utf8Start[offset] else {
        throw JSONDamage("a value was expected", at: position)
      }
      position += 1
    }
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func space() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }
}
