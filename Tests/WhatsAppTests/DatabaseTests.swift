import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Phones' own databases, alone and as one with the chats that the same phones export.
@Suite struct DatabaseTests {
  private static let number = "962791234567"
  private static let contact = """
    INSERT INTO wa_contacts(jid, display_name, wa_name, number)
      VALUES ('962791234567@s.whatsapp.net', 'Omar K.', 'omar', '+962791234567');
    """

  private func with(_ body: (ChatArchive, String) throws -> Void) throws {
    try TestFolders.withScratch { scratch in
      try body(ChatArchive(scratch: scratch), scratch)
    }
  }

  private func write(_ sql: String, _ path: String) throws -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try DatabaseMaker.write(sql, to: path)
    return path
  }

  private func importing(_ paths: [String], _ archive: ChatArchive) throws {
    var options = ImportOptions()
    options.timezone = InventedChat.zone
    options.ownerName = InventedChat.owner
    for path in paths {
      let receipt = try SocialArchive(folder: archive.folder).importDownloads(
        [path], options: options)
      #expect(receipt.failures.isEmpty, "\(receipt.failures)")
    }
  }

  /// All three forms of a chat are one, in any order: Android's text, the database, the contacts.
  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func textAndAndroidDatabaseAreOne(_ order: [Int]) throws {
    let chat = InventedChat()
    try with { archive, scratch in
      let shape = try #require(ChatShape.all.first { $0.name == "Android en-GB" })
      let text = try RenderedChat(chat, shape, withMedia: false)
      try FileManager.default.createDirectory(
        atPath: scratch + "/text", withIntermediateDirectories: true)
      try text.data.write(to: URL(fileURLWithPath: scratch + "/text/" + text.fileName))
      let paths = [
        scratch + "/text/" + text.fileName,
        try write(
          DatabaseMaker.android(chat, number: Self.number, owner: InventedChat.owner),
          scratch + "/db/msgstore.db"),
        try write(DatabaseMaker.contactsSchema + Self.contact, scratch + "/contacts/wa.db"),
      ]
      try importing(order.map { paths[$0] }, archive)
      let dump = try Captured.dump(archive.folder)
      let again = ChatArchive(scratch: scratch + "/again")
      try importing(paths, again)
      #expect(try Captured.dump(again.folder) == dump)
      let times = chat.messages.map { String(Int64($0.date.timeIntervalSince1970) * 1_000 + 137) }
      #expect(try archive.rows("SELECT sent_at_ms FROM messages ORDER BY id") == times)
      #expect(
        try archive.rows("SELECT is_owner FROM messages ORDER BY id")
          == chat.messages.map { $0.isOwner ? "1" : "0" })
      #expect(
        try archive.rows("SELECT platform, kind, title, message_count FROM conversations")
          == ["whatsapp|direct|Omar K.|\(chat.messages.count)"])
      #expect(
        try archive.rows("SELECT name, phones FROM customers") == [
          "Omar K.|[\"+962791234567\"]"
        ])
      #expect(try archive.rows("SELECT DISTINCT sighting_count FROM messages") == ["2"])
    }
  }

  @Test(arguments: [false, true])
  func textAndPhoneDatabaseAreOne(_ isTextFirst: Bool) throws {
    let chat = InventedChat()
    try with { archive, scratch in
      let shape = try #require(ChatShape.all.first { $0.name == "iPhone el" })
      let text = try RenderedChat(chat, shape, withMedia: false)
      try FileManager.default.createDirectory(
        atPath: scratch + "/text", withIntermediateDirectories: true)
      try text.data.write(to: URL(fileURLWithPath: scratch + "/text/" + text.fileName))
      let paths = [
        scratch + "/text/" + text.fileName,
        try write(
          DatabaseMaker.phone(chat, number: Self.number), scratch + "/db/ChatStorage.sqlite"),
      ]
      try importing(isTextFirst ? paths : paths.reversed(), archive)
      #expect(
        try archive.rows("SELECT sent_at_ms / 1000 FROM messages ORDER BY id")
          == chat.messages.map { String(Int64($0.date.timeIntervalSince1970)) })
      #expect(
        try archive.rows("SELECT title, message_count FROM conversations")
          == ["Omar K.|\(chat.messages.count)"])
    }
  }

  /// A database and its text in whatever shape of the list.
  @Test(arguments: ChatShape.all.indices.filter { $0 % 6 == 0 })
  func anyShapeAndADatabaseAreOne(_ index: Int) throws {
    let chat = InventedChat()
    try with { archive, scratch in
      let text = try RenderedChat(chat, ChatShape.all[index], withMedia: false)
      let path = scratch + "/" + text.fileName
      try text.data.write(to: URL(fileURLWithPath: path))
      let database = try write(
        DatabaseMaker.android(chat, number: Self.number, owner: InventedChat.owner)
          + "INSERT INTO lid_display_name VALUES (1, 'Omar K.');", scratch + "/db/msgstore.db")
      try importing([path, database], archive)
      #expect(
        try archive.rows("SELECT count(*), min(sighting_count) FROM messages")
          == ["\(chat.messages.count)|2"], "\(ChatShape.all[index])")
    }
  }

  /// The archive's zone is wrong, and a database of the same chat shows it: in winter and in summer.
  @Test func aDatabaseSetsTheClockOfAText() throws {
    let chat = InventedChat(days: 9)
    try with { archive, scratch in
      let shape = try #require(ChatShape.all.first { $0.name == "Android de" })
      let text = try RenderedChat(chat, shape, withMedia: false)
      try text.data.write(to: URL(fileURLWithPath: scratch + "/" + text.fileName))
      let database = try write(
        DatabaseMaker.android(chat, number: Self.number, owner: InventedChat.owner)
          + "INSERT INTO lid_display_name VALUES (1, 'Omar K.');", scratch + "/db/msgstore.db")
      var options = ImportOptions()
      options.timezone = "Asia/Tokyo"
      var dumps: Set<String> = []
      for (number, paths) in [
        [[scratch + "/" + text.fileName, database]], [[database], [scratch + "/" + text.fileName]],
        [[scratch + "/" + text.fileName], [database]],
      ].enumerated() {
        let folder = archive.folder + "\(number)"
        for path in paths {
          _ = try SocialArchive(folder: folder).importDownloads(path, options: options)
        }
        #expect(
          try ArchiveDatabase.openForReading(folder).rows(
            "SELECT sent_at_ms FROM messages ORDER BY id"
          ).map { $0[0].integer ?? 0 }
            == chat.messages.map { Int64($0.date.timeIntervalSince1970) * 1_000 + 137 })
        #expect(
          try ArchiveDatabase.openForReading(folder).rows("SELECT name, phones FROM customers").map
          {
            "\($0[0].text ?? "")|\($0[1].text ?? "")"
          } == ["Omar K.|[\"+962791234567\"]"])
        dumps.insert(try Captured.dump(folder))
      }
      #expect(dumps.count == 1)
    }
  }

  /// A backup without an address book knows numbers, the text knows a name: what was written tells.
  @Test(arguments: [false, true])
  func aDatabaseWithoutNamesAndATextAreOne(_ isTextFirst: Bool) throws {
    let chat = InventedChat()
    try with { archive, scratch in
      let shape = try #require(ChatShape.all.first { $0.name == "Android en-GB" })
      let text = try RenderedChat(chat, shape, withMedia: false)
      try text.data.write(to: URL(fileURLWithPath: scratch + "/" + text.fileName))
      let other = """
        INSERT INTO jid VALUES (2, '962790000000', 's.whatsapp.net', 0, 0, 0, '962790000000@s.whatsapp.net');
        INSERT INTO chat(_id, jid_row_id) VALUES (2, 2);
        INSERT INTO message(_id, chat_row_id, from_me, key_id, timestamp, message_type, text_data)
          VALUES (500, 2, 0, 'Q', 1700251568000, 0, 'Hello, is the blue dress still there?');
        """
      let database = try write(
        DatabaseMaker.android(chat, number: Self.number, owner: InventedChat.owner) + other,
        scratch + "/db/msgstore.db")
      let paths = [scratch + "/" + text.fileName, database]
      try importing(isTextFirst ? paths : paths.reversed(), archive)
      #expect(
        try archive.rows("SELECT title, message_count FROM conversations ORDER BY message_count")
          == [
            "+962790000000|1", "Omar K.|\(chat.messages.count)",
          ])
      #expect(
        try archive.rows("SELECT name, phones FROM customers ORDER BY name DESC LIMIT 1") == [
          "Omar K.|[\"+962791234567\"]"
        ])
      // Another import does not part them.
      try archive.take("13/03/2024, 10:00 - Lina: hi\n", "WhatsApp Chat with Lina.txt")
      #expect(try archive.rows("SELECT count(*) FROM conversations") == ["3"])
    }
  }

  // MARK: What a database says

  private static let shop =
    DatabaseMaker.androidSchema + """
      INSERT INTO props(key, value) VALUES ('user_push_name', 'Nadia Shop');
      INSERT INTO jid VALUES (1, '962791234567', 's.whatsapp.net', 0, 0, 0, '962791234567@s.whatsapp.net'),
        (2, '120363000000000001', 'g.us', 0, 0, 1, '120363000000000001@g.us'),
        (3, '77700011122233', 'lid', 0, 0, 18, '77700011122233@lid'),
        (4, '962799999999', 's.whatsapp.net', 0, 0, 0, '962799999999@s.whatsapp.net'),
        (5, 'status', 'broadcast', 0, 0, 5, 'status@broadcast'),
        (6, '88800011122233', 'lid', 0, 0, 18, '88800011122233@lid');
      INSERT INTO jid_map VALUES (3, 4);
      INSERT INTO lid_display_name VALUES (3, 'Lina'), (6, 'Sami');
      INSERT INTO chat(_id, jid_row_id, subject) VALUES (1, 1, NULL), (2, 2, 'Cake friends'), (3, 5, NULL);
      INSERT INTO group_participant_user(group_jid_row_id, user_jid_row_id) VALUES (2, 1), (2, 3), (2, 6);
      INSERT INTO message(_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data)
        VALUES (2, 1, 0, 'A', 0, 1700000000123, 0, 'two cakes please'),
        (3, 1, 1, 'B', 0, 1700000060456, 0, 'done'),
        (4, 1, 0, 'C', 0, 1700000120000, 44, NULL),
        (5, 1, 0, 'D', 0, 1700000180000, 5, NULL),
        (6, 1, 0, 'E', 0, 1700000240000, 4, NULL),
        (7, 1, 0, 'F', 0, 1700000300000, 15, NULL),
        (8, 1, 1, 'G', 0, 1700000360000, 66, 'Which colour?'),
        (9, 1, 0, 'H', 0, 1700000420000, 7, NULL),
        (10, 1, 0, 'I', 0, 1700000480000, 90, NULL),
        (11, 1, 0, 'J', 0, 1700000540000, 777, 'from the future'),
        (12, 1, 1, 'K', 0, 1700000600000, 23, NULL),
        (13, 1, 0, 'L', 0, 1700000660000, 0, 'paid'),
        (14, 2, 0, 'M', 3, 1700000720000, 0, 'hello group'),
        (15, 2, 0, 'N', 6, 1700000780000, 0, 'hi'),
        (16, 2, 0, 'O', 1, 1700000840000, 42, NULL),
        (17, 3, 0, 'P', 1, 1700000900000, 1, NULL),
        (18, 9, 0, 'Q', 1, 1700000960000, 0, 'whose is this?');
      INSERT INTO message_quoted VALUES (3, 1, 'A', 0, 'two cakes please');
      INSERT INTO message_add_on VALUES (1, 1, 1, 'R', 0, 2, 1700000070000, 56), (2, 1, 0, 'S', 1, 3, 1700000080000, 56);
      INSERT INTO message_add_on_reaction VALUES (1, '❤', 1700000070000), (2, '', 1700000080000);
      INSERT INTO receipt_user VALUES (1, 3, 1, 1700000061000, 1700000099000, NULL);
      INSERT INTO message_order VALUES (4, '777', NULL, '2 cakes', 2, 1, '', 1, 'JOD', 25000);
      INSERT INTO message_location VALUES (5, 31.95, 35.91, 'Bakery', 'Rainbow St.', NULL);
      INSERT INTO message_vcard VALUES (1, 6, 'BEGIN:VCARD' || char(10) || 'FN:Lina' || char(10) || 'TEL;waid=962788888888:+962 7 8888 8888' || char(10) || 'END:VCARD');
      INSERT INTO message_poll_option(message_row_id, option_name, vote_total) VALUES (8, 'Blue', 2), (8, 'Red', 0);
      INSERT INTO message_system VALUES (9, 18);
      INSERT INTO call_log VALUES (1, 1, 0, 'c', 1700000480000, 1, 95, 5), (2, 1, 0, 'd', 1700009990000, 0, 0, 2);
      INSERT INTO message_call_log VALUES (10, 1);
      INSERT INTO message_product VALUES (12, 'Honey cake', 'with nuts', 'JOD', 12500, 'https://wa.me/p/1');
      INSERT INTO pay_transaction VALUES (1, 13, 'T1', 1700000660000, 405, 'JOD', 25000);
      INSERT INTO labels VALUES (1, 'New customer');
      INSERT INTO labeled_jid VALUES (1, 1, 1);
      """

  @Test func everythingThatAShopNeeds() throws {
    try with { archive, scratch in
      try importing([try write(Self.shop, scratch + "/db/msgstore.db")], archive)
      #expect(
        try archive.rows(
          "SELECT coalesce(sender, '-'), kind, coalesce(replace(text, char(10), '/'), '-') FROM messages ORDER BY id"
        ) == [
          "+962791234567|text|two cakes please", "Nadia Shop|text|done",
          "+962791234567|order|2 cakes",
          "+962791234567|location|Bakery/Rainbow St./https://maps.google.com/?q=31.95,35.91",
          "+962791234567|contact|Lina/+962 7 8888 8888", "+962791234567|unavailable|-",
          "Nadia Shop|poll|Which colour?/Blue (2)/Red (0)", "-|system|security code changed",
          "+962791234567|call|Video call, 1 min 35 s", "+962791234567|text|from the future",
          "Nadia Shop|share|Honey cake/12.500 JOD/with nuts/https://wa.me/p/1",
          "+962791234567|order|paid", "Lina|text|hello group", "Sami|text|hi",
          "+962791234567|unavailable|-", "+962791234567|text|whose is this?",
        ])
      #expect(
        try archive.rows(
          "SELECT text, (SELECT text FROM messages r WHERE r.uid = m.reply_to_uid), delivered_at, read_at FROM messages m WHERE reply_to_uid IS NOT NULL"
        ) == ["done|two cakes please|2023-11-14T22:14:21.000Z|2023-11-14T22:14:59.000Z"])
      #expect(
        try archive.rows("SELECT actor, reaction, reacted_at FROM reactions") == [
          "Nadia Shop|❤|2023-11-14T22:14:30.000Z"
        ])
      #expect(
        try archive.rows("SELECT kind, title, participant_count FROM conversations ORDER BY id")
          == ["direct|+962791234567|2", "group|Cake friends|4", "direct|+962791234567|2"])
      #expect(
        try archive.rows("SELECT status, total, currency, source FROM orders ORDER BY placed_at")
          == ["requested|25.000|JOD|platform", "paid|25.000|JOD|platform"])
      #expect(
        try archive.rows("SELECT item, quantity, line_total FROM order_lines") == [
          "2 cakes|2|25.000"
        ])
      #expect(
        try archive.rows("SELECT kind, name, text FROM records ORDER BY kind") == [
          "call|+962791234567|Missed voice call", "label|+962791234567|New customer",
        ])
    }
  }

  @Test func aDatabaseAgainAndLonger() throws {
    try with { archive, scratch in
      let first = try write(Self.shop, scratch + "/1/msgstore.db")
      let second = try write(
        Self.shop
          + """
          INSERT INTO message(_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data)
            VALUES (19, 1, 0, 'Z', 0, 1700010000000, 0, 'a week later');
          UPDATE message SET message_type = 15, text_data = NULL WHERE _id = 2;
          """, scratch + "/2/msgstore.db")
      try importing([first, second], archive)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["17"])
      // What was deleted later is not lost.
      #expect(
        try archive.rows("SELECT text, is_deleted FROM messages ORDER BY id LIMIT 1") == [
          "two cakes please|1"
        ])
      #expect(try archive.rows("SELECT count(*) FROM orders") == ["2"])
      let dump = try Captured.dump(archive.folder)
      try TestFolders.withScratch { other in
        let turned = ChatArchive(scratch: other)
        try importing([second, first], turned)
        #expect(try Captured.dump(turned.folder) == dump)
      }
    }
  }

  @Test func changesInTheLogCount() throws {
    try with { archive, scratch in
      let path = scratch + "/work/msgstore.db"
      _ = try write(Self.shop, path)
      try FileManager.default.createDirectory(
        atPath: scratch + "/copy", withIntermediateDirectories: true)
      try DatabaseMaker.withLog(
        path, "UPDATE message SET text_data = 'three cakes please' WHERE _id = 2;"
      ) {
        for ending in ["", "-wal", "-shm"] {
          try FileManager.default.copyItem(
            atPath: path + ending, toPath: scratch + "/copy/msgstore.db" + ending)
        }
      }
      // First without its log, then with it.
      try FileManager.default.createDirectory(
        atPath: scratch + "/bare", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: scratch + "/copy/msgstore.db", toPath: scratch + "/bare/msgstore.db")
      try importing([scratch + "/bare"], archive)
      #expect(
        try archive.rows("SELECT text FROM messages ORDER BY id LIMIT 1") == ["two cakes please"])
      try importing([scratch + "/copy"], archive)
      #expect(
        try archive.rows("SELECT text FROM messages ORDER BY id LIMIT 1") == ["three cakes please"])
    }
  }

  @Test func damagedDatabasesCostOnlyThemselves() throws {
    let whole = try TestFolders.withScratch { scratch in
      try Data(contentsOf: URL(fileURLWithPath: try write(Self.shop, scratch + "/msgstore.db")))
    }
    for cut in stride(from: 100, to: whole.count, by: 9_001) {
      for isCut in [true, false] {
        try with { archive, scratch in
          var data = whole
          if isCut {
            data = data.prefix(cut)
          } else {
            for place in cut..<min(cut + 64, data.count) { data[place] = 0xA5 }
          }
          try data.write(to: URL(fileURLWithPath: scratch + "/msgstore.db"))
          try Data("13/03/2024, 10:00 - Omar: salve\n".utf8).write(
            to: URL(fileURLWithPath: scratch + "/WhatsApp Chat with Omar.txt"))
          var options = ImportOptions()
          options.timezone = "UTC"
          let receipt = try SocialArchive(folder: archive.folder).importDownloads(
            [scratch + "/msgstore.db", scratch + "/WhatsApp Chat with Omar.txt"], options: options)
          #expect(try archive.rows("SELECT count(*) FROM messages WHERE text = 'salve'") == ["1"])
          #expect(
            (receipt.files["read"] ?? 0) + receipt.failures.count + (receipt.files["kept"] ?? 0)
              >= 2)
        }
      }
    }
  }
}
