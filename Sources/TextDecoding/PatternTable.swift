/// Which of hundreds of patterns fit a text, at the price of comparing two words for each.
package struct PatternTable: Sendable {
  /// The first and the last eight bytes that a text must show.
  private struct Ends {
    var head: UInt64 = 0
    var headMask: UInt64 = 0
    var tail: UInt64 = 0
    var tailMask: UInt64 = 0
    let place: Int
  }

  private var patterns: [BytePattern] = []
  /// The patterns' ends by the first byte; those that begin with anything are in every list.
  private var byFirstByte: [[Ends]] = Array(repeating: [], count: 256)

  package init() {}

  /// Adds a pattern; its number is that of those added before it.
  ///
  /// - Parameter text: The text; each `*` stands for one or more bytes.
  package mutating func add(_ text: String) {
    let pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
    guard let head = pieces.first, let tail = pieces.last else { return }
    var ends = Ends(place: patterns.count)
    (ends.head, ends.headMask) = (PatternTable.head(head[...]), PatternTable.mask(head.count))
    (ends.tail, ends.tailMask) = (PatternTable.tail(tail[...]), PatternTable.mask(tail.count))
    patterns.append(BytePattern(text))
    if let first = head.first {
      byFirstByte[Int(first)].append(ends)
    } else {
      for index in byFirstByte.indices { byFirstByte[index].append(ends) }
    }
  }

  /// The first pattern that a text fits as a whole.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - isMeant: Gets a pattern's number and what stands in its first place for anything; false
  ///     goes on to the next.
  /// - Returns: The pattern's number; nil if none fits.
  package func first(
    fitting bytes: ArraySlice<UInt8>, where isMeant: (Int, Range<Int>) -> Bool
  ) -> Int? {
    guard let first = bytes.first, !byFirstByte[Int(first)].isEmpty else { return nil }
    let head = PatternTable.head(bytes)
    let tail = PatternTable.tail(bytes)
    for ends in byFirstByte[Int(first)]
    where head & ends.headMask == ends.head && tail & ends.tailMask == ends.tail {
      if let place = patterns[ends.place].capture(bytes), isMeant(ends.place, place) {
        return ends.place
      }
    }
    return nil
  }

  /// The first eight bytes, the first of them highest.
  private static func head(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 {
      word = word << 8 | (index < bytes.count ? UInt64(bytes[bytes.startIndex + index]) : 0)
    }
    return word
  }

  /// The last eight bytes, the last of them highest.
  private static func tail(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 {
      word = word << 8 | (index < bytes.count ? UInt64(bytes[bytes.endIndex - 1 - index]) : 0)
    }
    return word
  }

  private static func mask(_ count: Int) -> UInt64 {
    count >= 8 ? .max : count == 0 ? 0 : .max << UInt64(64 - count * 8)
  }
}
