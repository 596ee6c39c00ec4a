import SocialArchive
import TestSupport
import Testing

/// Orders are added up exactly, each currency alone.
@Suite struct OrderReportTests {
  @Test func addsUpByMonthStatusCustomerAndItem() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      let hello = [("09:00", "Dana", "good morning!"), ("09:01", "Olive Bakery", "good morning")]
      try OrderChat.take([try OrderChat.write(hello, in: scratch)], into: archive)
      func add(
        _ lines: [String], _ currency: String, _ placed: String, _ status: String,
        total: String? = nil
      ) throws {
        var edit = OrderEdit()
        edit.addedLines = lines
        edit.currency = currency
        edit.placed = placed
        edit.status = status
        edit.total = total
        _ = try archive.addOrder("Dana", edit, message: nil)
      }
      try add(["2 x cake @ 12.5"], "JOD", "2024-05-01", "paid")
      try add(["1 x Cake @ 0.005"], "JOD", "2024-05-31", "shipped")
      try add(["1 kilo x cake @ 3"], "EUR", "2024-06-01", "confirmed", total: "5.10")
      try add(["9 x cake @ 9"], "EUR", "2024-06-02", "cancelled")
      try add(["bread"], "", "2024-06-03", "confirmed")
      let report = try archive.reportOrders(OrderFilter())
      #expect(report.orders == 5 && report.unreviewed == 0)
      let tables = Dictionary(uniqueKeysWithValues: report.tables.map { ($0.name, $0) })
      func rows(_ name: String) -> [[String]] {
        (tables[name]?.rows ?? []).map { $0.map { $0.text ?? "-" } }
      }
      #expect(
        rows("month") == [
          ["2024-05", "JOD", "0", "0", "1", "1", "0", "25.005", "0"],
          ["2024-06", "-", "0", "1", "0", "0", "0", "0.00", "1"],
          ["2024-06", "EUR", "0", "1", "0", "0", "1", "5.10", "0"],
        ])
      #expect(
        rows("status") == [
          ["confirmed", "-", "1", "0.00", "1"], ["confirmed", "EUR", "1", "5.10", "0"],
          ["paid", "JOD", "1", "25.000", "0"], ["shipped", "JOD", "1", "0.005", "0"],
          ["cancelled", "EUR", "1", "81.00", "0"],
        ])
      #expect(
        rows("item") == [
          ["Cake", "-", "JOD", "2", "3", "0", "25.005", "0"],
          ["bread", "-", "-", "1", "0", "1", "0.00", "1"],
          ["cake", "kilo", "EUR", "1", "1", "0", "3.00", "0"],
        ])
      #expect(rows("promises").map { $0[2] } == ["paid", "confirmed", "confirmed"])
      #expect(rows("promises").map { $0[5] } == ["25.000", "5.10", "-"])
      let mismatch = try archive.order(
        try #require(rows("promises").first { $0[6] == "EUR" }?[0])
      ).entry
      #expect(mismatch.difference == "the lines give 3.00; 5.10 was stated")
    }
  }
}
