package import Foundation
import SocialArchive

/// Runs what writes to a file descriptor, and gives back what it wrote.
package enum Captured {
  package static func bytes(_ body: (Int32) throws -> Void) throws -> Data {
    let path = NSTemporaryDirectory() + "/archive-captured-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try body(handle.fileDescriptor)
    try handle.close()
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// The canonical dump of an archive.
  package static func dump(_ folder: String) throws -> String {
    let data = try bytes { try SocialArchive(folder: folder).dump(to: $0) }
    return String(decoding: data, as: UTF8.self)
  }
}
