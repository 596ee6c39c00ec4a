import CZlib

/// Reads a zip: the list of files from its directory, the bytes entry by entry.
struct ZipReader {
  private let file: ByteFile
  private let limits: DownloadLimits

  init(path: String, limits: DownloadLimits) throws {
    file = try ByteFile(path: path)
    self.limits = limits
  }

  /// The entries and what is wrong with the zip as a whole.
  ///
  /// Without a usable directory, as in a download that broke off, the entries are found by
  /// their own headers.
  func listing() throws -> (entries: [ZipEntry], problems: [PartProblem]) {
    do {
      let directory = try ZipDirectory(file, limits: limits)
      return (directory.entries, directory.problems)
    } catch let DownloadError.damaged(path, reason) {
      let found = try ZipSalvage.scan(file, limits: limits)
      guard !found.isEmpty else { throw DownloadError.damaged(path: path, reason: reason) }
      return (found, [PartProblem(entry: nil, reason: reason)])
    }
  }

  /// Reads all entries in the order in which they lie in the file.
  func forEach(
    _ visit: (EntryName, Int64, (([UInt8]) throws -> Void) throws -> EntryOutcome) throws -> Void,
    problem: (PartProblem) throws -> Void
  ) throws {
    let (entries, problems) = try listing()
    for found in problems { try problem(found) }
    var budget = max(limits.freeBytes, file.size.multipliedReportingOverflow(by: limits.ratio).0)
    var covered: Int64 = 0
    for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      if entry.name.isFolder && entry.size == 0 { continue }
      let overlaps = entry.headerOffset < covered
      if !overlaps { covered = entry.headerOffset + 30 + entry.packedSize }
      try visit(entry.name, entry.size) { sink in
        if overlaps { return .unreadable("its bytes overlap another file's: a zip bomb or damage") }
        if entry.size > budget || entry.size > limits.entryBytes {
          return .unreadable("it would unpack to far more than the zip should hold")
        }
        let outcome = try read(entry, sink)
        budget -= entry.size
        return outcome
      }
    }
  }

  /// Reads one entry and checks its size and checksum.
  private func read(
    _ entry: ZipEntry, _ sink: ([UInt8]) throws -> Void
  ) throws -> EntryOutcome {
    if entry.isEncrypted {
      return .unreadable("it is encrypted; unpack it with its password first")
    }
    let header = HeaderBytes(bytes: try file.read(at: entry.headerOffset, count: 30))
    guard header.uint32(0) == 0x0403_4B50 else {
      return .unreadable("its header is damaged")
    }
    var state = Progress()
    let take: ([UInt8]) throws -> Bool = { chunk in
      let allowed = Int(min(Int64(chunk.count), entry.size - state.count))
      let kept = allowed == chunk.count ? chunk : Array(chunk[..<max(0, allowed)])
      try state.add(kept, sink)
      return allowed == chunk.count
    }
    let data = dataOffset(entry, header)
    let failure: String? =
      switch entry.method {
      case 0: try readStored(entry, from: data, take)
      case 8: try InflatedEntry(file: file, offset: data, packedSize: entry.packedSize).read(take)
      // What libarchive knows: deflate64, bzip2, LZMA, Zstandard, XZ, PPMd.
      case 9, 12, 14, 93, 95, 98:
        try CompressedEntry(file: file, offset: entry.headerOffset).read(take)
      default: "its compression method \(entry.method) is not known; unpack it by its own program"
      }
    if let failure { return state.count > 0 ? .damaged(failure) : .unreadable(failure) }
    guard state.count == entry.size else {
      return .damaged("it has \(state.count) bytes where the zip says \(entry.size)")
    }
    guard state.crc == entry.crc || entry.crc == 0 && entry.flags & 8 != 0 else {
      return .damaged("its checksum does not agree: the download is damaged")
    }
    return .whole
  }

  /// Where the bytes begin: behind the local header, whose lengths may differ from the
  /// directory's.
  private func dataOffset(_ entry: ZipEntry, _ header: HeaderBytes) -> Int64 {
    entry.headerOffset + 30 + Int64(header.uint16(26) ?? 0) + Int64(header.uint16(28) ?? 0)
  }

  private func readStored(
    _ entry: ZipEntry, from start: Int64, _ take: ([UInt8]) throws -> Bool
  ) throws -> String? {
    guard entry.packedSize == entry.size else { return "its two sizes disagree" }
    guard start + entry.size <= file.size else {
      return try readRest(from: start, take) ?? "the file ends before its bytes do"
    }
    var offset = start
    while offset < start + entry.size {
      let chunk = try file.read(
        at: offset, count: Int(min(1 << 18, start + entry.size - offset)))
      guard !chunk.isEmpty, try take(chunk) else { return "the file ends before its bytes do" }
      offset += Int64(chunk.count)
    }
    return nil
  }

  private func readRest(from start: Int64, _ take: ([UInt8]) throws -> Bool) throws -> String? {
    var offset = start
    while offset < file.size {
      let chunk = try file.read(at: offset, count: 1 << 18)
      guard !chunk.isEmpty, try take(chunk) else { break }
      offset += Int64(chunk.count)
    }
    return nil
  }
}

/// Bytes read so far of one entry.
private struct Progress {
  private(set) var count: Int64 = 0
  private(set) var crc: UInt32 = 0

  mutating func add(_ chunk: [UInt8], _ sink: ([UInt8]) throws -> Void) throws {
    guard !chunk.isEmpty else { return }
    crc = UInt32(
      truncatingIfNeeded: chunk.withUnsafeBufferPointer {
        crc32(uLong(crc), $0.baseAddress, uInt($0.count))
      })
    count += Int64(chunk.count)
    try sink(chunk)
  }
}
