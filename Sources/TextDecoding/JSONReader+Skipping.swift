extension JSONReader {
  /// Moves beyond the value at the position, whatever it is and however deep.
  ///
  /// Brackets must match in number; what stands between them is not judged.
  ///
  /// - Throws: `JSONDamage` if the file ends inside the value or there is none.
  package mutating func skip() throws(JSONDamage) {
    skipSpace()
    let start = position
    var depth = 0
    repeat {
      guard position < bytes.count else {
        throw JSONDamage("the file ends inside a value", at: start)
      }
      switch bytes[position] {
      case 0x22: position = try endOfString(from: position + 1) + 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw JSONDamage("a value was expected", at: position) }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
        guard depth > 0 else { throw JSONDamage("a value was expected", at: position) }
        position += 1
      default: try skipWord()
      }
    } while depth > 0
  }

  /// Moves beyond a number or a literal.
  private mutating func skipWord() throws(JSONDamage) {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."):
        position += 1
      default:
        guard position > start else { throw JSONDamage("a value was expected", at: position) }
        return
      }
    }
    guard position > start else { throw JSONDamage("a value was expected", at: position) }
  }
}
