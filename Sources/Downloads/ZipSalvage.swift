/// Finds the entries of a zip whose directory is lost, by their local headers.
enum ZipSalvage {
  private static let signature: UInt32 = 0x0403_4B50

  /// Entries whose headers stand in `file`. Sizes come from the headers; an entry that does not
  /// know its size is given up to the next header.
  static func scan(_ file: ByteFile, limits: DownloadLimits) throws -> [ZipEntry] {
    var found: [ZipEntry] = []
    var offset: Int64 = 0
    while found.count < limits.entries, let next = try nextHeader(file, from: offset) {
      let header = HeaderBytes(bytes: try file.read(at: next, count: 30))
      let nameLength = Int(header.uint16(26) ?? 0)
      let extraLength = Int(header.uint16(28) ?? 0)
      let variable = try file.read(at: next + 30, count: nameLength + extraLength)
      guard variable.count == nameLength + extraLength, nameLength > 0 else { break }
      let extra = ZipExtraFields(Array(variable[nameLength...]))
      let flags = header.uint16(6) ?? 0
      var size = Int64(header.uint32(22) ?? 0)
      var packed = Int64(header.uint32(18) ?? 0)
      var wide = extra.zip64
      if size == 0xFFFF_FFFF { size = wide.next() ?? 0 }
      if packed == 0xFFFF_FFFF { packed = wide.next() ?? 0 }
      let data = next + 30 + Int64(nameLength + extraLength)
      let isOpen = flags & 8 != 0 && packed == 0
      let end = isOpen ? try nextHeader(file, from: data) ?? file.size : data + packed
      if isOpen { (size, packed) = try openSizes(file, data: data, end: end) }
      found.append(
        ZipEntry(
          name: ZipNames.decode(Array(variable[..<nameLength]), flags: flags, extra: extra),
          flags: flags, method: header.uint16(8) ?? 0, crc: isOpen ? 0 : header.uint32(14) ?? 0,
          packedSize: packed, size: size, headerOffset: next))
      offset = max(end, next + 30)
    }
    return found
  }

  /// Sizes from the data descriptor that ends just before `end`, else as much as there may be.
  private static func openSizes(
    _ file: ByteFile, data: Int64, end: Int64
  ) throws -> (size: Int64, packed: Int64) {
    let tail = HeaderBytes(bytes: try file.read(at: max(data, end - 16), count: 16))
    if tail.uint32(0) == 0x0807_4B50, let packed = tail.uint32(8), let size = tail.uint32(12),
      data + Int64(packed) + 16 == end
    {
      return (Int64(size), Int64(packed))
    }
    let space = end - data
    return (space.multipliedReportingOverflow(by: 1_032).0, space)
  }

  /// The place of the next local header at or after `start`.
  private static func nextHeader(_ file: ByteFile, from start: Int64) throws -> Int64? {
    var offset = start
    while offset < file.size {
      let chunk = try file.read(at: offset, count: 1 << 18)
      guard chunk.count >= 4 else { return nil }
      for index in 0...(chunk.count - 4)
      where chunk[index] == 0x50 && chunk[index + 1] == 0x4B && chunk[index + 2] == 0x03
        && chunk[index + 3] == 0x04
      {
        return offset + Int64(index)
      }
      offset += Int64(chunk.count - 3)
      if chunk.count < 1 << 18 { return nil }
    }
    return nil
  }
}
