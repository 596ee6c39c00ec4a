import Foundation

/// Makes zips, whole and broken, with names in any encoding.
package struct ZipMaker {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// Adds a stored file.
  ///
  /// - Parameters:
  ///   - name: The bytes of the name.
  ///   - content: The bytes of the file.
  ///   - flags: General purpose flags; bit 11 says that the name is UTF-8.
  ///   - statedSize: The size that the headers state, where it is to be a lie.
  package mutating func add(
    name: [UInt8], content: [UInt8], flags: UInt16 = 0, statedSize: Int? = nil
  ) {
    let offset = bytes.count
    let size = UInt32(statedSize ?? content.count)
    let shared =
      ZipMaker.two(20) + ZipMaker.two(flags) + ZipMaker.two(0) + ZipMaker.four(0)
      + ZipMaker.four(ZipMaker.crc(content)) + ZipMaker.four(size) + ZipMaker.four(size)
      + ZipMaker.two(UInt16(name.count)) + ZipMaker.two(0)
    bytes += [0x50, 0x4B, 3, 4] + shared + name + content
    directory +=
      [0x50, 0x4B, 1, 2] + ZipMaker.two(20) + shared + ZipMaker.two(0) + ZipMaker.two(0)
      + ZipMaker.two(0) + ZipMaker.four(0) + ZipMaker.four(UInt32(offset)) + name
    count += 1
  }

  package mutating func add(_ name: String, _ content: String) {
    add(name: Array(name.utf8), content: Array(content.utf8), flags: 0x800)
  }

  /// Adds an entry of the directory once more, so that two names share the same bytes.
  package mutating func addDirectoryTwice() {
    directory += directory
    count *= 2
  }

  package func write(to path: String, cutAt length: Int? = nil) throws {
    let end =
      [0x50, 0x4B, 5, 6] + ZipMaker.four(0) + ZipMaker.two(UInt16(count))
      + ZipMaker.two(UInt16(count)) + ZipMaker.four(UInt32(directory.count))
      + ZipMaker.four(UInt32(bytes.count)) + ZipMaker.two(0)
    let whole = bytes + directory + end
    try Data(whole.prefix(length ?? whole.count)).write(to: URL(fileURLWithPath: path))
  }

  private static func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private static func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(value & 0xFFFF)) + two(UInt16(value >> 16))
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
