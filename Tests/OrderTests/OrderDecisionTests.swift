import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// What the user says of orders counts, survives, and can be taken back.
@Suite struct OrderDecisionTests {
  private func withChat(
    _ lines: [(String, String, String)], _ body: (SocialArchive, String) throws -> Void
  ) throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      try OrderChat.take([try OrderChat.write(lines, in: scratch + "/first")], into: archive)
      try body(archive, scratch)
    }
  }

  private func only(_ archive: SocialArchive) throws -> OrderEntry {
    let orders = try OrderChat.orders(archive)
    #expect(orders.count == 1)
    return try #require(orders.first)
  }

  @Test func aConfirmedOrderStaysAndLaterMessagesAreSuggestions() throws {
    try withChat(OrderChat.early) { archive, scratch in
      let before = try only(archive)
      #expect(before.review == "unreviewed" && before.status == "confirmed")
      _ = try archive.answer([String(before.id)], .confirm)
      #expect(try only(archive).review == "confirmed")
      // The rest of the chat says that it was paid, and what the delivery costs.
      try OrderChat.take(
        [try OrderChat.write(OrderChat.whole, in: scratch + "/second")], into: archive)
      let after = try only(archive)
      #expect(after.id == before.id)
      #expect(after.status == "confirmed" && after.deliveryFee == nil)
      #expect(after.suggestedFacts == ["status: paid", "delivery fee: 3.000"])
      // Kept as it was, it asks no more.
      let kept = try archive.answer([String(after.id)], .keep)
      #expect(try only(archive).suggestedFacts.isEmpty)
      #expect(try only(archive).status == "confirmed")
      _ = try archive.undo(kept.decisions[0], ofOrders: true)
      let accepted = try archive.answer([String(after.id)], .accept)
      #expect(accepted.1.first?.entry.status == "paid")
      #expect(try only(archive).deliveryFee == "3.000")
      #expect(try only(archive).suggestedFacts.isEmpty)
      let dump = try Captured.dump(archive.folder)
      _ = try archive.rebuild()
      #expect(try Captured.dump(archive.folder) == dump)
    }
  }

  @Test func aRejectedOrderIsCountedNowhereAndDoesNotComeBack() throws {
    try withChat(OrderChat.early) { archive, scratch in
      let id = String(try only(archive).id)
      let rejected = try archive.answer([id], .reject)
      #expect(throws: ArchiveFailure.self) { try archive.answer([id], .reject) }
      try OrderChat.take(
        [try OrderChat.write(OrderChat.whole, in: scratch + "/second")], into: archive)
      #expect(try only(archive).review == "rejected")
      var listed = 0
      try archive.forEachOrder(OrderFilter()) { _ in listed += 1 }
      #expect(listed == 0)
      #expect(try archive.customers(CustomerFilter(), columns: ["order_count"]) == [["0"]])
      #expect(try archive.reportOrders(OrderFilter()).orders == 0)
      _ = try archive.undo(rejected.decisions[0], ofOrders: true)
      #expect(try only(archive).review == "unreviewed")
      #expect(try archive.customers(CustomerFilter(), columns: ["order_count"]) == [["1"]])
      #expect(try archive.verify().isEmpty)
    }
  }

  @Test func editsAddUpAndGoOneByOne() throws {
    try withChat(OrderChat.whole) { archive, _ in
      let plain = try Captured.dump(archive.folder)
      let id = String(try only(archive).id)
      var shipped = OrderEdit()
      shipped.status = "shipped"
      let first = try archive.edit(id, shipped)
      var lines = OrderEdit()
      lines.changedLines = [(1, "3 x chocolate cakes @ 12.5")]
      lines.droppedLines = [2]
      lines.addedLines = ["0.5 kilo x maamoul = 4"]
      lines.total = "41.5"
      let second = try archive.edit(id, lines)
      let order = try only(archive)
      #expect(order.status == "shipped" && order.total == "41.500")
      #expect(
        order.lines.map(OrderEntry.text) == [
          "3 x chocolate cakes @ 12.500", "0.5 kilo x maamoul = 4.000",
        ])
      #expect(order.difference == nil)
      // What messages proved of the old lines proves nothing of the new.
      let proofs = try archive.order(id).proofs.map(\.field)
      #expect(!proofs.contains { $0.hasPrefix("line") || $0 == "status" || $0 == "total" })
      #expect(proofs.contains("address"))
      // The first goes, the second stays.
      _ = try archive.undo(first.decisions[0], ofOrders: true)
      #expect(try only(archive).status == "paid")
      #expect(try only(archive).total == "41.500")
      _ = try archive.undo(second.decisions[0], ofOrders: true)
      // But for the decisions, which stay in the ledger, all is as it was.
      let dump = try Captured.dump(archive.folder)
      #expect(
        dump.split(separator: "\n").filter { !$0.hasPrefix("{\"is\":\"decision\"") }
          == plain.split(separator: "\n"))
    }
  }

  @Test func badValuesAreRefusedAndChangeNothing() throws {
    try withChat(OrderChat.whole) { archive, _ in
      let id = String(try only(archive).id)
      let dump = try Captured.dump(archive.folder)
      let edits: [(inout OrderEdit) -> Void] = [
        { $0.status = "lost" }, { $0.total = "12,5" }, { $0.total = "-3" }, { $0.currency = "XXZ" },
        { $0.phone = "12" }, { $0.placed = "yesteryear" }, { $0.droppedLines = [3] },
        { $0.addedLines = ["2 x "] }, { $0.addedLines = ["cake @ much"] }, { _ in },
      ]
      for change in edits {
        var edit = OrderEdit()
        change(&edit)
        #expect(throws: ArchiveFailure.self) { try archive.edit(id, edit) }
        #expect(throws: ArchiveFailure.self) { try archive.addOrder("Dana", edit, message: nil) }
      }
      #expect(throws: ArchiveFailure.self) { try archive.answer(["99"], .confirm) }
      #expect(throws: ArchiveFailure.self) { try archive.answer([id], .accept) }
      #expect(throws: ArchiveFailure.self) { try archive.undo(nil, ofOrders: true) }
      #expect(try Captured.dump(archive.folder) == dump)
    }
  }

  @Test func anOrderAddedByHandHasTheRegionsCurrency() throws {
    try withChat([("09:00", "Dana", "good morning!")]) { archive, _ in
      _ = try archive.set("region", "JO")
      var edit = OrderEdit()
      edit.addedLines = ["1 x box @ 3"]
      let order = try #require(try archive.addOrder("Dana", edit, message: nil).1.first).entry
      #expect(order.currency == "JOD" && order.currencyBasis == "account region")
      #expect(order.lines.first?.unitPrice == "3.000")
      // An empty one is none.
      edit.currency = ""
      let bare = try #require(try archive.addOrder("Dana", edit, message: nil).1.first).entry
      #expect(bare.currency == nil && bare.currencyBasis == "unknown")
    }
  }

  @Test func anOrderAddedByHandSurvivesAndGoesWithUndo() throws {
    let talk = [("09:00", "Dana", "good morning!"), ("09:01", "Olive Bakery", "good morning Dana")]
    try withChat(talk) { archive, scratch in
      var edit = OrderEdit()
      edit.addedLines = ["2 kilo x baklava @ 9.5", "1 x box"]
      edit.currency = "jod"
      edit.placed = "2024-05-04"
      let added = try archive.addOrder("Dana", edit, message: nil)
      let order = try #require(added.1.first).entry
      #expect(order.source == "manual" && order.status == "confirmed")
      #expect(order.placedAt == "2024-05-04T00:00:00.000Z")
      #expect(order.lines.map(OrderEntry.text) == ["2 kilo x baklava @ 9.500", "1 x box"])
      #expect(order.linesTotal == nil)
      var paid = OrderEdit()
      paid.status = "paid"
      _ = try archive.edit(order.uid, paid)
      try OrderChat.take(
        [try OrderChat.write(talk + OrderChat.whole, in: scratch + "/second")], into: archive)
      let orders = try OrderChat.orders(archive)
      #expect(orders.map(\.source) == ["chat", "manual"])
      #expect(orders.last?.status == "paid" && orders.last?.id == order.id)
      let dump = try Captured.dump(archive.folder)
      _ = try archive.rebuild()
      #expect(try Captured.dump(archive.folder) == dump)
      // Without the decision that added it, what was said of it says nothing.
      _ = try archive.undo(added.decisions[0], ofOrders: true)
      #expect(try OrderChat.orders(archive).map(\.source) == ["chat"])
    }
  }

  @Test func aMessageThatWasNotUnderstoodCanProveAnOrder() throws {
    let talk = [("09:00", "Dana", "the usual, as always"), ("09:01", "Olive Bakery", "on its way")]
    try withChat(talk) { archive, _ in
      let message = try #require(
        ArchiveDatabase.openForReading(archive.folder).rows(
          "SELECT uid FROM messages WHERE sender = 'Dana'"
        ).first?[0].text)
      var edit = OrderEdit()
      edit.addedLines = ["1 x olive bread"]
      let card = try #require(try archive.addOrder("Dana", edit, message: message).1.first)
      #expect(card.entry.evidence == [message])
      #expect(card.messages.first?.isEvidence == true)
      #expect(throws: ArchiveFailure.self) {
        try archive.addOrder("Dana", edit, message: "0123-4-5")
      }
    }
  }

  @Test func decisionsCountWhateverCameFirst() throws {
    try TestFolders.withScratch { scratch in
      let early = try OrderChat.write(OrderChat.early, in: scratch + "/early")
      let whole = try OrderChat.write(OrderChat.whole, in: scratch + "/whole")
      let first = SocialArchive(folder: scratch + "/one")
      try OrderChat.take([early], into: first)
      _ = try first.answer([String(try only(first).id)], .confirm)
      try OrderChat.take([whole], into: first)
      // The same decisions come to an archive that saw the downloads in another order.
      let second = SocialArchive(folder: scratch + "/two")
      try OrderChat.take([whole], into: second)
      let name = "/decisions.jsonl"
      try FileManager.default.copyItem(
        atPath: first.folder + name, toPath: second.folder + name)
      try OrderChat.take([early], into: second)
      #expect(try Captured.dump(first.folder) == Captured.dump(second.folder))
      #expect(try only(second).review == "confirmed")
    }
  }

  @Test func whoIsNoCustomerOrdersNothing() throws {
    try withChat(OrderChat.whole) { archive, _ in
      let plain = try only(archive)
      let (decision, _) = try archive.change("Dana", .kind("supplier"))
      #expect(try OrderChat.orders(archive).isEmpty)
      _ = try archive.undo(decision)
      #expect(try only(archive).uid == plain.uid)
      #expect(try only(archive).id == plain.id)
      // What the user confirmed stays whoever it was.
      _ = try archive.answer([plain.uid], .confirm)
      _ = try archive.change("Dana", .kind("supplier"))
      #expect(try only(archive).lines.count == 2)
      #expect(try archive.verify().isEmpty)
    }
  }

  @Test func readingAgainChangesNothing() throws {
    try withChat(OrderChat.whole) { archive, _ in
      _ = try archive.answer([try only(archive).uid], .confirm)
      let dump = try Captured.dump(archive.folder)
      let counts = try archive.readOrdersAgain()
      #expect(counts == (1, 1))
      #expect(try Captured.dump(archive.folder) == dump)
    }
  }

  /// One clock moves, and the second order gets the time, and so the uid, that the first one had.
  @Test func numbersFollowTheirOrdersWhenTheClockMoves() throws {
    let talk =
      OrderChat.whole + [
        ("10:40", "Olive Bakery", "your order was delivered, enjoy!"),
        ("11:00", "Dana", "hi again, I want 3 lemon pies please"),
        ("11:01", "Olive Bakery", "Order confirmed, 7 JD each, 21 JD total"),
      ]
    try withChat(talk) { archive, _ in
      let before = try OrderChat.orders(archive)
      #expect(before.map { $0.lines.count } == [1, 2])
      _ = try archive.answer([String(before[0].id)], .confirm)
      for zone in ["Europe/Berlin", "Asia/Amman", "UTC"] {
        try archive.set("timezone", zone)
        let after = try OrderChat.orders(archive)
        #expect(after.map(\.id) == before.map(\.id))
        #expect(after.map(\.review) == ["confirmed", "unreviewed"])
        for (one, other) in zip(before, after) {
          #expect(try archive.order(other.uid).entry.id == one.id)
        }
      }
      #expect(try archive.verify().isEmpty)
    }
  }

  @Test func whatIsAddedBesideAnOrderIsAnOrderOfItsOwn() throws {
    try withChat(OrderChat.whole) { archive, scratch in
      let read = try only(archive)
      var edit = OrderEdit()
      edit.addedLines = ["1 x bread"]
      let added = try archive.addOrder("Dana", edit, message: read.evidence[0]).1
      #expect(added.first?.entry.lines.map(\.item) == ["bread"])
      #expect(try OrderChat.orders(archive).count == 2)
      #expect(try archive.order(read.uid).entry.lines.count == 2)
      _ = try archive.answer([read.uid], .reject)
      try OrderChat.take(
        [try OrderChat.write(OrderChat.whole + [("12:00", "Dana", "bye")], in: scratch + "/2")],
        into: archive)
      #expect(try OrderChat.orders(archive).map(\.review).sorted() == ["confirmed", "rejected"])
      #expect(try archive.order(added[0].entry.uid).entry.lines.map(\.item) == ["bread"])
    }
  }

  /// A decision is about its own order, not about one that only shares an answer with it.
  @Test func aDecisionNeverFallsOnAnotherOrder() throws {
    try withChat(OrderChat.whole) { archive, scratch in
      _ = try archive.answer([try only(archive).uid], .reject)
      let other = [
        ("10:00", "Dana", "hello there"),
        (
          "10:05", "Olive Bakery", "Hi Dana! cakes 12.500 JD each, baklava box 9 JD, so 34 JD total"
        ),
      ]
      let second = SocialArchive(folder: scratch + "/second")
      try OrderChat.take(
        [
          try OrderChat.write(
            other + [
              ("10:06", "Dana", "then 4 lemon pies please"),
              ("10:07", "Olive Bakery", "Order confirmed, 5 JD each, 20 JD total"),
            ], in: scratch + "/other")
        ], into: second)
      try FileManager.default.copyItem(
        atPath: archive.folder + "/decisions.jsonl", toPath: second.folder + "/decisions.jsonl")
      #expect(try OrderChat.orders(second).allSatisfy { $0.review == "unreviewed" })
    }
  }
}
