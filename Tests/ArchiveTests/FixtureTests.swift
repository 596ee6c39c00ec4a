import Foundation
import SocialArchive
import TestSupport
import Testing

/// Outside downloads: no file makes the command fail as a whole, and each message is accounted
/// for.
@Suite(.enabled(if: TestFolders.fixtures != nil)) struct FixtureTests {
  /// The folders and files of a fixture, and how many messages they hold, counted by hand.
  @Test(arguments: [
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/json_simple", 4),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/json_multifile", 4),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/json_group", 3),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/json_nontext", 6),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/e2ee_simple", 6),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/corrupt", 1),
    ("meta/kenn-io+msgvault/internal/fbmessenger/testdata/mixed", 2),
    ("meta/joweich+chat-miner/test/instagram", 2),
    ("whatsapp/skowalak+whatsapp-to-sqlite", 8),
    ("whatsapp/MasterScrat+Chatistics/tests/test_data/whatsapp/_chat 2.txt", 4),
    ("whatsapp/MasterScrat+Chatistics/tests/test_data/whatsapp/_chat 4.txt", 3),
    // One chat in five spellings of its dates: the union is one of them.
    ("whatsapp/joweich+chat-miner", 9),
  ])
  func holdsItsMessages(_ path: String, _ count: Int) throws {
    let folder = try #require(TestFolders.fixtures)
    try TestFolders.withScratch { scratch in
      var options = ImportOptions()
      options.timezone = "UTC"
      let receipt = try SocialArchive(folder: scratch + "/archive")
        .importDownloads(["\(folder)/\(path)"], options: options)
      #expect(receipt.totalMessages == count)
      #expect(receipt.files.values.reduce(0, +) == receipt.fileCount)
    }
  }

  @Test func everyFolderImportsTogether() throws {
    let folder = try #require(TestFolders.fixtures)
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      let receipt = try archive.importDownloads(["\(folder)/meta", "\(folder)/whatsapp"])
      #expect(receipt.totalMessages > 60)
      #expect(try archive.verify().isEmpty)
    }
  }
}
