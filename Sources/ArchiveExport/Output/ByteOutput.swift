#if canImport(Glibc)
  import Glibc
#endif

/// Output that could not be written: the system's reason.
package struct OutputError: Error, CustomStringConvertible {
  package let code: Int32

  package var isClosedPipe: Bool { code == EPIPE }

  package var description: String {
    "the output could not be written: \(String(cString: strerror(code)))"
  }
}

/// Collects bytes and writes them to a file descriptor in large pieces.
///
/// Exports write tens of bytes a field and millions of fields: the bytes are in memory of its own, so
/// that none of those writes looks at reference counts.
package struct ByteOutput: ~Copyable {
  private let descriptor: Int32
  private var buffer: UnsafeMutableRawBufferPointer
  private var count = 0
  private static let size = 1 << 17

  /// - Parameter descriptor: An open file; it stays open.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer = .allocate(byteCount: ByteOutput.size + 4_096, alignment: 16)
  }

  deinit { buffer.deallocate() }

  package mutating func write(_ byte: UInt8) {
    makeRoom(1)
    buffer[count] = byte
    count += 1
  }

  package mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    makeRoom(bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      .copyMemory(from: UnsafeRawBufferPointer(bytes))
    count += bytes.count
  }

  package mutating func write(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { write($0) }
    if isDone == nil { for byte in bytes { write(byte) } }
  }

  /// Writes a number in digits.
  package mutating func writeDigits(_ number: Int64) {
    makeRoom(20)
    if number < 0 { write(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var length = 1
    var next = rest / 10
    while next > 0 {
      length += 1
      next /= 10
    }
    for place in stride(from: count + length - 1, through: count, by: -1) {
      buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }

  private mutating func makeRoom(_ more: Int) {
    guard count + more > buffer.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(buffer.count * 2, count + more), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    buffer.deallocate()
    buffer = larger
  }

  /// Writes out what is waiting if it is much.
  ///
  /// - Throws: `OutputError`.
  package mutating func flushIfFull() throws {
    if count >= ByteOutput.size { try flush() }
  }

  /// Writes out all that is waiting.
  ///
  /// - Throws: `OutputError`.
  package mutating func flush() throws {
    var offset = 0
    while offset < count {
      let written = Glibc.write(
        descriptor, buffer.baseAddress.map { $0 + offset }, count - offset)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw OutputError(code: errno) }
      offset += written
    }
    count = 0
  }
}
