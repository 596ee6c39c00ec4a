/// The pages that a write-ahead log holds in place of its database's.
///
/// Source: SQLite's file format, "The Write-Ahead Log". Only what was committed counts.
struct WriteAheadLog {
  /// The place in the log of each page's newest committed content, by its number from 1.
  private(set) var pages: [Int: Int] = [:]
  /// How many pages the database has; nil if the log says nothing.
  private(set) var pageCount: Int?
  let pageSize: Int

  /// Nil if the bytes are no log.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 32 else { return nil }
    let magic = WriteAheadLog.big(bytes, 0)
    guard magic & 0xFFFF_FFFE == 0x377F_0682 else { return nil }
    pageSize = Int(WriteAheadLog.big(bytes, 8))
    guard (512...65_536).contains(pageSize), pageSize & (pageSize - 1) == 0 else { return nil }
    var sum = Checksum(isBig: magic & 1 == 1)
    sum.add(bytes, 0..<24)
    guard sum.first == WriteAheadLog.big(bytes, 24), sum.second == WriteAheadLog.big(bytes, 28)
    else { return nil }
    read(bytes, &sum)
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, _ sum: inout Checksum) {
    let salt = (WriteAheadLog.big(bytes, 16), WriteAheadLog.big(bytes, 20))
    var open: [Int: Int] = [:]
    var frame = 32
    while frame + 24 + pageSize <= bytes.count {
      let number = Int(WriteAheadLog.big(bytes, frame))
      let count = Int(WriteAheadLog.big(bytes, frame + 4))
      guard (WriteAheadLog.big(bytes, frame + 8), WriteAheadLog.big(bytes, frame + 12)) == salt
      else { return }
      sum.add(bytes, frame..<(frame + 8))
      sum.add(bytes, (frame + 24)..<(frame + 24 + pageSize))
      guard sum.first == WriteAheadLog.big(bytes, frame + 16),
        sum.second == WriteAheadLog.big(bytes, frame + 20), number > 0
      else { return }
      open[number] = frame + 24
      if count > 0 {
        pages.merge(open) { $1 }
        pageCount = count
        open.removeAll()
      }
      frame += 24 + pageSize
    }
  }

  private static func big(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
    UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  /// The log's running checksum, over words of its own byte order.
  private struct Checksum {
    let isBig: Bool
    var first: UInt32 = 0
    var second: UInt32 = 0

    init(isBig: Bool) { self.isBig = isBig }

    mutating func add(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
      for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
        first = first &+ word(bytes, place) &+ second
        second = second &+ word(bytes, place + 4) &+ first
      }
    }

    private func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
      let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      return isBig ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }
  }
}
