import Foundation
import SocialArchive
import TestSupport
import Testing

/// Databases of real phones, where `ARCHIVE_FIXTURES` names them.
@Suite(.enabled(if: TestFolders.fixtures != nil)) struct OutsideDatabaseTests {
  private func importing(_ paths: [String], _ scratch: String) throws -> ChatArchive {
    let archive = ChatArchive(scratch: scratch)
    var options = ImportOptions()
    options.timezone = "UTC"
    _ = try SocialArchive(folder: archive.folder).importDownloads(paths, options: options)
    return archive
  }

  /// An iPhone of 2023: its messages, its address book, its calls.
  @Test func anIPhone() throws {
    let folder =
      try #require(TestFolders.fixtures)
      + "/whatsapp/abrignoni+iLEAPP/admin/test/cases/data/whatsApp"
    let zips = ["CallHistory", "Contacts", "Messages"].map {
      "\(folder)/testdata.whatsApp.whatsApp\($0).josh_ios15_ffs.zip"
    }
    try TestFolders.withScratch { scratch in
      let archive = try importing(zips, scratch)
      #expect(
        try archive.rows("SELECT kind, count(*) FROM messages GROUP BY kind ORDER BY kind") == [
          "location|4", "media|2", "system|11", "text|15",
        ])
      #expect(
        try archive.rows("SELECT kind, count(*) FROM records GROUP BY kind ORDER BY kind") == [
          "call|4", "contact|9",
        ])
      #expect(try archive.rows("SELECT count(*) FROM conversations") == ["5"])
      #expect(try archive.rows("SELECT count(*) FROM reactions") == ["1"])
      #expect(
        try archive.rows("SELECT count(*) FROM messages WHERE reply_to_uid IS NOT NULL") == ["1"])
    }
  }

  /// An Android phone before 2021: 43 rows, of which one stands for nothing.
  @Test func anOldAndroid() throws {
    let folder =
      try #require(TestFolders.fixtures) + "/whatsapp/andreas-mausch+whatsapp-viewer/data/"
    try TestFolders.withScratch { scratch in
      let sql = try ["msgstore.db.schema.sql", "test-database.sql"].map {
        try String(contentsOfFile: folder + $0, encoding: .utf8)
      }
      try DatabaseMaker.write(sql.joined(separator: "\n"), to: scratch + "/msgstore.db")
      let archive = try importing([scratch + "/msgstore.db"], scratch)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["42"])
      #expect(
        try archive.rows(
          "SELECT text, (SELECT text FROM messages r WHERE r.uid = m.reply_to_uid) FROM messages m WHERE reply_to_uid IS NOT NULL"
        ) == ["I've quoted you|Text of first user"])
    }
  }
}
