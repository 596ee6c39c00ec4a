import Downloads
import Foundation
import TestSupport
import Testing

@Suite struct TarReaderTests {
  /// Makes a tar with the system's own program.
  private func withTar(
    _ flags: String, ending: String, _ files: [String: String], _ body: (String) throws -> Void
  ) throws {
    try TestFolders.withScratch { scratch in
      let manager = FileManager.default
      for (path, content) in files {
        let url = URL(fileURLWithPath: scratch + "/tree/" + path)
        try manager.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
      }
      let path = scratch + "/download" + ending
      let tar = Process()
      tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      tar.arguments = ["tar", flags, path, "-C", scratch + "/tree", "."]
      try tar.run()
      tar.waitUntilExit()
      #expect(tar.terminationStatus == 0)
      try body(path)
    }
  }

  private func read(
    _ path: String
  ) throws -> (files: [String: String], outcomes: [EntryOutcome], problems: [String]) {
    var files: [String: String] = [:]
    var outcomes: [EntryOutcome] = []
    var problems: [String] = []
    try Part.at(path).forEachEntry(
      { entry in
        var bytes: [UInt8] = []
        outcomes.append(try entry.read { bytes += $0 })
        files[entry.name.text] = String(decoding: bytes, as: UTF8.self)
      }, problem: { problems.append($0.reason) })
    return (files, outcomes, problems)
  }

  @Test(arguments: [("-cf", ".tar"), ("-czf", ".tar.gz"), ("-czf", ".tgz")])
  func readsNamesOfAllScripts(_ flags: String, _ ending: String) throws {
    let files = ["messages/دردشة/1.json": "مرحبا", "Συνομιλία.txt": "γεια", "צ'אט.txt": "שלום"]
    try withTar(flags, ending: ending, files) { path in
      let found = try read(path)
      #expect(found.files == files)
      #expect(found.outcomes.allSatisfy { $0 == .whole })
      #expect(found.problems.isEmpty)
    }
  }

  @Test func readsWholeEntriesOfACutTar() throws {
    let text = String(repeating: "x", count: 10_000)
    let files = Dictionary(uniqueKeysWithValues: (0..<5).map { ("file\($0).txt", text) })
    try withTar("-cf", ending: ".tar", files) { path in
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      // The folder's header, three entries of 512 + 10,240 bytes, and a piece of the fourth.
      try whole.prefix(512 + 3 * 10_752 + 5_000).write(to: URL(fileURLWithPath: path))
      let found = try read(path)
      #expect(found.outcomes.filter { $0 == .whole }.count == 3)
      #expect(found.files.values.filter { $0 == text }.count == 3)
      #expect(found.outcomes.count == 4 || !found.problems.isEmpty)
    }
  }
}
