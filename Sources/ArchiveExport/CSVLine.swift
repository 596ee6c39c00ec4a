/// Writes fields by RFC 4180: comma, CRLF, quotes only where needed, text as it is.
package enum CSVLine {
  /// Writes one field; nil is an empty one.
  package static func field(
    _ bytes: UnsafeBufferPointer<UInt8>?, isFirst: Bool, to output: inout ByteOutput
  ) {
    if !isFirst { output.write(UInt8(ascii: ",")) }
    guard let bytes else { return }
    guard needsQuotes(bytes) else { return output.write(bytes) }
    output.write(UInt8(ascii: "\""))
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { output.write(byte) }
      output.write(byte)
    }
    output.write(UInt8(ascii: "\""))
  }

  package static func end(to output: inout ByteOutput) {
    output.write([0x0D, 0x0A])
  }

  /// A whole line of texts.
  package static func line(_ fields: [String], to output: inout ByteOutput) {
    for (index, field) in fields.enumerated() {
      var field = field
      field.withUTF8 { self.field($0, isFirst: index == 0, to: &output) }
    }
    end(to: &output)
  }

  private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D: return true
      default: continue
      }
    }
    return bytes.first == 0x20 || bytes.last == 0x20
  }
}
