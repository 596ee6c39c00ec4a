import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Damaged pages and data: nothing traps or hangs, and a neighbour loses nothing.
///
/// `ARCHIVE_MUTATIONS` raises the number of cases.
@Suite struct MutationTests {
  private static let cases =
    ProcessInfo.processInfo.environment["ARCHIVE_MUTATIONS"].flatMap(Int.init) ?? 2_000
  /// Damaged threads that are imported together.
  private static let atOnce = 50

  /// Files to damage: a page of each build, data, and a file of records.
  private func seeds() throws -> [(name: String, bytes: [UInt8])] {
    let account = InventedAccount(threads: 1, messages: 12)
    var found: [(String, [UInt8])] = []
    try TestFolders.withScratch { scratch in
      for (number, generation) in PageGeneration.allCases.enumerated() {
        let root = "\(scratch)/\(generation.rawValue)"
        try account.writePages(
          generation, PageDates.modern[number % PageDates.modern.count], to: root)
      }
      try account.writeJSON(to: scratch + "/data")
      let files = FileManager.default.enumerator(atPath: scratch)
      while let path = files?.nextObject() as? String {
        guard path.hasSuffix(".html") || path.hasSuffix(".htm") || path.hasSuffix(".json") else {
          continue
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: scratch + "/" + path))
        let name = path.split(separator: "/").last.map(String.init) ?? path
        found.append(
          (name == "0.html" || name == "messages.htm" ? "message_1.html" : name, Array(data)))
      }
    }
    return found.sorted { $0.0 < $1.0 || $0.0 == $1.0 && $0.1.count < $1.1.count }
  }

  /// One to eight changes: bytes turned, cut, doubled, or exchanged for what parsers dislike.
  private static func damage(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    let pieces = [
      "<", ">", "\"", "</div>", "<div>", "<!--", "<script>", "&", "&#0;", "\0", "\\u", "{", "]",
      "\u{FEFF}",
    ].map { Array($0.utf8) }
    for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 40))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 200)], at: place)
      case 3:
        bytes.insert(
          contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &numbers)], at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  @Test func damagedThreadsCostOnlyThemselves() throws {
    let seeds = try seeds()
    #expect(seeds.count > 7)
    var numbers = SeededNumbers(seed: 11)
    let neighbour = """
      {"participants":[{"name":"Dana"},{"name":"Shop"}],"messages":[{"sender_name":"Dana",\
      "timestamp_ms":1700000000000,"content":"still here"}],"title":"Dana"}
      """
    for _ in 0..<max(1, MutationTests.cases / MutationTests.atOnce) {
      try TestFolders.withScratch { scratch in
        let inbox = scratch + "/download/your_facebook_activity/messages/inbox"
        func write(_ bytes: [UInt8], _ path: String) throws {
          let url = URL(fileURLWithPath: path)
          try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(bytes).write(to: url)
        }
        for number in 0..<MutationTests.atOnce {
          let seed = seeds[Int.random(in: 0..<seeds.count, using: &numbers)]
          let path = "\(inbox)/damaged_\(700_000 + number)/\(seed.name)"
          try write(MutationTests.damage(seed.bytes, &numbers), path)
        }
        try write(Array(neighbour.utf8), "\(inbox)/dana_123456/message_1.json")
        let archive = SocialArchive(folder: scratch + "/archive")
        let receipt = try archive.importDownloads([scratch + "/download"])
        #expect(receipt.files.values.reduce(0, +) == MutationTests.atOnce + 1)
        let found = try ArchiveDatabase.openForReading(archive.folder).rows(
          "SELECT count(*) FROM messages WHERE text = 'still here'")
        #expect(found == [[.integer(1)]])
        #expect(try archive.verify() == [])
      }
    }
  }
}
