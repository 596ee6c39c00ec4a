import Foundation
import SocialArchive
import TestSupport
import Testing

/// Any order, any grouping and any repetition of the same downloads give the same archive.
@Suite struct UnionPropertyTests {
  private func options(isStreamingOff: Bool = false) -> ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "Asia/Amman"
    options.isStreamingOff = isStreamingOff
    return options
  }

  private func downloads() throws -> [String] {
    try TestFolders.sampleNames().map { "\(TestFolders.samples)/\($0)/download" }
  }

  private func dump(_ groups: [[String]], isStreamingOff: Bool = false) throws -> String {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      for group in groups {
        _ = try archive.importDownloads(group, options: options(isStreamingOff: isStreamingOff))
      }
      return try Captured.dump(archive.folder)
    }
  }

  @Test func anyOrderAndGroupingGivesTheSame() throws {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<6 {
      let all = try downloads()
      let subset = all.filter { _ in Int.random(in: 0..<10, using: &numbers) < 7 }
      guard !subset.isEmpty else { continue }
      let expected = try dump([subset])
      for _ in 0..<3 {
        var groups: [[String]] = []
        for download in (subset + subset.prefix(3)).shuffled(using: &numbers) {
          if groups.isEmpty || Bool.random(using: &numbers) {
            groups.append([download])
          } else {
            groups[groups.count - 1].append(download)
          }
        }
        let found = try dump(groups)
        #expect(found == expected, "\(groups)")
        if found != expected { return }
      }
    }
  }

  /// Straight into the archive, or all through reconciliation: the same.
  @Test func fastPathEqualsReconciliation() throws {
    let all = try downloads()
    #expect(try dump([all]) == dump([all], isStreamingOff: true))
  }

  @Test func importingAgainChangesNothing() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      let all = try downloads()
      _ = try archive.importDownloads(all, options: options())
      let before = try Captured.dump(archive.folder)
      let receipt = try archive.importDownloads(all, options: options())
      #expect(receipt.newMessages == 0)
      #expect(try Captured.dump(archive.folder) == before)
    }
  }

  @Test func rebuildMakesTheSameArchive() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      for download in try downloads() {
        _ = try archive.importDownloads([download], options: options())
      }
      let before = try Captured.dump(archive.folder)
      _ = try archive.rebuild()
      #expect(try Captured.dump(archive.folder) == before)
      #expect(try archive.verify().isEmpty)
    }
  }

  /// A folder of zips is read like the folder that they were made of.
  @Test func partsAreOneDownload() throws {
    try TestFolders.withScratch { scratch in
      let thread = "your_facebook_activity/messages/inbox/dana_12345678"
      func file(_ time: Int, _ text: String) -> String {
        """
        {"participants":[{"name":"Dana"},{"name":"Shop"}],"messages":[{"sender_name":"Dana",\
        "timestamp_ms":\(time),"content":"\(text)"}],"title":"Dana"}
        """
      }
      // The same message at the same time in two files of one download: two messages.
      var first = ZipMaker()
      first.add(thread + "/message_1.json", file(1_700_000_000_000, "ok"))
      var second = ZipMaker()
      second.add(thread + "/message_2.json", file(1_600_000_000_000, "hello"))
      try first.write(to: scratch + "/facebook-shop-1.zip")
      try second.write(to: scratch + "/facebook-shop-2.zip")
      let together = try dump([[scratch]])
      let apart = try dump([[scratch + "/facebook-shop-2.zip"], [scratch + "/facebook-shop-1.zip"]])
      #expect(together == apart)
      #expect(together.contains("hello") && together.contains("\"message_count\":2"))
    }
  }

  /// Identical bytes are one file, whatever their names and whichever comes first.
  @Test func namesOfOneFileComeInAnyOrder() throws {
    try TestFolders.withScratch { scratch in
      let source = TestFolders.samples + "/whatsapp/android_en_cakes/download"
      let named = source + "/WhatsApp Chat with Dana Khoury.txt"
      let copy = scratch + "/zz renamed.txt"
      try FileManager.default.copyItem(atPath: named, toPath: copy)
      let orders = [[[named], [copy]], [[copy], [named]], [[named, copy]]]
      let dumps = try orders.map { try dump($0) }
      #expect(Set(dumps).count == 1)
      #expect(dumps[0].contains("\"title\":\"Dana Khoury\""))
    }
  }
}
