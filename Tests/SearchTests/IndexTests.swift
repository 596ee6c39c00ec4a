import ArchiveStore
import Foundation
import GRDBSQLite
import SearchText
import SocialArchive
import TestSupport
import Testing

/// The search index: what it holds, how it is checked, made anew and rid of words.
@Suite struct IndexTests {
  private static func makeArchive(in folder: String) throws -> SocialArchive {
    for (number, text) in ["the zanzibar vase", "a plain\u{0} cup"].enumerated() {
      let thread: [String: Any] = [
        "participants": [["name": "Customer \(number)"], ["name": "Shop"]],
        "title": "Customer \(number)",
        "messages": [
          [
            "sender_name": "Customer \(number)", "content": text,
            "timestamp_ms": 1_700_000_000_000 + number,
          ] as [String: Any]
        ],
      ]
      let path = "\(folder)/d/your_facebook_activity/messages/inbox/c_\(300_000 + number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try JSONSerialization.data(withJSONObject: thread).write(
        to: URL(fileURLWithPath: path + "/message_1.json"))
    }
    let archive = SocialArchive(folder: folder + "/archive")
    _ = try archive.importDownloads([folder + "/d"])
    return archive
  }

  /// True if the database's files hold these bytes anywhere.
  private static func files(in folder: String, hold text: String) throws -> Bool {
    try ["archive.sqlite", "archive.sqlite-wal"].contains { name in
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path) else { return false }
      return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
    }
  }

  @Test func erasedWordsLeaveTheFile() throws {
    try TestFolders.withScratch { scratch in
      let archive = try IndexTests.makeArchive(in: scratch)
      let folder = scratch + "/archive"
      #expect(try IndexTests.files(in: folder, hold: "zanzibar"))
      let uid = try archive.search(SearchRequest(query: "zanzibar")).messages[0].conversationUID
      try ArchiveDatabase.openForWriting(folder).eraseConversation(uid: uid)
      #expect(try !IndexTests.files(in: folder, hold: "zanzibar"))
      #expect(try IndexTests.files(in: folder, hold: "plain"))
      #expect(try archive.search(SearchRequest(query: "zanzibar")).messages.isEmpty)
      #expect(try archive.search(SearchRequest(query: "cups")).messages.count == 1)
      _ = try archive.importDownloads([scratch + "/d"])
      #expect(try !IndexTests.files(in: folder, hold: "zanzibar"))
    }
  }

  @Test func indexOfAnotherVersionIsMadeAnew() throws {
    try TestFolders.withScratch { scratch in
      let archive = try IndexTests.makeArchive(in: scratch)
      try ArchiveDatabase.openForWriting(scratch + "/archive").set("folding", "0")
      #expect(try archive.verify().contains { $0.contains("another version") })
      _ = try archive.importDownloads([scratch + "/d"])
      #expect(try archive.verify().isEmpty)
      #expect(try archive.search(SearchRequest(query: "vases")).messages.count == 1)
    }
  }

  @Test func verifyCountsTheWords() throws {
    try TestFolders.withScratch { scratch in
      let archive = try IndexTests.makeArchive(in: scratch)
      #expect(try archive.verify().isEmpty)
      var database: OpaquePointer?
      #expect(sqlite3_open(scratch + "/archive/archive.sqlite", &database) == SQLITE_OK)
      let stray = "INSERT INTO message_text(rowid, words) VALUES (5, 'stray')"
      #expect(sqlite3_exec(database, stray, nil, nil, nil) == SQLITE_OK)
      sqlite3_close(database)
      #expect(try archive.verify() == ["search index: it holds 7 words of 6"])
    }
  }

  @Test func ordersAreFoundByTheirItems() throws {
    try TestFolders.withScratch { scratch in
      let archive = try IndexTests.makeArchive(in: scratch)
      var database: OpaquePointer?
      #expect(sqlite3_open(scratch + "/archive/archive.sqlite", &database) == SQLITE_OK)
      let order = """
        INSERT INTO purchase(id, uid, status, placed_at, total, currency, delivery_address, source,
          review, evidence) VALUES (1, 'o1', 'confirmed', '2024-05-01T00:00:00.000Z', '25.00', 'JOD',
          'Garden Street', 'chat', 'unreviewed', '[]');
        INSERT INTO purchase_line VALUES (1, 0, 'كيكة شوكولاتة', '1', NULL, '25.00', '25.00');
        """
      #expect(sqlite3_exec(database, order, nil, nil, nil) == SQLITE_OK)
      sqlite3_close(database)
      for (query, count) in [("كيكة", 1), ("garden", 1), ("vase", 0)] {
        #expect(
          try archive.search(SearchRequest(query: query + " kind:order")).orders.count == count)
      }
      #expect(try archive.searchBeside(SearchRequest(query: "شوكولاتة")).orders == 1)
    }
  }

  /// Words and stems as Snowball's own lists have them.
  @Test(arguments: [
    ("en", "consistency", "consist"), ("en", "knightly", "knight"),
    ("de", "aufeinander", "aufeinand"),
    ("de", "häuser", "haus"), ("fr", "continuellement", "continuel"),
    ("es", "chicharrones", "chicharron"),
    ("it", "abbandonata", "abbandon"), ("pt", "quilométricas", "quilométr"),
    ("nl", "lichamelijkheden", "licham"),
    ("sv", "jaktkarlarne", "jaktkarl"), ("da", "indtagelse", "indtag"),
    ("no", "havnedistriktene", "havnedistrikt"),
    ("fi", "edeltäjistään", "edeltäj"), ("ru", "важнейшими", "важн"),
    ("hu", "babakocsijáért", "babakocs"),
  ])
  func stemsAsSnowballDoes(_ language: String, _ word: String, _ stem: String) throws {
    #expect(try #require(SnowballStemmer(language)).stem(word) == stem)
  }
}
