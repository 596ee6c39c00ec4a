import Foundation
import InboxModel
import OrderReading
import Testing

/// Short talks: what makes an order of them, and what does not.
@Suite struct OrderTalkTests {
  /// What is read out of a talk; a line begins with who says it: `c` the customer, `b` the shop.
  private func orders(_ region: String, _ lines: [String]) -> [ReadOrder] {
    OrderReader(region: region).read(
      lines.enumerated().map { number, line in
        OrderMessage(
          id: Int64(number), text: String(line.dropFirst(3)), isOwner: line.hasPrefix("b"),
          sentAt: Int64(number) * 120_000)
      })
  }

  @Test func aLinkNamesNoGoods() {
    let read = orders(
      "JO",
      [
        "c: كم سعر هذي الكيكة؟ https://www.instagram.com/stories/rana.cakes.example/344",
        "b: أهلاً! الحجم الوسط ٢٥ دينار والكبير ٣٥ دينار", "c: بدي الكبير ليوم الجمعة",
        "b: تمام، بصير ٣٥ دينار",
      ])
    #expect(read.count == 1)
    #expect(read.flatMap(\.lines).allSatisfy { !$0.item.contains("www") })
  }

  @Test func aStreetIsNoGoods() {
    let read = orders(
      "GR",
      [
        "c: Καλημέρα! Φτιάχνετε πιάτα σε γκρι χρώμα;", "b: Καλημέρα! Ναι, το σετ κοστίζει 72 €.",
        "c: Πότε να περάσω;", "b: Τέλεια, σας περιμένω! Οδός Πηλού 9, Βόλος", "c: ok τέλεια",
      ])
    #expect(read.flatMap(\.lines).allSatisfy { !$0.item.contains("Πηλού") })
  }

  @Test(arguments: [
    [
      "c: is the denim jacket still there", "b: yes, size M, $48",
      "c: if u had it in L I'd take it",
    ],
    ["c: can you send me your catalogue?", "b: sure, sent it"],
    ["c: i want 2 kilos of sleep 😂", "b: haha me too, 3 for me"],
    ["c: can I order 80 sandwiches for tomorrow?", "b: sorry we can't, too short notice"],
    ["c: how much is the lamp", "b: $60", "c: oh ok. do you have it in brass?", "b: no"],
    ["c: Hi, courier here, I have 4 boxes for you", "b: leave 2 next door please"],
  ])
  func talkIsNoOrder(_ lines: [String]) { #expect(orders("US", lines).isEmpty) }

  @Test func theShopsOwnPriceOnceMoreTakesIt() throws {
    let read = orders(
      "AE",
      [
        "c: how much is the royal oud", "b: 180 dhs", "c: make it 150 and I take it",
        "b: best is 165", "c: ok 165 done", "b: where should we deliver?",
        "c: Al Nahda 2, flat 1104",
      ])
    let order = try #require(read.first)
    #expect(read.count == 1 && order.status == .confirmed)
    #expect(order.lines.map(\.item) == ["royal oud"])
  }

  @Test func whatTheShopProposesIsOrderedByAYes() throws {
    let read = orders(
      "US",
      [
        "b: Same again this week? 6 bags house blend + 2 bags decaf",
        "c: yes please, house make it 8",
        "b: 8 house at 62 = 496",
      ])
    let order = try #require(read.first)
    #expect(order.lines.contains { $0.item.contains("house") && $0.quantity == 8 })
  }

  @Test func fromASumOnIsNoPrice() throws {
    let read = orders(
      "CA",
      [
        "c: is the quilted throw still available?", "b: Yes, $89 and shipping is free over 75",
        "c: I'll take one", "b: great, where to?", "c: 210 Wellesley St, Toronto",
      ])
    let order = try #require(read.first)
    #expect(order.total == 89 && order.lines.first?.unitPrice == 89)
    #expect(order.address?.hasPrefix("210 Wellesley") == true)
  }
}
