/// The records at the end of a zip that say where its directory is.
struct ZipEnd {
  private(set) var directoryOffset: Int64 = 0
  private(set) var entryCount = 0
  private(set) var problems: [PartProblem] = []

  private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let locatorSignature: UInt32 = 0x0706_4B50
  private static let wideSignature: UInt32 = 0x0606_4B50

  /// Finds the end records.
  ///
  /// - Throws: `DownloadError.damaged` if there are none or they make no sense.
  init(_ file: ByteFile) throws {
    func damaged(_ reason: String) -> DownloadError {
      .damaged(path: file.path, reason: reason)
    }
    let tailStart = max(0, file.size - 65_557)
    let tail = try file.read(at: tailStart, count: 65_557)
    guard let found = ZipEnd.lastEnd(in: tail) else {
      throw damaged("the end of the zip is missing: the download is not complete, or no zip")
    }
    let record = HeaderBytes(bytes: Array(tail[found...]))
    let commentLength = Int(record.uint16(20) ?? 0)
    if commentLength != tail.count - found - 22 {
      problems.append(PartProblem(entry: nil, reason: "there are extra bytes after the zip's end"))
    }
    if (record.uint16(4) ?? 0) != 0, record.uint16(4) != 0xFFFF {
      throw damaged("this is one disk of a zip in several disks; join them first")
    }
    entryCount = Int(record.uint16(10) ?? 0)
    directoryOffset = Int64(record.uint32(16) ?? 0)
    let endOffset = tailStart + Int64(found)
    if entryCount == 0xFFFF || directoryOffset == 0xFFFF_FFFF {
      try readWide(file, before: endOffset, damaged)
    } else {
      let size = Int64(record.uint32(12) ?? 0)
      skipPrefix(file, expected: endOffset - size)
    }
    guard directoryOffset >= 0, directoryOffset <= file.size else {
      throw damaged("the zip points to a list of files outside itself")
    }
  }

  /// Data before the zip shifts all places by the same length.
  private mutating func skipPrefix(_ file: ByteFile, expected: Int64) {
    guard expected > directoryOffset, expected < file.size else { return }
    if let head = try? file.read(at: directoryOffset, count: 4),
      HeaderBytes(bytes: head).uint32(0) == 0x0201_4B50 || entryCount == 0
    {
      return
    }
    problems.append(PartProblem(entry: nil, reason: "there are bytes before the zip's start"))
    directoryOffset = expected
  }

  private mutating func readWide(
    _ file: ByteFile, before end: Int64, _ damaged: (String) -> DownloadError
  ) throws {
    let locator = HeaderBytes(bytes: try file.read(at: max(0, end - 20), count: 20))
    guard locator.uint32(0) == ZipEnd.locatorSignature else {
      guard entryCount != 0xFFFF else { return }
      throw damaged("the large-zip record is missing")
    }
    let offset = Int64(clamping: locator.uint64(8) ?? 0)
    let record = HeaderBytes(bytes: try file.read(at: offset, count: 56))
    guard record.uint32(0) == ZipEnd.wideSignature, let count = record.uint64(32),
      let start = record.uint64(48)
    else { throw damaged("the large-zip record is damaged") }
    entryCount = Int(clamping: count)
    directoryOffset = Int64(clamping: start)
  }

  /// The last end record whose comment length fits, else the last one at all.
  private static func lastEnd(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    var fallback: Int?
    for start in stride(from: tail.count - 22, through: 0, by: -1)
    where tail[start] == 0x50 && Array(tail[start..<(start + 4)]) == signature {
      let length = Int(tail[start + 20]) | Int(tail[start + 21]) << 8
      if start + 22 + length == tail.count { return start }
      fallback = fallback ?? start
    }
    return fallback
  }
}
