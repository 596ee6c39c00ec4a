import CArchive

/// The bytes of one compressed zip entry, unpacked by libarchive from the entry's own header on.
///
/// Reading by position keeps our directory in charge of which entries there are, while
/// libarchive brings every compression method that it knows.
struct CompressedEntry {
  let file: ByteFile
  let offset: Int64

  /// Hands the unpacked bytes to `take` until it returns false.
  ///
  /// - Returns: Why the bytes are not all; nil if they are.
  func read(_ take: ([UInt8]) throws -> Bool) throws -> String? {
    guard let archive = archive_read_new() else { return "there is no memory to unpack it" }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip_streamable(archive)
    let source = Unmanaged.passRetained(ArchiveSource(file: file, offset: offset))
    defer { source.release() }
    guard ArchiveSource.open(archive, source) else { return ArchiveSource.reason(archive) }
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
      return ArchiveSource.reason(archive)
    }
    return try ArchiveSource.drain(archive, take)
  }
}

/// Feeds libarchive from a file, and turns what it says into words.
final class ArchiveSource {
  private let file: ByteFile
  private var offset: Int64
  private var chunk: [UInt8] = []
  private var held: UnsafeMutableBufferPointer<UInt8>

  init(file: ByteFile, offset: Int64) {
    self.file = file
    self.offset = offset
    held = .allocate(capacity: 1 << 16)
  }

  deinit { held.deallocate() }

  private func next(_ buffer: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    guard let bytes = try? file.read(at: offset, count: held.count) else { return -1 }
    _ = held.update(fromContentsOf: bytes)
    buffer?.pointee = UnsafeRawPointer(held.baseAddress)
    offset += Int64(bytes.count)
    return bytes.count
  }

  /// Opens `archive` over `file` from `offset` on. The source must outlive the archive.
  static func open(_ archive: OpaquePointer, _ source: Unmanaged<ArchiveSource>) -> Bool {
    let status = archive_read_open2(
      archive, source.toOpaque(), nil,
      { _, context, buffer in
        guard let context else { return -1 }
        return Unmanaged<ArchiveSource>.fromOpaque(context).takeUnretainedValue().next(buffer)
      },
      { _, context, request in
        guard let context, request > 0 else { return 0 }
        return Unmanaged<ArchiveSource>.fromOpaque(context).takeUnretainedValue().skip(request)
      }, nil)
    return status == ARCHIVE_OK
  }

  private func skip(_ request: Int64) -> Int64 {
    let step = min(request, max(0, file.size - offset))
    offset += step
    return step
  }

  /// Reads the current entry to its end.
  static func drain(
    _ archive: OpaquePointer, _ take: ([UInt8]) throws -> Bool
  ) throws -> String? {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = buffer.withUnsafeMutableBytes {
        archive_read_data(archive, $0.baseAddress, $0.count)
      }
      if got < 0 { return reason(archive) }
      if got == 0 { return nil }
      guard try take(got == buffer.count ? buffer : Array(buffer[..<got])) else {
        return "it unpacks to more bytes than it says"
      }
    }
  }

  static func reason(_ archive: OpaquePointer) -> String {
    let text = archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be unpacked"
    return "it cannot be unpacked: \(text)"
  }
}
