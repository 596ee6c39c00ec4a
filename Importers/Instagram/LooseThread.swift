import TextDecoding

/// A thread file that stands alone, without the folders of its download.
enum LooseThread {
  /// True if the object has `messages` whose first element has Meta's keys.
  static func recognizes(_ head: [UInt8]) -> Bool {
    guard head.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "{") else { return false }
    return head.withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(UnsafeRawBufferPointer(raw)))
      guard (try? reader.beginObject()) != nil else { return false }
      while let key = try? reader.nextKey() {
        guard key == "messages" else {
          guard (try? reader.skip()) != nil else { return false }
          continue
        }
        guard (try? reader.beginArray()) != nil, (try? reader.nextElement()) == true,
          reader.peek() == .object, (try? reader.beginObject()) != nil
        else { return false }
        while let field = try? reader.nextKey() {
          if field == "sender_name" || field == "timestamp_ms" { return true }
          guard (try? reader.skip()) != nil else { return false }
        }
        return false
      }
      return false
    }
  }
}
