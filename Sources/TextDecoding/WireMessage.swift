/// The fields of a message in Protocol Buffers' wire format, without its schema.
package struct WireMessage {
  package enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  package private(set) var fields: [(number: Int, value: Value)] = []

  /// Reads the fields up to the first that is damaged.
  package init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let tag = WireMessage.varint(&rest) {
      let number = Int(truncatingIfNeeded: tag >> 3)
      switch tag & 7 {
      case 0:
        guard let value = WireMessage.varint(&rest) else { return }
        fields.append((number, .number(value)))
      case 1, 5:
        let count = tag & 7 == 1 ? 8 : 4
        guard rest.count >= count else { return }
        let value = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        fields.append((number, .number(value)))
        rest = rest.dropFirst(count)
      case 2:
        guard let count = WireMessage.varint(&rest), count <= UInt64(rest.count) else { return }
        fields.append((number, .bytes(rest.prefix(Int(count)))))
        rest = rest.dropFirst(Int(count))
      default: return
      }
    }
  }

  /// A number of variable length at the start of bytes, which then begin behind it.
  package static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.first, shift < 64 {
      rest = rest.dropFirst()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  package func messages(_ number: Int) -> [WireMessage] {
    fields.compactMap { field in
      guard field.number == number, case .bytes(let bytes) = field.value else { return nil }
      return WireMessage(bytes)
    }
  }

  package func text(_ number: Int) -> String? {
    for field in fields where field.number == number {
      if case .bytes(let bytes) = field.value { return String(decoding: bytes, as: UTF8.self) }
    }
    return nil
  }

  package func bytes(_ number: Int) -> [UInt8]? {
    for field in fields where field.number == number {
      if case .bytes(let bytes) = field.value { return Array(bytes) }
    }
    return nil
  }

  package func number(_ number: Int) -> UInt64? {
    for field in fields where field.number == number {
      if case .number(let value) = field.value { return value }
    }
    return nil
  }
}
