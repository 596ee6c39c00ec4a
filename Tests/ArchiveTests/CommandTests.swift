import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

@Suite struct CommandTests {
  private func withArchive(_ body: (String) throws -> Void) throws {
    try TestFolders.withScratch { scratch in
      let folder = scratch + "/archive"
      let download = TestFolders.samples + "/whatsapp/android_en_cakes/download"
      let result = try Program.run([
        "--archive", folder, "import", download, "--timezone", "Asia/Amman",
      ])
      #expect(result.status == 0, "\(result.talk)")
      try body(folder)
    }
  }

  @Test func searchTakesExclusionsAsTyped() throws {
    try withArchive { folder in
      let with = try Program.run(["--archive", folder, "search", "cake", "--limit", "1000"])
      #expect(with.status == 0)
      for words in [["cake", "-chocolate"], ["-chocolate", "cake"]] {
        let found = try Program.run(["search"] + words + ["--archive", folder, "--json"])
        #expect(found.status == 0, "\(words) \(found.talk)")
        #expect(!found.output.lowercased().contains("chocolate"))
      }
      #expect(try Program.run(["search", "zebra", "--archive", folder]).status == 1)
    }
  }

  @Test func exportsEveryTable() throws {
    try withArchive { folder in
      for table in [
        "customers", "orders", "order-lines", "conversations", "messages", "contact-points",
        "records",
      ] {
        let csv = try Program.run(["export", "csv", table, "--archive", folder])
        #expect(csv.status == 0, "\(table) \(csv.talk)")
        #expect(csv.output.hasSuffix("\r\n"))
      }
    }
  }

  @Test func exitCodesSayWhatHappened() throws {
    try TestFolders.withScratch { scratch in
      let folder = scratch + "/archive"
      #expect(try Program.run(["list", "customers", "--archive", folder]).status == 10)
      try Data("hello".utf8).write(to: URL(fileURLWithPath: scratch + "/note.md"))
      let unknown = try Program.run(["import", scratch + "/note.md", "--archive", folder])
      #expect(unknown.status == 2)
      #expect(unknown.talk.contains("WhatsApp"))
      #expect(try Program.run(["import", "--archive", folder]).status == 64)
    }
  }

