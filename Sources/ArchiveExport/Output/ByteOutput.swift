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
package struct ByteOutput {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let size = 1 << 17

  /// - Parameter descriptor: An open file; it stays open.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(ByteOutput.size + 4_096)
  }

  package mutating func write(_ byte: UInt8) { buffer.append(byte) }

  package mutating func write(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// Writes a number in digits.
  package mutating func writeDigits(_ number: Int64) {
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    let start = buffer.count
    var rest = number.magnitude
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    buffer[start...].reverse()
  }

  /// Writes out what is waiting if it is much.
  ///
  /// - Throws: `OutputError`.
  package mutating func flushIfFull() throws {
    if buffer.count >= ByteOutput.size { try flush() }
  }

  /// Writes out all that is waiting.
  ///
  /// - Throws: `OutputError`.
  package mutating func flush() throws {
    var offset = 0
    while offset < buffer.count {
      let written = buffer.withUnsafeBytes { raw in
        Glibc.write(descriptor, raw.baseAddress.map { $0 + offset }, raw.count - offset)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw OutputError(code: errno) }
      offset += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
