#if canImport(Glibc)
  import Glibc
#endif

/// Read-only bytes with checked access: a read outside traps in release builds too.
///
/// A view is valid only inside the closure that handed it out.
package struct ByteView {
  private let base: UnsafePointer<UInt8>
  package let count: Int
  /// Set for bytes mapped from a file, whose pages can be given back once read.
  private let isMapped: Bool

  package init(_ buffer: UnsafeRawBufferPointer, isMapped: Bool = false) {
    self.base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? ByteView.nowhere
    self.count = buffer.count
    self.isMapped = isMapped
  }

  /// Stands in for the address of an empty buffer; never read, because `count` is then 0.
  nonisolated(unsafe) private static let nowhere = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  @inlinable package subscript(index: Int) -> UInt8 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "read outside the bytes")
    return pointer[index]
  }

  @usableFromInline var pointer: UnsafePointer<UInt8> { base }

  /// Eight bytes from `index` on, in memory order; nil if fewer are left.
  @inlinable func word(at index: Int) -> UInt64? {
    guard index >= 0, index &+ 8 <= count else { return nil }
    return UnsafeRawPointer(pointer + index).loadUnaligned(as: UInt64.self)
  }

  /// The bytes of a range, for functions that take buffers.
  package func buffer(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "read outside the bytes")
    return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// The bytes of a range as text, bad UTF-8 replaced.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: buffer(range), as: UTF8.self)
  }

  /// Says that bytes before `index` are not needed again, so that a large mapped file does not
  /// stay in memory. They can still be read: the system then fetches them anew.
  package func release(from start: Int, to end: Int) {
    guard isMapped else { return }
    let page = 4_096
    let first = (UInt(bitPattern: base) + UInt(max(0, start)) + UInt(page - 1)) / UInt(page)
    let last = (UInt(bitPattern: base) + UInt(min(end, count))) / UInt(page)
    guard last > first, let address = UnsafeMutableRawPointer(bitPattern: first * UInt(page)) else {
      return
    }
    madvise(address, Int(last - first) * page, MADV_DONTNEED)
  }
}
