import Foundation
import TextDecoding

/// How fast the JSON reader goes on one core.
struct JSONSpeed {
  /// Megabytes a second over the files of a download, every key and string decoded.
  static func measure(_ folder: String) throws -> Double {
    var bytes = 0
    var seconds = 0.0
    let files = FileManager.default.enumerator(atPath: folder)
    while let path = files?.nextObject() as? String, bytes < 512 << 20 {
      guard path.hasSuffix(".json") else { continue }
      try MappedFile.read(folder + "/" + path) { view in
        // The first look brings the file into memory; the disk is not measured.
        var warm = JSONReader(view)
        try warm.skip()
        let start = Date()
        var reader = JSONReader(view, repair: .escapedBytes)
        try read(&reader)
        seconds += Date().timeIntervalSince(start)
        bytes += view.count
      }
    }
    return Double(bytes) / 1_000_000 / max(seconds, 0.001)
  }

  private static func read(_ reader: inout JSONReader) throws {
    switch reader.peek() {
    case .object:
      try reader.beginObject()
      while try reader.nextKey() != nil { try read(&reader) }
    case .array:
      try reader.beginArray()
      while try reader.nextElement() { try read(&reader) }
    case .string: _ = try reader.string()
    case .number: _ = try reader.integer()
    default: try reader.skip()
    }
  }
}
