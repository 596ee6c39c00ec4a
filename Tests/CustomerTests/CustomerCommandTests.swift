import Foundation
import SocialArchive
import TestSupport
import Testing

/// `archive customers` as scripts and people use it.
@Suite struct CustomerCommandTests {
  private func withArchive(_ body: (([String]) throws -> Program.Result) throws -> Void) throws {
    try TestFolders.withScratch { scratch in
      let folder = scratch + "/archive"
      let imported = try Program.run(
        [
          "import", TestFolders.samples + "/whatsapp/iphone_ar_dresses/download", "--archive",
          folder,
          "--region", "JO", "--timezone", "Asia/Amman",
        ])
      #expect(imported.status == 0 || imported.status == 3)
      try body { try Program.run(["--archive", folder] + $0) }
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func decisionsSayHowToUndoThem() throws {
    try withArchive { run in
      let listed = try run(["customers", "--json"])
      let first = try object(String(try #require(listed.output.split(separator: "\n").first)))
      let id = try #require(first["id"] as? Int)
      #expect(first["phones"] is [String] && first["tags"] is [String])
      let tagged = try object(try run(["customers", "tag", "\(id)", "vip", "--json"]).output)
      let decision = try #require((tagged["decisions"] as? [Int])?.first)
      let shown = try object(try run(["customers", "show", "\(id)", "--json"]).output)
      #expect(shown["tags"] as? [String] == ["vip"])
      let undone = try run(["customers", "undo", "\(decision)"])
      let again = try run(["customers", "undo", "\(decision)"])
      #expect(undone.status == 0 && again.status == 1)
      let removed = try run(["customers", "tag", "\(id)", "vip", "--remove"])
      #expect(removed.status == 1)
      let decisions = try run(["customers", "decisions", "--json"])
      #expect(decisions.output.contains("undone_at"))
    }
  }

  /// What is asked, with blanks between the words, and how it ends.
  private static let asked: [(String, Int32)] = [
    ("show nobody", 1), ("why p998 p999", 1), ("list --since 2024-02-31", 64),
    ("list --since 2024-05", 0), ("list --platform whatsap", 64), ("list --kind friend", 64),
    ("list --reachable --unreachable", 64), ("merge 1", 64), ("suggestions --accept 99", 1),
    ("consent 1 yes", 2), ("split 1 p1", 2),
  ]

  @Test func exitCodes() throws {
    try withArchive { run in
      for (words, status) in CustomerCommandTests.asked {
        let result = try run(["customers"] + words.split(separator: " ").map(String.init))
        #expect(result.status == status, "\(words): \(result.talk)")
      }
      let empty = try run(["customers", "show", ""])
      #expect(empty.status == 1)
    }
  }

  /// Names and notes reach a terminal only with what would move its cursor made visible.
  @Test func notesAreHarmless() throws {
    try withArchive { run in
      _ = try run(["customers", "note", "1", "evil \u{1B}[2J \u{202E}txt"])
      let shown = try run(["customers", "show", "1"]).output
      #expect(!shown.contains("\u{1B}") && !shown.contains("\u{202E}"))
      #expect(shown.contains("<U+001B>"))
    }
  }
}
