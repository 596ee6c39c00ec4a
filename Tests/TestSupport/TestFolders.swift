import Foundation

/// Folders that tests work in and read from.
package enum TestFolders {
  /// The project's root.
  package static let project: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  package static let samples = project + "/Samples"

  /// Real and synthetic downloads that are not part of the project; nil in a stranger's clone.
  package static let fixtures: String? = {
    guard let path = ProcessInfo.processInfo.environment["ARCHIVE_FIXTURES"], !path.isEmpty else {
      print("ARCHIVE_FIXTURES is not set: tests of outside downloads are skipped")
      return nil
    }
    return path
  }()

  /// Calls `body` with a new folder that is removed afterwards.
  package static func withScratch<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "/archive-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// Each sample: `<importer>/<name>`.
  package static func sampleNames() throws -> [String] {
    let manager = FileManager.default
    return try manager.contentsOfDirectory(atPath: samples).sorted().flatMap { importer in
      let folder = samples + "/" + importer
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
        return [String]()
      }
      return try manager.contentsOfDirectory(atPath: folder).sorted().filter {
        manager.fileExists(atPath: "\(folder)/\($0)/expected.json")
      }.map { "\(importer)/\($0)" }
    }
  }
}
