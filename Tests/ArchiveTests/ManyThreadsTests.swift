import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// A file of very many threads, thousands of them of the same minute: they are written while it is read,
/// and one that comes again is still one.
@Suite struct ManyThreadsTests {
  /// A thread of Facebook's page of all messages, newest first.
  private func thread(_ name: String, _ minutes: [Int]) -> String {
    "<div class=\"thread\">\(name), Rana Shop"
      + minutes.map { minute in
        """
        <div class="message"><div class="message_header"><span class="user">\(name)</span>\
        <span class="meta">Thursday, May \(minute / 60 + 1), 2014 at \
        9:\(minute % 60 < 10 ? "0" : "")\(minute % 60)am UTC+00</span></div></div>
        <p>number \(minute)</p>
        """
      }.joined() + "</div>"
  }

  @Test func aThreadInPiecesIsOne() throws {
    try TestFolders.withScratch { scratch in
      let others = (0..<4_500).map { thread("Person \($0)", [$0 % 2]) }.joined()
      let page =
        "<html><head><title>Rana Shop - Messages</title></head><body><div class=\"contents\">"
        + "<h1>Rana Shop</h1><div>" + thread("Dana", [900, 800, 700]) + others
        + thread("Dana", [600, 500]) + "</div></div></body></html>"
      let folder = scratch + "/download/html"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(page.utf8).write(to: URL(fileURLWithPath: folder + "/messages.htm"))
      var options = ImportOptions()
      options.timezone = "UTC"
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads([scratch + "/download"], options: options)
      #expect(try archive.verify().isEmpty)
      let database = try ArchiveDatabase.openForReading(scratch + "/archive")
      #expect(try database.cell("SELECT count(*) FROM messages") == .integer(4_505))
      #expect(try database.cell("SELECT count(*) FROM conversations") == .integer(4_501))
      // From the 9th, 9:20, to the 16th, 9:00.
      #expect(
        try database.rows(
          """
          SELECT message_count, (last_ms - first_ms) / 60000 FROM thread
          WHERE participants LIKE '%Dana%'
          """) == [[.integer(5), .integer(10_060)]])
      #expect(
        try database.rows("SELECT text FROM messages WHERE sender = 'Dana' ORDER BY sent_at") == [
          [.text("number 500")], [.text("number 600")], [.text("number 700")],
          [.text("number 800")],
          [.text("number 900")],
        ])
    }
  }
}
