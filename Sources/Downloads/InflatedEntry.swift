import CZlib

/// The bytes of one deflated zip entry, unpacked by zlib.
///
/// libarchive, reading by position, refuses entries whose sizes stand in a zip64 field of the
/// local header only.
struct InflatedEntry {
  let file: ByteFile
  let offset: Int64
  let packedSize: Int64

  /// Hands the unpacked bytes to `take` until it returns false.
  ///
  /// - Returns: Why the bytes are not all; nil if they are.
  func read(_ take: ([UInt8]) throws -> Bool) throws -> String? {
    var stream = z_stream()
    // Negative bits: raw deflate without a zlib header.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return "there is no memory to unpack it" }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: 1 << 18)
    var position = offset
    let end = offset + packedSize
    while true {
      var input = try file.read(at: position, count: Int(min(1 << 17, end - position)))
      guard !input.isEmpty else { return "the file ends before its bytes do" }
      position += Int64(input.count)
      let status = try inflate(&stream, &input, &output, take)
      if status == Z_STREAM_END { return nil }
      guard status == Z_OK || status == Z_BUF_ERROR else {
        return status == Z_STREAM_ERROR
          ? "it unpacks to more bytes than it says" : "its packed bytes are damaged"
      }
    }
  }

  /// Unpacks one piece of input; `Z_STREAM_ERROR` stands for a refusal of `take`.
  private func inflate(
    _ stream: inout z_stream, _ input: inout [UInt8], _ output: inout [UInt8],
    _ take: ([UInt8]) throws -> Bool
  ) throws -> Int32 {
    var consumed = 0
    while true {
      let (status, left, made) = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
          stream.next_in = source.baseAddress.map { $0 + consumed }
          stream.avail_in = uInt(source.count - consumed)
          stream.next_out = target.baseAddress
          stream.avail_out = uInt(target.count)
          let status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return (status, Int(stream.avail_in), target.count - Int(stream.avail_out))
        }
      }
      consumed = input.count - left
      if made > 0, try !take(made == output.count ? output : Array(output[..<made])) {
        return Z_STREAM_ERROR
      }
      if status != Z_OK || left == 0 && made < output.count { return status }
    }
  }
}
