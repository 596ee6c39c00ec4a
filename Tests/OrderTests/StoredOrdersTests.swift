import ArchiveStore
import SocialArchive
import TestSupport
import Testing

/// Orders of chats in the archive: rows, proofs, and the same whatever came first.
@Suite struct StoredOrdersTests {
  private func archive(_ paths: [String], _ folder: String) throws -> ArchiveDatabase {
    try OrderChat.take(paths, into: SocialArchive(folder: folder))
    return try ArchiveDatabase.openForReading(folder)
  }

  @Test func anOrderStandsWithItsProofs() throws {
    try TestFolders.withScratch { scratch in
      let path = try OrderChat.write(OrderChat.whole, in: scratch + "/one")
      let database = try archive([path], scratch + "/archive")
      let orders = try database.rows(
        """
        SELECT status, total, currency, currency_basis, delivery_fee, delivery_address, phone, source,
          placed_at FROM orders
        """)
      #expect(
        orders == [
          [
            .text("paid"), .text("34.000"), .text("JOD"), .text("stated"), .text("3.000"),
            .text("Abdoun, Cairo Street 14"), .text("+962795550134"), .text("chat"),
            .text("2024-05-05T10:00:00.000Z"),
          ]
        ])
      let lines = try database.rows(
        "SELECT item, quantity, unit, unit_price FROM order_lines ORDER BY position")
      #expect(
        lines == [
          [.text("chocolate cakes"), .text("2"), .null, .text("12.500")],
          [.text("baklava"), .text("1"), .text("box"), .text("9.000")],
        ])
      // What each proof covers is what it proves.
      let proofs = try database.rows(
        """
        SELECT p.field, substr(CAST(m.text AS BLOB), p.start + 1, p.length)
        FROM purchase_proof p JOIN message m ON m.id = p.message_id
        WHERE p.field IN ('total', 'fee', 'address', 'phone') ORDER BY p.field
        """
      ).map { [$0[0].text ?? "", $0[1].text ?? ""] }
      #expect(
        proofs == [
          ["address", "Abdoun, Cairo Street 14"], ["fee", "3 JD"], ["phone", "0795550134"],
          ["total", "34 JD"],
        ])
      let counted = try database.rows("SELECT name, order_count FROM customers")
      #expect(counted == [[.text("Dana"), .integer(1)]])
    }
  }

  @Test func theOrderOfDownloadsDoesNotMatter() throws {
    try TestFolders.withScratch { scratch in
      let whole = try OrderChat.write(OrderChat.whole, in: scratch + "/whole")
      let first = try OrderChat.write(OrderChat.early, in: scratch + "/first")
      var dumps: Set<String> = []
      for (number, paths) in [[whole, first], [first, whole]].enumerated() {
        let folder = "\(scratch)/archive\(number)"
        let database = try archive(paths, folder)
        #expect(try database.cell("SELECT count(*) FROM orders") == .integer(1))
        dumps.insert(try Captured.dump(folder))
      }
      #expect(dumps.count == 1)
    }
  }
}
