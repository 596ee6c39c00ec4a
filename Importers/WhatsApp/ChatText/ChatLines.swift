import TextDecoding

#if canImport(Glibc)
  import Glibc
#endif

/// The lines of a chat text, whatever its encoding and line ends.
///
/// UTF-8 is read in place; UTF-16 (with a mark) is turned into UTF-8 first, and places then
/// count bytes of that text.
struct ChatLines {
  /// What ended the line before.
  enum Ending {
    case lf, crlf, none
  }

  /// One line, without its end.
  struct Line {
    let start: Int
    let end: Int
    let follows: Ending
  }

  let bytes: ByteView
  private var position: Int
  private var released = 0
  private var ending = Ending.none

  init(_ bytes: ByteView) {
    self.bytes = bytes
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    position = hasMark ? 3 : 0
  }

  /// The next line; nil at the end of the file.
  mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    let start = position
    let rest = bytes.buffer(start..<bytes.count)
    let end = start + (rest.firstNewline ?? rest.count)
    position = min(end + 1, bytes.count)
    if start - released > 4 << 20 {
      bytes.release(from: released, to: start)
      released = start
    }
    let trimmed = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
    defer { ending = trimmed < end ? .crlf : .lf }
    return Line(start: start, end: trimmed, follows: ending)
  }

  /// Calls `body` with the text as UTF-8.
  static func withUTF8<Result>(
    _ bytes: ByteView, _ body: (ByteView) throws -> Result
  ) rethrows -> Result {
    guard bytes.count >= 2 else { return try body(bytes) }
    let isLittle = bytes[0] == 0xFF && bytes[1] == 0xFE
    guard isLittle || bytes[0] == 0xFE && bytes[1] == 0xFF else { return try body(bytes) }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      units.append(isLittle ? first | second << 8 : second | first << 8)
    }
    let text = Array(String(decoding: units, as: UTF16.self).utf8)
    return try text.withUnsafeBytes { try body(ByteView($0)) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The place of the first line feed.
  fileprivate var firstNewline: Int? {
    guard let baseAddress, let found = memchr(baseAddress, 0x0A, count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
  }
}
