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
      #expect(unknown.talk.contains("WhatsApp chat export"))
      #expect(try Program.run(["import", "--archive", folder]).status == 64)
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
      #expect(try archive.search(SearchRequest(query: "hello")).count == 1)
      // What stood before the damage is there too.
      #expect(try archive.search(SearchRequest(query: "kept")).count == 1)
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
