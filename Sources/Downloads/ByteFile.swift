#if canImport(Glibc)
  import Glibc
#endif

/// A file opened for reading at any place, without following its name twice.
final class ByteFile {
  let path: String
  let size: Int64
  private let descriptor: Int32

  convenience init(path: String) throws { try self.init(bytes: Array(path.utf8)) }

  /// Opens a path that need not be UTF-8.
  init(bytes: [UInt8]) throws {
    path = String(decoding: bytes, as: UTF8.self)
    descriptor = PathBytes.with(bytes) { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw DownloadError.unreadable(path: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw DownloadError.unreadable(path: path, code: EINVAL)
    }
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(at offset: Int64, count: Int) throws -> [UInt8] {
    guard offset >= 0, offset < size, count > 0 else { return [] }
    let wanted = Int(min(Int64(count), size - offset))
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled,
          off_t(offset) + off_t(filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    guard code == 0 else { throw DownloadError.unreadable(path: path, code: code) }
    return bytes
  }
}

/// Paths as the system knows them: bytes, in no certain encoding.
enum PathBytes {
  static func with(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    (bytes + [0]).withUnsafeBytes { raw in
      raw.assumingMemoryBound(to: CChar.self).baseAddress.map(body) ?? -1
    }
  }
}

/// Little-endian numbers in header bytes; nil beyond the end.
struct HeaderBytes {
  let bytes: [UInt8]

  func uint16(_ offset: Int) -> UInt16? {
    guard offset >= 0, offset + 2 <= bytes.count else { return nil }
    return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
  }

  func uint32(_ offset: Int) -> UInt32? {
    guard let low = uint16(offset), let high = uint16(offset + 2) else { return nil }
    return UInt32(low) | UInt32(high) << 16
  }

  func uint64(_ offset: Int) -> UInt64? {
    guard let low = uint32(offset), let high = uint32(offset + 4) else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }
}