  /// A name that is not UTF-8 is read as text, and its bytes stay, also after a rebuild.
  @Test func keepsTheBytesOfNames() throws {
    try TestFolders.withScratch { scratch in
      let folder = scratch + "/archive"
      var zip = ZipMaker()
      let name: [UInt8] = [0x99, 0x8C, 0x85, 0x8D]  // שלום in code page 862
      zip.add(name: Array("photos/".utf8) + name + Array(".jpg".utf8), content: [1, 2, 3])
      zip.add("_chat.txt", "[01/02/2024, 10:00:00] Dana: hello\r\n")
      try zip.write(to: scratch + "/chat.zip")
      let imported = try Program.run(["import", scratch + "/chat.zip", "--archive", folder])
      #expect(imported.status == 0, "\(imported.talk)")
      for _ in 0..<2 {
        let rows = try ArchiveDatabase.openForReading(folder).rows(
          "SELECT path, name_hex FROM file WHERE name_hex IS NOT NULL")
        #expect(
          rows == [[.text("photos/שלום.jpg"), .text("70686f746f732f998c858d2e6a7067")]])
        #expect(try Program.run(["rebuild", "--archive", folder]).status == 0)
      }
    }
  }

  /// A folder unpacked by a program that left names in their old encoding.
  @Test func readsFilesWhoseNamesAreNoUTF8() throws {
    try TestFolders.withScratch { scratch in
      let name = Array("\(scratch)/download/".utf8) + [0x99, 0x8C, 0x85, 0x8D] + Array(".txt".utf8)
      try FileManager.default.createDirectory(
        atPath: scratch + "/download", withIntermediateDirectories: false)
      let text = "[01/02/2024, 10:00:00] Dana: hello\r\n"
      let file = fopen(name.map { CChar(bitPattern: $0) } + [0], "w")
      #expect(fputs(text, file) >= 0)
      fclose(file)
      let result = try Program.run([
        "import", scratch + "/download", "--archive", scratch + "/archive", "--json",
      ])
      #expect(result.status == 0, "\(result.talk)")
      #expect(result.output.contains("\"messages_new\":1"))
    }
  }

  /// An encrypted chat that may go on either of two inbox threads: nothing is joined, and it is
  /// said.
  @Test func listsSuggestions() throws {
    try TestFolders.withScratch { scratch in
      let folder = scratch + "/archive"
      let inbox = scratch + "/facebook/your_facebook_activity/messages/inbox"
      func write(_ text: String, _ path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      for number in 1...2 {
        try write(
          """
          {"participants":[{"name":"Dana"},{"name":"Shop"}],"messages":[{"sender_name":"Dana",\
          "timestamp_ms":170000000\(number)000,"content":"hello \(number)"}],"title":"Dana",\
          "thread_path":"inbox/dana_\(number)"}
          """, "\(inbox)/dana_\(number)/message_1.json")
      }
      try write(
        """
        {"participants":["Dana","Shop"],"threadName":"Dana_3","messages":[{"isUnsent":false,\
        "media":[],"reactions":[],"senderName":"Dana","text":"and on","timestamp":1700000009000,\
        "type":"text"}]}
        """, scratch + "/encrypted/Dana_3.json")
      let imported = try Program.run([
        "import", scratch + "/facebook", scratch + "/encrypted", "--archive", folder,
      ])
      #expect(imported.status == 0, "\(imported.talk)")
      let listed = try Program.run(["list", "suggestions", "--archive", folder, "--json"])
      let lines = listed.output.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.contains("it may go on in several conversations") })
      #expect(lines.allSatisfy { $0.contains("\"first_title\":\"Dana\"") })
    }
  }

  @Test func oneBrokenThreadCostsOnlyItself() throws {
    try TestFolders.withScratch { scratch in
      let inbox = scratch + "/download/your_facebook_activity/messages/inbox"
      for (name, text) in [
        (
          "good_12345678",
          #"{"participants":[{"name":"A"},{"name":"B"}],"messages":[{"sender_name":"A","timestamp_ms":1700000000000,"content":"hello"}],"title":"A"}"#
        ),
        (
          "broken_87654321",
          #"{"participants":[{"name":"C"},{"name":"B"}],"messages":[{"sender_name":"C","timestamp_ms":1700000000000,"content":"kept"},{"sender_name":"#
        ),
      ] {
        try FileManager.default.createDirectory(
          atPath: "\(inbox)/\(name)", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(inbox)/\(name)/message_1.json"))
      }
      let folder = scratch + "/archive"
      let result = try Program.run(["import", scratch + "/download", "--archive", folder])
      #expect(result.status == 3)
      #expect(result.output.contains("broken_87654321"))
      let archive = SocialArchive(folder: folder)
      #expect(try archive.search(SearchRequest(query: "hello")).messages.count == 1)
      // What stood before the damage is there too.
      #expect(try archive.search(SearchRequest(query: "kept")).messages.count == 1)
    }
  }

  @Test func textFromChatsIsHarmlessOnATerminal() throws {
    try TestFolders.withScratch { scratch in
      let inbox = scratch + "/download/your_facebook_activity/messages/inbox/a_12345678"
      try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
      let text =
        #"{"participants":[{"name":"A"},{"name":"B"}],"messages":[{"sender_name":"A","timestamp_ms":1700000000000,"content":"evil \u001b[2J \u202egpj.exe"}],"title":"A"}"#
      try Data(text.utf8).write(to: URL(fileURLWithPath: inbox + "/message_1.json"))
      let folder = scratch + "/archive"
      _ = try Program.run(["import", scratch + "/download", "--archive", folder])
      for arguments in [["search", "evil"], ["show", "A"]] {
        let output = try Program.run(arguments + ["--archive", folder]).output
        #expect(output.contains("<U+001B>"), "\(arguments)")
        #expect(output.contains("<U+202E>"), "\(arguments)")
        #expect(
          !output.unicodeScalars.contains("\u{1B}") && !output.unicodeScalars.contains("\u{202E}"))
      }
      let json = try Program.run(["search", "evil", "--json", "--archive", folder]).output
      #expect(json.contains("\\u001b") && json.contains("\\u202e"))
      #expect(!json.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func writerIsDurable() throws {
    try TestFolders.withScratch { scratch in
      let archive = try ArchiveDatabase.openForWriting(scratch + "/archive")
      #expect(try archive.cell("PRAGMA synchronous").integer == 2)
      #expect(try archive.cell("PRAGMA journal_mode").text == "wal")
      #expect(throws: ArchiveError.self) {
        try ArchiveDatabase.openForWriting(scratch + "/archive")
      }
    }
  }

  @Test func dryRunChangesNothing() throws {
    try TestFolders.withScratch { scratch in
      let download = TestFolders.samples + "/whatsapp/android_en_cakes/download"
      let result = try Program.run([
        "import", download, "--dry-run", "--archive", scratch + "/archive",
      ])
      #expect(result.status == 0)
      #expect(result.output.contains("17 read"))
      #expect(!FileManager.default.fileExists(atPath: scratch + "/archive"))
    }
  }

  @Test func verifyFindsDamagedOriginals() throws {
    try withArchive { folder in
      #expect(try Program.run(["verify", "--archive", folder]).status == 0)
      let hash = try ArchiveDatabase.openForReading(folder)
        .cell("SELECT sha256 FROM source ORDER BY bytes LIMIT 1").text
      let path = "\(folder)/objects/\(try #require(hash).prefix(2))/\(try #require(hash))"
      try Data("changed".utf8).write(to: URL(fileURLWithPath: path))
      #expect(try Program.run(["verify", "--archive", folder]).status == 4)
    }
  }
}
