import CSystem
import Crypto
import TextDecoding

#if canImport(Glibc)
  import Glibc
#endif

/// Takes in files: hashes and writes them, and makes them durable in batches.
package final class ObjectWriter {
  /// A file that was taken in.
  package struct Stored: Sendable {
    /// Lower-case hexadecimal.
    package let sha256: String
    package let bytes: Int64
  }

  private let store: ObjectStore
  private let incoming: String
  private var waiting: [(temporary: String, sha256: String)] = []
  private var known: Set<String> = []
  private var waitingBytes: Int64 = 0
  private var counter = 0

  package init(_ store: ObjectStore) throws {
    self.store = store
    incoming = store.folder + "/incoming"
    if mkdir(incoming, 0o700) != 0, errno != EEXIST { throw ObjectWriter.failure(incoming) }
  }

  /// Writes one file.
  ///
  /// - Parameter body: Hands the bytes to its argument, piece by piece.
  /// - Returns: The hash and size of the bytes handed over, and what `body` returned.
  /// - Throws: `ArchiveError` if the disk does not take the bytes, and what `body` throws.
  package func store<Result>(
    _ body: (([UInt8]) throws -> Void) throws -> Result
  ) throws -> (stored: Stored, result: Result) {
    counter += 1
    let temporary = "\(incoming)/\(getpid())-\(counter)"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ObjectWriter.failure(temporary) }
    var isKept = false
    defer {
      close(descriptor)
      if !isKept { unlink(temporary) }
    }
    var hasher = SHA256()
    var bytes: Int64 = 0
    let result = try body { chunk in
      chunk.withUnsafeBytes { hasher.update(bufferPointer: $0) }
      try ObjectWriter.write(chunk, to: descriptor, temporary)
      bytes += Int64(chunk.count)
    }
    let sha256 = Hexadecimal.text(hasher.finalize())
    if !known.contains(sha256), !store.contains(sha256) {
      isKept = true
      // The disk begins while the next file is read; `flush` waits for the end.
      _ = sync_file_range(descriptor, 0, 0, UInt32(archive_sync_file_range_write))
      known.insert(sha256)
      waiting.append((temporary, sha256))
      waitingBytes += bytes
      if waiting.count >= 512 || waitingBytes > 256 << 20 { try flush() }
    }
    return (Stored(sha256: sha256, bytes: bytes), result)
  }

  /// Makes all files taken in so far durable under their final names.
  package func flush() throws {
    guard !waiting.isEmpty else { return }
    let folder = open(store.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw ObjectWriter.failure(store.folder) }
    defer { close(folder) }
    guard syncfs(folder) == 0 else { throw ObjectWriter.failure(store.folder) }
    for file in waiting {
      let target = store.path(file.sha256)
      let parent = String(target.dropLast(file.sha256.count + 1))
      if mkdir(parent, 0o700) != 0, errno != EEXIST { throw ObjectWriter.failure(parent) }
      guard rename(file.temporary, target) == 0 else { throw ObjectWriter.failure(target) }
    }
    guard syncfs(folder) == 0 else { throw ObjectWriter.failure(store.folder) }
    waiting.removeAll()
    known.removeAll()
    waitingBytes = 0
  }

  private static func write(_ chunk: [UInt8], to descriptor: Int32, _ path: String) throws {
    var offset = 0
    while offset < chunk.count {
      let written = chunk.withUnsafeBytes { raw in
        Glibc.write(descriptor, raw.baseAddress.map { $0 + offset }, raw.count - offset)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure(path) }
      offset += written
    }
  }

  private static func failure(_ path: String) -> ArchiveError {
    .unusable(
      "\(path) cannot be written: \(String(cString: strerror(errno))). Make room and try again.")
  }
}
