import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// A number that a list has shown is somebody's for good: people write it down.
@Suite struct NumberTests {
  private static var options: ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "Asia/Amman"
    return options
  }

  /// Numbers of customers and orders by their uids.
  private func numbers(_ archive: SocialArchive) throws -> [String: Int64] {
    var numbers: [String: Int64] = [:]
    for row in try ArchiveDatabase.openForReading(archive.folder).rows(
      "SELECT uid, id FROM customers UNION ALL SELECT uid, id FROM orders")
    {
      numbers[row[0].text ?? ""] = row[1].integer
    }
    return numbers
  }

  @Test func theyStayThroughRebuildAndRestore() throws {
    try TestFolders.withScratch { scratch in
      // One download after the other: all at once would number them in another order.
      let archive = SocialArchive(folder: scratch + "/archive")
      for name in ["whatsapp/iphone_ar_dresses", "whatsapp/android_en_cakes"] {
        _ = try archive.importDownloads(
          ["\(TestFolders.samples)/\(name)/download"], options: Self.options)
      }
      let before = try numbers(archive)
      #expect(before.count >= 4)
      _ = try archive.exportFolder(
        ExportSelection(), withOriginals: true, to: scratch + "/copy", replaces: false)
      let second = SocialArchive(folder: scratch + "/second")
      _ = try second.restore(scratch + "/copy")
      #expect(try numbers(second) == before)
      for one in [archive, second] {
        _ = try one.rebuild()
        #expect(try numbers(one) == before)
      }
      // Who comes later gets a number that nobody had.
      _ = try archive.importDownloads(
        ["\(TestFolders.samples)/whatsapp/iphone_el_shop/download"], options: Self.options)
      let after = try numbers(archive)
      #expect(after.count > before.count)
      #expect(before.allSatisfy { after[$0.key] == $0.value })
    }
  }

  /// Somebody who is lost with an original, and comes again, is whom the number meant.
  @Test func whoComesAgainHasTheOldNumber() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      let names = ["whatsapp/iphone_ar_dresses", "whatsapp/android_en_cakes"]
      for name in names {
        _ = try archive.importDownloads(
          ["\(TestFolders.samples)/\(name)/download"], options: Self.options)
      }
      let before = try numbers(archive)
      let hash = try #require(
        ArchiveDatabase.openForReading(archive.folder).cell(
          "SELECT sha256 FROM files WHERE path LIKE '%.txt' AND import_id = 1"
        ).text)
      try FileManager.default.removeItem(
        atPath: "\(archive.folder)/objects/\(hash.prefix(2))/\(hash)")
      _ = try archive.rebuild(isPartial: true)
      #expect(try numbers(archive).count < before.count)
      _ = try archive.importDownloads(
        ["\(TestFolders.samples)/\(names[0])/download"], options: Self.options)
      #expect(try numbers(archive) == before)
    }
  }
}
