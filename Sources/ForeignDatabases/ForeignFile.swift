import CSQLite
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a database as SQLite reads them: pages of the file, or of its log.
final class ForeignFile: Sendable {
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer
  nonisolated(unsafe) private let log: UnsafeRawBufferPointer
  private let overlay: WriteAheadLog?
  nonisolated(unsafe) private let release: () -> Void
  private let sinceRelease = Mutex(0)

  /// Read bytes are given back to the system in steps of this size.
  private static let releaseStep = 1 << 20

  init(
    _ bytes: UnsafeRawBufferPointer, log: UnsafeRawBufferPointer?, release: @escaping () -> Void
  ) {
    self.bytes = bytes
    self.log = log ?? UnsafeRawBufferPointer(start: nil, count: 0)
    self.release = release
    overlay = log.flatMap { WriteAheadLog($0) }
  }

  /// As long as its head says, where the file is cut off: what is left of it can then be read.
  var size: Int {
    if let overlay, let pages = overlay.pageCount { return pages * overlay.pageSize }
    func big(_ place: Int) -> Int {
      Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    }
    let page = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt16.self)))
    // The count is true only if the file was last changed by a program that keeps it.
    guard big(24) == big(92) else { return bytes.count }
    return max(bytes.count, min(big(28) * (page == 1 ? 65_536 : page), bytes.count * 64))
  }

  /// Fills a buffer from a place; false if some of it lies behind the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
    if let overlay, let start = overlay.pages[place / overlay.pageSize + 1] {
      let offset = place % overlay.pageSize
      guard offset + buffer.count <= overlay.pageSize else {
        for index in 0..<buffer.count { buffer[index] = 0 }
        return false
      }
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: log[(start + offset)...].prefix(buffer.count)))
    } else {
      let count = max(0, min(buffer.count, bytes.count - place))
      if count > 0 {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place..<(place + count)]))
      }
      guard count == buffer.count else {
        for index in count..<buffer.count { buffer[index] = 0 }
        return place + buffer.count <= size
      }
    }
    forgetLogging(buffer, at: place)
    noteRead(buffer.count)
    return true
  }

  /// Bytes 18 and 19 tell SQLite to look for a log by name; there are no names here.
  private func forgetLogging(_ buffer: UnsafeMutableRawBufferPointer, at place: Int) {
    for index in 18...19 where (place..<(place + buffer.count)).contains(index) {
      if buffer[index - place] == 2 { buffer[index - place] = 1 }
    }
  }

  private func noteRead(_ count: Int) {
    let isDue = sinceRelease.withLock { read in
      read += count
      guard read > ForeignFile.releaseStep else { return false }
      read = 0
      return true
    }
    if isDue { release() }
  }
}

/// A file system for SQLite that has only the databases handed to it, and can only read.
enum ForeignFileSystem {
  static let name = "archive-foreign"

  private static let files = Mutex<[String: ForeignFile]>([:])
  private static let counter = Mutex(0)

  /// Registers the file system once.
  private static let isRegistered: Bool = {
    let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    system.initialize(to: sqlite3_vfs())
    system.pointee.iVersion = 1
    system.pointee.szOsFile = Int32(MemoryLayout<OpenFile>.size)
    system.pointee.mxPathname = 64
    system.pointee.zName = UnsafePointer(strdup(name))
    system.pointee.xOpen = open
    system.pointee.xDelete = { _, _, _ in SQLITE_READONLY }
    system.pointee.xAccess = { _, _, _, result in
      result?.pointee = 0
      return SQLITE_OK
    }
    system.pointee.xFullPathname = { _, path, size, out in
      guard let path, let out else { return SQLITE_CANTOPEN }
      strncpy(out, path, Int(size))
      return SQLITE_OK
    }
    system.pointee.xRandomness = { _, size, _ in size }
    system.pointee.xSleep = { _, _ in 0 }
    system.pointee.xCurrentTime = { _, _ in SQLITE_ERROR }
    system.pointee.xGetLastError = { _, _, _ in 0 }
    return sqlite3_vfs_register(system, 0) == SQLITE_OK
  }()

  /// Makes a file known under a name of its own.
  static func add(_ file: ForeignFile) -> String {
    _ = isRegistered
    let number = counter.withLock { number in
      number += 1
      return number
    }
    let name = "foreign-\(number)"
    files.withLock { $0[name] = file }
    return name
  }

  static func remove(_ name: String) { files.withLock { $0[name] = nil } }

  /// What SQLite keeps of an open file; it allocates the memory.
  private struct OpenFile {
    var base: sqlite3_file
    var file: Unmanaged<ForeignFile>
  }

  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?,
      UnsafeMutablePointer<sqlite3_file>?,
      Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32 = { _, path, out, _, flags in
      guard let path, let out else { return SQLITE_CANTOPEN }
      let name = String(cString: path)
      out.pointee.pMethods = nil
      guard let file = files.withLock({ $0[name] }) else { return SQLITE_CANTOPEN }
      UnsafeMutableRawPointer(out).bindMemory(to: OpenFile.self, capacity: 1).initialize(
        to: OpenFile(
          base: sqlite3_file(pMethods: UnsafePointer(methods)),
          file: Unmanaged.passRetained(file)))
      flags?.pointee = SQLITE_OPEN_READONLY
      return SQLITE_OK
    }

  private static func file(_ base: UnsafeMutablePointer<sqlite3_file>?) -> Unmanaged<ForeignFile>? {
    guard let base else { return nil }
    return UnsafeMutableRawPointer(base).assumingMemoryBound(to: OpenFile.self).pointee.file
  }

  nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    methods.pointee.iVersion = 1
    methods.pointee.xClose = { base in
      ForeignFileSystem.file(base)?.release()
      return SQLITE_OK
    }
    methods.pointee.xRead = { base, buffer, count, place in
      guard let file = ForeignFileSystem.file(base), let buffer else { return cannotRead }
      let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
      let isWhole = file.takeUnretainedValue().read(target, at: Int(place))
      return isWhole ? SQLITE_OK : shortRead
    }
    methods.pointee.xWrite = { _, _, _, _ in SQLITE_READONLY }
    methods.pointee.xTruncate = { _, _ in SQLITE_READONLY }
    methods.pointee.xSync = { _, _ in SQLITE_OK }
    methods.pointee.xFileSize = { base, size in
      guard let file = ForeignFileSystem.file(base) else { return SQLITE_IOERR }
      size?.pointee = Int64(file.takeUnretainedValue().size)
      return SQLITE_OK
    }
    methods.pointee.xLock = { _, _ in SQLITE_OK }
    methods.pointee.xUnlock = { _, _ in SQLITE_OK }
    methods.pointee.xCheckReservedLock = { _, result in
      result?.pointee = 0
      return SQLITE_OK
    }
    methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    methods.pointee.xSectorSize = { _ in 4_096 }
    methods.pointee.xDeviceCharacteristics = { _ in SQLITE_IOCAP_IMMUTABLE }
    return methods
  }()

  /// `SQLITE_IOERR_SHORT_READ` and `cannotRead`, whose macros Swift does not see.
  private static let shortRead = SQLITE_IOERR | 2 << 8
  private static let cannotRead = SQLITE_IOERR | 1 << 8
}
