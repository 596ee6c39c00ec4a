/// A pull reader over the bytes of one JSON file, bounded in memory whatever the size.
///
/// The caller walks the structure it expects and skips the rest:
///
/// ```swift
/// var reader = JSONReader(bytes, repair: .escapedBytes)
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///   if key == "title" { title = try reader.string() } else { try reader.skip() }
/// }
/// ```
///
/// Broken strings are mended and counted in `notes`; broken structure is thrown as
/// `JSONDamage`, and what was read before it stays valid. A value of another type than asked
/// for is skipped and read as nil. Duplicate keys are handed out as they come: the caller
/// that stores them keeps the last.
package struct JSONReader {
  /// What stands at the reader's position.
  package enum Kind {
    case object, array, string, number, literal, end
  }

  let bytes: ByteView
  /// Bytes from the start of the file.
  package internal(set) var position: Int
  /// What was mended since the notes were last cleared.
  package var notes = JSONNotes()
  let repair: MojibakeRepair.Policy
  var scratch: [UInt8] = []
  private var names = TextCache()
  private var released = 0

  package init(_ bytes: ByteView, repair: MojibakeRepair.Policy = .none) {
    self.bytes = bytes
    self.repair = repair
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    position = hasMark ? 3 : 0
    scratch.reserveCapacity(1_024)
  }

  /// What comes next; does not move beyond white space.
  package mutating func peek() -> Kind {
    skipSpace()
    guard position < bytes.count else { return .end }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return .end
    default: return .literal
    }
  }

  /// Enters the object at the reader's position.
  ///
  /// - Throws: `JSONDamage` if there is none.
  package mutating func beginObject() throws(JSONDamage) {
    try expect(UInt8(ascii: "{"), "an object was expected")
  }

  /// The next key of the object, or nil after its end.
  ///
  /// - Throws: `JSONDamage` if the object's structure is broken.
  package mutating func nextKey() throws(JSONDamage) -> String? {
    guard try continues(until: UInt8(ascii: "}")) else { return nil }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw JSONDamage("a key was expected", at: position)
    }
    let key = try name()
    skipSpace()
    try expect(UInt8(ascii: ":"), "a colon was expected")
    skipSpace()
    return key
  }

  /// Enters the array at the reader's position.
  ///
  /// - Throws: `JSONDamage` if there is none.
  package mutating func beginArray() throws(JSONDamage) {
    try expect(UInt8(ascii: "["), "an array was expected")
  }

  /// True if the array has another element, which the caller must then read or skip.
  ///
  /// - Throws: `JSONDamage` if the array's structure is broken.
  package mutating func nextElement() throws(JSONDamage) -> Bool {
    releasePages()
    return try continues(until: UInt8(ascii: "]"))
  }

  /// The whole number at the reader's position; nil for any other value, which is skipped.
  ///
  /// Fractions are cut off; a number beyond 64 bits is nil.
  ///
  /// - Throws: `JSONDamage` if the file ends here.
  package mutating func integer() throws(JSONDamage) -> Int64? {
    guard peek() == .number else {
      try skip()
      return nil
    }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value: Int64 = 0
    var overflowed = false
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
      let (shifted, over1) = value.multipliedReportingOverflow(by: 10)
      let (sum, over2) = shifted.addingReportingOverflow(Int64(digit))
      overflowed = overflowed || over1 || over2
      value = sum
      position += 1
    }
    let hasExponent = skipNumberTail()
    return overflowed || hasExponent ? nil : (isNegative ? -value : value)
  }

  /// The truth value at the reader's position; nil for any other value, which is skipped.
  ///
  /// - Throws: `JSONDamage` if the file ends here.
  package mutating func boolean() throws(JSONDamage) -> Bool? {
    guard peek() == .literal else {
      try skip()
      return nil
    }
    let first = bytes[position]
    try skip()
    return first == UInt8(ascii: "t") ? true : first == UInt8(ascii: "f") ? false : nil
  }

  /// The string at the reader's position; nil for any other value, which is skipped.
  ///
  /// - Throws: `JSONDamage` if the string has no end.
  package mutating func string() throws(JSONDamage) -> String? {
    guard peek() == .string else {
      try skip()
      return nil
    }
    return try readString()
  }

  /// The value at the reader's position as it is written.
  ///
  /// - Throws: `JSONDamage` if the file ends here.
  package mutating func rawText() throws(JSONDamage) -> String {
    _ = peek()
    let start = position
    try skip()
    return bytes.text(start..<position)
  }

  /// Like `string()`, for values that come again and again, such as names of senders.
  ///
  /// - Throws: `JSONDamage` if the string has no end.
  package mutating func repeatedString() throws(JSONDamage) -> String? {
    guard peek() == .string else {
      try skip()
      return nil
    }
    return try name()
  }

  /// A string read through a small cache of those read before.
  private mutating func name() throws(JSONDamage) -> String {
    let start = position + 1
    let end = try endOfString(from: start)
    let raw = bytes.buffer(start..<end)
    if let known = names.find(raw) {
      position = end + 1
      return known
    }
    let text = try readString()
    names.add(raw, text)
    return text
  }

  private mutating func continues(until close: UInt8) throws(JSONDamage) -> Bool {
    skipSpace()
    while position < bytes.count, bytes[position] == UInt8(ascii: ",") {
      position += 1
      skipSpace()
    }
    guard position < bytes.count else { throw JSONDamage("the file ends too early", at: position) }
    guard bytes[position] != close else {
      position += 1
      return false
    }
    return true
  }

  mutating func expect(_ byte: UInt8, _ reason: String) throws(JSONDamage) {
    skipSpace()
    guard position < bytes.count else { throw JSONDamage("the file ends too early", at: position) }
    guard bytes[position] == byte else { throw JSONDamage(reason, at: position) }
    position += 1
  }

  mutating func skipSpace() {
    // Indented files have runs of blanks.
    while let word = bytes.word(at: position), word == 0x2020_2020_2020_2020 { position &+= 8 }
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Moves beyond fraction and exponent; true if there was an exponent.
  private mutating func skipNumberTail() -> Bool {
    var hasExponent = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "e"), UInt8(ascii: "E"): hasExponent = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
        UInt8(ascii: "-"):
        break
      default: return hasExponent
      }
      position += 1
    }
    return hasExponent
  }

  /// Gives pages back that lie well behind the position.
  private mutating func releasePages() {
    let slice = 4 << 20
    guard position - released > slice else { return }
    bytes.release(from: released, to: position - 65_536)
    released = position - 65_536
  }
}
