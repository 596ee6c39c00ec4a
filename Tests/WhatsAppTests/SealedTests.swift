import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Sealed backups: opened with their user's key, and with nothing else.
@Suite struct SealedTests {
  private let chat = InventedChat()

  private func plain(_ scratch: String) throws -> Data {
    let path = scratch + "/plain.db"
    try DatabaseMaker.write(
      DatabaseMaker.android(chat, number: "962791234567", owner: InventedChat.owner)
        + "INSERT INTO lid_display_name VALUES (1, 'Omar K.');", to: path)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func importing(_ path: String, _ keys: [String], _ archive: ChatArchive) throws -> Receipt
  {
    var options = ImportOptions()
    options.timezone = InventedChat.zone
    options.keys = keys
    return try SocialArchive(folder: archive.folder).importDownloads([path], options: options)
  }

  enum Kind: String, CaseIterable { case crypt12, crypt14, crypt15, withoutSum }

  @Test(arguments: Kind.allCases)
  func opensWithTheKey(_ kind: Kind) throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let data = try plain(scratch)
      let sealed =
        switch kind {
        case .crypt12: try Sealing.crypt12(data)
        case .crypt14: try Sealing.crypt14(data)
        case .crypt15: try Sealing.crypt15(data)
        case .withoutSum: try Sealing.crypt15(data, hasSum: false)
        }
      let ending = kind == .withoutSum ? "crypt15" : kind.rawValue
      let path = scratch + "/msgstore.db." + ending
      try sealed.write(to: URL(fileURLWithPath: path))
      try Sealing.keyFile.write(to: URL(fileURLWithPath: scratch + "/key"))
      let isOld = ending != "crypt15"
      let receipt = try importing(path, [isOld ? scratch + "/key" : Sealing.digits], archive)
      #expect(receipt.failures.isEmpty, "\(receipt.failures)")
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["\(chat.messages.count)"])
      // Neither the key nor the plain text lies anywhere but in the archive's database.
      let files = FileManager.default.enumerator(atPath: archive.folder + "/objects")
      while let file = files?.nextObject() as? String {
        let data = FileManager.default.contents(atPath: archive.folder + "/objects/" + file)
        #expect(data?.range(of: Data("blue dress".utf8)) == nil)
      }
    }
  }

  @Test func aWrongKeyIsSaid() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let path = scratch + "/msgstore.db.crypt15"
      try Sealing.crypt15(try plain(scratch)).write(to: URL(fileURLWithPath: path))
      let locked = try importing(path, [], archive)
      #expect(locked.failures.first?.reason.contains("--key-file") == true)
      #expect(!locked.hasWrongKey)
      let wrong = try importing(path, [String(Sealing.digits.reversed())], archive)
      #expect(wrong.hasWrongKey)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["0"])
      // The right one opens it after all.
      let right = try importing(path, [Sealing.digits], archive)
      #expect(right.failures.isEmpty)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["\(chat.messages.count)"])
    }
  }

  @Test func aBrokenSealIsSaid() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let path = scratch + "/msgstore.db.crypt15"
      var sealed = try Sealing.crypt15(try plain(scratch))
      sealed[sealed.count / 2] ^= 1
      try sealed.write(to: URL(fileURLWithPath: path))
      let receipt = try importing(path, [Sealing.digits], archive)
      #expect(receipt.failures.first?.reason.contains("damaged") == true, "\(receipt.failures)")
      #expect(!receipt.hasWrongKey)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["0"])
    }
  }

  /// A text that comes later joins what the sealed backup brought, without the key.
  @Test func aTextJoinsWithoutTheKey() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let path = scratch + "/msgstore.db.crypt15"
      try Sealing.crypt15(try plain(scratch)).write(to: URL(fileURLWithPath: path))
      _ = try importing(path, [Sealing.digits], archive)
      let shape = try #require(ChatShape.all.first { $0.name == "Android he" })
      let text = try RenderedChat(chat, shape, withMedia: false)
      try text.data.write(to: URL(fileURLWithPath: scratch + "/" + text.fileName))
      let receipt = try importing(scratch + "/" + text.fileName, [], archive)
      #expect(receipt.failures.isEmpty)
      #expect(
        try archive.rows("SELECT count(*), min(sighting_count) FROM messages")
          == ["\(chat.messages.count)|2"])
      #expect(
        try archive.rows("SELECT sent_at_ms FROM messages ORDER BY id")
          == chat.messages.map { String(Int64($0.date.timeIntervalSince1970) * 1_000 + 137) })
      #expect(try archive.rows("SELECT title FROM conversations") == ["Omar K."])
    }
  }

  /// A database of many chats that is too large to be kept in memory is united as a small one is.
  @Test func largeDatabasesAreUnited() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      var sql = DatabaseMaker.androidSchema + "BEGIN;"
      for chat in 1...20 {
        let number = 962_790_000_000 + chat
        sql += """
          INSERT INTO jid VALUES (\(chat), '\(number)', 's.whatsapp.net', 0, 0, 0, '\(number)@s.whatsapp.net');
          INSERT INTO chat(_id, jid_row_id) VALUES (\(chat), \(chat));
          """
      }
      let filler = String(repeating: "long text ", count: 60)
      for number in 0..<16_000 {
        sql += """
          INSERT INTO message(chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type,
            text_data) VALUES (\(number % 20 + 1), \(number % 2), 'K', 0, \(1_700_000_000_000 + number * 999),
            0, '\(filler)\(number)');
          """
      }
      for (part, rows) in [("1", "_id <= 9000"), ("2", "_id >= 7000")] {
        try FileManager.default.createDirectory(
          atPath: scratch + "/" + part, withIntermediateDirectories: true)
        try DatabaseMaker.write(
          sql + "DELETE FROM message WHERE NOT (\(rows)); COMMIT;",
          to: scratch + "/\(part)/msgstore.db")
        _ = try importing(scratch + "/\(part)/msgstore.db", [], archive)
      }
      #expect(
        try archive.rows("SELECT count(*), count(DISTINCT text) FROM messages") == ["16000|16000"])
      #expect(try archive.rows("SELECT count(*) FROM conversations") == ["20"])
      #expect(
        try archive.rows("SELECT count(*) FROM messages WHERE sighting_count = 2") == ["2001"])
    }
  }
}
