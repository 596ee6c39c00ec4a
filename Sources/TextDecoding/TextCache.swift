/// A small cache from raw bytes to the text that they mean.
///
/// Keys and sender names come a million times; decoding them once keeps a reader off the
/// allocator. A direct-mapped table: a newcomer takes the place of what stood there.
package struct TextCache {
  private var slots: [(raw: [UInt8], text: String)?]
  private static let size = 256
  private static let longest = 96

  package init() { slots = Array(repeating: nil, count: TextCache.size) }

  /// The text of these bytes, if it is still known.
  package func find(_ raw: UnsafeBufferPointer<UInt8>) -> String? {
    guard raw.count <= TextCache.longest, let slot = slots[TextCache.index(raw)],
      slot.raw.count == raw.count
    else { return nil }
    for index in 0..<raw.count where slot.raw[index] != raw[index] { return nil }
    return slot.text
  }

  /// Remembers the text of these bytes.
  package mutating func add(_ raw: UnsafeBufferPointer<UInt8>, _ text: String) {
    guard raw.count <= TextCache.longest else { return }
    slots[TextCache.index(raw)] = (Array(raw), text)
  }

  private static func index(_ raw: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in raw { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int((hash ^ (hash >> 15)) % UInt32(size))
  }
}
