import Foundation
import TestSupport
import Testing

/// `archive orders` and `archive report` as scripts and people use them.
@Suite struct OrderCommandTests {
  private func withArchive(_ body: (([String]) throws -> Program.Result) throws -> Void) throws {
    try TestFolders.withScratch { scratch in
      let path = try OrderChat.write(OrderChat.whole, in: scratch)
      let folder = scratch + "/archive"
      let imported = try Program.run(
        ["import", path, "--archive", folder, "--region", "JO", "--me", "Olive Bakery"])
      #expect(imported.status == 0)
      try body { try Program.run(["--archive", folder] + $0) }
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func showsWhatProvesAnOrder() throws {
    try withArchive { run in
      let shown = try run(["orders", "show", "1"]).output
      #expect(shown.contains("> ") && shown.contains("deliver to [Abdoun, Cairo Street 14]"))
      #expect(shown.contains("1. 2 x chocolate cakes @ 12.500"))
      let why = try run(["orders", "why", "1"]).output
      #expect(why.contains("phone: “0795550134” – Dana"))
      let card = try object(try run(["orders", "show", "1", "--json"]).output)
      let proofs = try #require(card["proofs"] as? [[String: Any]])
      #expect(
        proofs.contains { $0["field"] as? String == "total" && $0["text"] as? String == "34 JD" })
      let listed = try object(try run(["orders", "--json"]).output)
      #expect((listed["lines"] as? [[String: Any]])?.count == 2)
      #expect(listed["total"] as? String == "34.000")
    }
  }

  @Test func reportsAsTextJSONAndCSV() throws {
    try withArchive { run in
      let report = try object(try run(["report", "orders", "--json"]).output)
      let month = try #require((report["month"] as? [[String: Any]])?.first)
      #expect(month["sold"] as? String == "34.000" && month["paid"] as? Int == 1)
      let promises = try run(["report", "--by", "promises", "--csv"]).output
      let lines = promises.components(separatedBy: "\r\n")
      #expect(lines.count == 3)
      // For people: a spreadsheet would run what begins with a plus.
      #expect(lines[1].contains("\"'+962795550134\""))
      #expect(try run(["report", "orders"]).output.contains("Open promises"))
    }
  }

  /// What is asked, with blanks between the words, and how it ends; in this order.
  private static let asked: [(String, Int32)] = [
    ("orders show 99", 1), ("orders list --status sold", 64),
    ("orders list --after 2024-02-31", 64),
    ("orders list --review no", 64), ("orders list --customer nobody", 1),
    ("orders list --unreviewed --review all", 64), ("orders edit 1", 2),
    ("orders edit 1 --total 12,5", 2), ("orders add Dana", 64), ("orders undo", 1),
    ("orders suggestions --accept 1", 2), ("orders suggestions --accept 1 --reject 1", 64),
    ("orders confirm 1", 0), ("orders confirm 1", 2), ("orders undo 1", 0), ("orders undo 1", 1),
    ("orders reread", 0), ("report sales", 64), ("report --by week", 64), ("report --csv", 64),
    ("report --by month --csv --json", 64),
  ]

  @Test func exitCodes() throws {
    try withArchive { run in
      for (words, status) in OrderCommandTests.asked {
        let result = try run(words.split(separator: " ").map(String.init))
        #expect(result.status == status, "\(words): \(result.talk)")
      }
    }
  }
}
