#if canImport(Glibc)
  import Glibc
#endif

/// Looks for bytes in a run of bytes.
enum ByteRun {
  /// True if a byte stands somewhere and a test holds for its place.
  static func contains(
    _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, where isMeant: (Int) -> Bool
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var place = 0
    while let found = memchr(base + place, Int32(byte), bytes.count - place) {
      place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if isMeant(place) { return true }
      place += 1
    }
    return false
  }
}
