import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Files that messages carry, wherever they lie.
@Suite struct MediaTests {
  private func importing(_ folder: String, into archive: String) throws {
    var options = ImportOptions()
    options.timezone = "UTC"
    _ = try SocialArchive(folder: archive).importDownloads([folder], options: options)
  }

  private func write(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static let database =
    DatabaseMaker.androidSchema + """
      INSERT INTO jid VALUES (1, '962791234567', 's.whatsapp.net', 0, 0, 0, '962791234567@s.whatsapp.net');
      INSERT INTO lid_display_name VALUES (1, 'Anna');
      INSERT INTO chat(_id, jid_row_id) VALUES (1, 1);
      INSERT INTO message(_id, chat_row_id, from_me, key_id, timestamp, message_type, text_data) VALUES
        (2, 1, 0, 'A', 1710324000123, 1, NULL), (3, 1, 1, 'B', 1710324060123, 0, 'lovely');
      INSERT INTO message_media(message_row_id, file_path) VALUES
        (2, 'Media/WhatsApp Images/IMG-20240313-WA0001.jpg');
      """

  @Test(arguments: [
    ("WhatsApp/Databases/msgstore.db", "WhatsApp/Media/WhatsApp Images/IMG-20240313-WA0001.jpg"),
    ("Databases/msgstore.db", "Media/WhatsApp Images/IMG-20240313-WA0001.jpg"),
    ("P/msgstore.db", "P/Media/WhatsApp Images/IMG-20240313-WA0001.jpg"),
    ("msgstore.db", "IMG-20240313-WA0001.jpg"),
  ])
  func mediaBesideADatabase(_ database: String, _ photo: String) throws {
    try TestFolders.withScratch { scratch in
      try write("jpeg", scratch + "/in/" + photo)
      try write("", scratch + "/in/" + database)
      try FileManager.default.removeItem(atPath: scratch + "/in/" + database)
      try DatabaseMaker.write(Self.database, to: scratch + "/in/" + database)
      try importing(scratch + "/in", into: scratch + "/archive")
      let archive = ChatArchive(scratch: scratch)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["2"])
      #expect(try archive.rows("SELECT state FROM attachments") == ["present"])
    }
  }

  @Test(arguments: [false, true])
  func aDatabaseTakesNoPhotoAway(_ isDatabaseFirst: Bool) throws {
    try TestFolders.withScratch { scratch in
      try write("jpeg", scratch + "/chat/IMG-20240313-WA0001.jpg")
      try write(
        "13/03/2024, 10:00 - Anna: IMG-20240313-WA0001.jpg (file attached)\n13/03/2024, 10:01 - Rania: lovely\n",
        scratch + "/chat/WhatsApp Chat with Anna.txt")
      try write("", scratch + "/db/x")
      try DatabaseMaker.write(Self.database, to: scratch + "/db/msgstore.db")
      let folders = [scratch + "/chat", scratch + "/db"]
      for folder in isDatabaseFirst ? folders.reversed() : folders {
        try importing(folder, into: scratch + "/archive")
      }
      let archive = ChatArchive(scratch: scratch)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["2"])
      #expect(try archive.rows("SELECT state FROM attachments") == ["present"])
    }
  }

  /// An iPhone's database and its export name a photo differently: sender and second tell.
  @Test func aPhotoOfAnIPhoneStandsOnce() throws {
    try TestFolders.withScratch { scratch in
      let mark = "\u{200E}"
      try write("jpeg", scratch + "/WhatsApp Chat - Anna/00000002-PHOTO-2024-03-13-10-00-20.jpg")
      try write(
        "[13/03/2024, 10:00:00] Anna: hello\r\n\(mark)[13/03/2024, 10:00:20] Anna: cap \(mark)<attached: 00000002-PHOTO-2024-03-13-10-00-20.jpg>\r\n[13/03/2024, 10:01:00] Rania: nice\r\n",
        scratch + "/WhatsApp Chat - Anna/_chat.txt")
      try write("", scratch + "/db/x")
      try DatabaseMaker.write(
        DatabaseMaker.phoneSchema + """
          INSERT INTO ZWACHATSESSION VALUES (1, 4, 0, '962791234567@s.whatsapp.net', 'Anna');
          INSERT INTO ZWAMEDIAITEM(Z_PK, ZMESSAGE, ZMEDIALOCALPATH, ZTITLE) VALUES (1, 2, 'Media/abc.jpg', 'cap');
          INSERT INTO ZWAMESSAGE(Z_PK, ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZMEDIAITEM, ZMESSAGEDATE, ZTEXT) VALUES
            (1, 0, 0, 1, NULL, 732016800, 'hello'), (2, 0, 1, 1, 1, 732016820.4, NULL),
            (3, 1, 0, 1, NULL, 732016860, 'nice');
          """, to: scratch + "/db/ChatStorage.sqlite")
      try importing(scratch + "/WhatsApp Chat - Anna", into: scratch + "/archive")
      try importing(scratch + "/db", into: scratch + "/archive")
      let archive = ChatArchive(scratch: scratch)
      #expect(
        try archive.rows("SELECT kind, text FROM messages ORDER BY id") == [
          "text|hello", "media|cap", "text|nice",
        ])
      #expect(try archive.rows("SELECT state FROM attachments") == ["present"])
    }
  }
}
