import CZlib

/// Unpacks zlib piece by piece; what is not packed goes through as it is.
struct Inflater {
  private enum State {
    case unknown, packed, plain, ended
  }

  private var stream: UnsafeMutablePointer<z_stream>
  private let owner: Owner
  private var state = State.unknown
  private var buffer = [UInt8](repeating: 0, count: 1 << 20)
  private var read = 0
  private var written = 0

  /// Frees what zlib holds.
  private final class Owner {
    let stream: UnsafeMutablePointer<z_stream>

    init() {
      stream = .allocate(capacity: 1)
      stream.initialize(to: z_stream())
    }

    deinit {
      inflateEnd(stream)
      stream.deallocate()
    }
  }

  init() throws {
    owner = Owner()
    stream = owner.stream
    guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw UnsealingError.damaged("zlib cannot begin")
    }
  }

  /// True if nothing is missing.
  var isAtEnd: Bool { state == .ended || state == .plain }

  /// Deflate makes at most about a thousand bytes of one.
  private var isBomb: Bool { written > 64 << 20 && written / 1_100 > read }

  mutating func add(_ bytes: UnsafeRawBufferPointer, to file: PrivateFile) throws {
    if state == .unknown { state = bytes.first == 0x78 ? .packed : .plain }
    read += bytes.count
    switch state {
    case .plain: try file.write(bytes)
    case .packed: try inflate(bytes, to: file)
    case .unknown, .ended: break
    }
  }

  private mutating func inflate(_ bytes: UnsafeRawBufferPointer, to file: PrivateFile) throws {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    while stream.pointee.avail_in > 0, state == .packed {
      let (code, count) = buffer.withUnsafeMutableBufferPointer { out in
        stream.pointee.next_out = out.baseAddress
        stream.pointee.avail_out = UInt32(out.count)
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        return (code, out.count - Int(stream.pointee.avail_out))
      }
      guard code == Z_OK || code == Z_STREAM_END else {
        throw UnsealingError.damaged("what is in it cannot be unpacked")
      }
      written += count
      guard !isBomb else { throw UnsealingError.damaged("it unpacks to more than it can hold") }
      try buffer.withUnsafeBytes {
        try file.write(UnsafeRawBufferPointer(rebasing: $0.prefix(count)))
      }
      if code == Z_STREAM_END { state = .ended }
    }
  }
}
