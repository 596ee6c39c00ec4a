#if canImport(Glibc)
  import Glibc
#endif

/// A text with places for anything, compared byte by byte.
///
/// Strings compare by canonical equivalence, which is slow and not what a fixed sentence needs.
package struct BytePattern: Sendable {
  private let pieces: [[UInt8]]
  private let fixedLength: Int

  /// - Parameter text: The text; each `*` stands for one or more bytes.
  package init(_ text: String) {
    pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
    fixedLength = pieces.map(\.count).reduce(0, +)
  }

  /// True if the bytes as a whole fit.
  package func fits(_ bytes: ArraySlice<UInt8>) -> Bool { capture(bytes) != nil }

  /// What stands in the first place for anything; the empty end if there is none. Nil if the
  /// bytes do not fit.
  package func capture(_ bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard let first = pieces.first, let last = pieces.last,
      bytes.count >= fixedLength + pieces.count - 1, bytes.starts(with: first)
    else { return nil }
    guard pieces.count > 1 else {
      return bytes.count == first.count ? bytes.endIndex..<bytes.endIndex : nil
    }
    guard bytes.suffix(last.count).elementsEqual(last) else { return nil }
    let start = bytes.startIndex + first.count
    let end = bytes.endIndex - last.count
    guard pieces.count > 2 else { return start < end ? start..<end : nil }
    var rest = bytes[start..<end]
    var captured: Range<Int>?
    for piece in pieces.dropFirst().dropLast() {
      guard let found = BytePattern.find(piece, in: rest), found > rest.startIndex else {
        return nil
      }
      captured = captured ?? rest.startIndex..<found
      rest = rest[(found + piece.count)...]
    }
    return rest.isEmpty ? nil : captured
  }

  private static func find(_ piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = piece.first else { return nil }
    let origin = bytes.startIndex
    return bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var place = 0
      while place + piece.count <= bytes.count,
        let next = memchr(start + place, Int32(first), bytes.count - place)
      {
        place = UnsafeRawPointer(next) - start
        if place + piece.count <= bytes.count, memcmp(next, piece, piece.count) == 0 {
          return origin + place
        }
        place += 1
      }
      return nil
    }
  }
}
