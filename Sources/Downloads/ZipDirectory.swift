/// One entry as the central directory of a zip describes it.
struct ZipEntry {
  let name: EntryName
  let flags: UInt16
  let method: UInt16
  let crc: UInt32
  let packedSize: Int64
  let size: Int64
  /// Where the local header begins, from the start of the file.
  let headerOffset: Int64

  var isEncrypted: Bool { flags & 1 != 0 }
}

/// The central directory of a zip: names, sizes and places of its entries.
///
/// Read by ourselves, because readers that stream lose names in other encodings and hide
/// entries whose headers disagree. APPNOTE 6.3.10, sections 4.3 and 4.5.
struct ZipDirectory {
  private(set) var entries: [ZipEntry] = []
  private(set) var problems: [PartProblem] = []

  private static let centralSignature: UInt32 = 0x0201_4B50

  /// Reads the directory of `file`.
  ///
  /// - Throws: `DownloadError.damaged` if there is no usable directory.
  init(_ file: ByteFile, limits: DownloadLimits) throws {
    let end = try ZipEnd(file)
    problems = end.problems
    var offset = end.directoryOffset
    var window = Window(file: file)
    while entries.count < min(end.entryCount, limits.entries) {
      guard let header = try window.bytes(at: offset, count: 46) else {
        problems.append(PartProblem(entry: nil, reason: "the list of files ends too early"))
        break
      }
      let fixed = HeaderBytes(bytes: header)
      guard fixed.uint32(0) == ZipDirectory.centralSignature else {
        problems.append(PartProblem(entry: nil, reason: "the list of files is damaged"))
        break
      }
      let nameLength = Int(fixed.uint16(28) ?? 0)
      let extraLength = Int(fixed.uint16(30) ?? 0)
      let commentLength = Int(fixed.uint16(32) ?? 0)
      guard let variable = try window.bytes(at: offset + 46, count: nameLength + extraLength)
      else {
        problems.append(PartProblem(entry: nil, reason: "the list of files ends too early"))
        break
      }
      add(fixed, name: Array(variable[..<nameLength]), extra: Array(variable[nameLength...]))
      offset += Int64(46 + nameLength + extraLength + commentLength)
    }
    if end.entryCount > limits.entries {
      problems.append(
        PartProblem(entry: nil, reason: "more than \(limits.entries) files; the rest is not read"))
    }
  }

  private mutating func add(_ fixed: HeaderBytes, name: [UInt8], extra: [UInt8]) {
    let flags = fixed.uint16(8) ?? 0
    var size = Int64(fixed.uint32(24) ?? 0)
    var packed = Int64(fixed.uint32(20) ?? 0)
    var offset = Int64(fixed.uint32(42) ?? 0)
    let fields = ZipExtraFields(extra)
    let entryName = ZipNames.decode(name, flags: flags, extra: fields)
    if fields.isMalformed {
      problems.append(
        PartProblem(entry: entryName.text, reason: "an extra field is longer than its space"))
    }
    if size == 0xFFFF_FFFF || packed == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      var wide = fields.zip64
      size = size == 0xFFFF_FFFF ? wide.next() ?? -1 : size
      packed = packed == 0xFFFF_FFFF ? wide.next() ?? -1 : packed
      offset = offset == 0xFFFF_FFFF ? wide.next() ?? -1 : offset
      if size < 0 || packed < 0 || offset < 0 {
        problems.append(
          PartProblem(entry: entryName.text, reason: "the sizes of a large file are missing"))
        return
      }
    }
    entries.append(
      ZipEntry(
        name: entryName, flags: flags, method: fixed.uint16(10) ?? 0, crc: fixed.uint32(16) ?? 0,
        packedSize: packed, size: size, headerOffset: offset))
  }
}

/// A sliding window over the directory, so that its size does not count.
private struct Window {
  let file: ByteFile
  private var start: Int64 = 0
  private var held: [UInt8] = []

  init(file: ByteFile) { self.file = file }

  mutating func bytes(at offset: Int64, count: Int) throws -> [UInt8]? {
    if offset < start || offset + Int64(count) > start + Int64(held.count) {
      held = try file.read(at: offset, count: max(count, 1 << 18))
      start = offset
    }
    let from = Int(offset - start)
    guard from + count <= held.count else { return nil }
    return Array(held[from..<(from + count)])
  }
}
