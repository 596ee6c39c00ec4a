import InboxModel
import OrderReading
import SocialArchive
import TestSupport
import Testing

@testable import ArchiveStore

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

  /// Whether conversations are held whole or read message by message, alone or beside others, the
  /// orders are the same and stand in the same order.
  @Test func portionsDoNotMatter() throws {
    let talks = (0..<5).map { talk in
      [
        (false, "I want \(talk + 2) cakes please"),
        (true, "\(20 * (talk + 2)) JD in total, confirmed"),
        (false, "thanks"),
      ].enumerated().map { place, line in
        OrderMessage(
          id: Int64(10 * talk + place), text: line.1, isOwner: line.0, sentAt: Int64(place))
      }
    }
    let read = try [1, 3, 7, 16_384].map { most in
      var found: [String] = []
      let chat = ChatOrders(
        finder: OrderReader(region: "JO"),
        messages: { conversation in
          var rest = talks[Int(conversation)].makeIterator()
          return { rest.next() }
        }, mostMessages: most)
      try chat.forEach((0..<5).map { (id: $0, isShopTalk: $0 != 1) }) { conversation, orders in
        let facts = orders.map { "\($0.facts.total ?? "-") \($0.messages)" }
        found.append("\(conversation): \(facts)")
      }
      return found
    }
    #expect(
      read[0] == [
        "0: [\"40.000 [0, 1]\"]", "1: []", "2: [\"80.000 [20, 21]\"]", "3: [\"100.000 [30, 31]\"]",
        "4: [\"120.000 [40, 41]\"]",
      ])
    for other in read { #expect(other == read[0]) }
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
