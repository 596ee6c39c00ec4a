import Foundation
import TestSupport
import Testing

/// Graded conversations: which orders are read out of them.
@Suite struct GradedOrdersTests {
  /// What a set must reach at least: shares between 0 and 1.
  struct Floor {
    var precision, recall, clean, items, quantities, status, totals, currencies, addresses: Double
  }

  /// Our own sets.
  ///
  /// - `orders`: as messy as life, in seven languages; written before the program was.
  /// - `short`: short and plain, in four languages; written after the program, and read by it once
  ///   before it was mended.
  /// - `later`: in seven languages; written by somebody who saw neither the program nor its words. The
  ///   program read them once (orders 0.70 of 0.76, items 0.60) before it was mended.
  /// - `fresh`: in four languages; written by people who saw no code. The program read them once
  ///   (orders 0.60 and 0.55, items 0.58 and 0.49, 18 of 26 talks without an order kept clean) before it
  ///   was mended.
  /// - `plain`: in four languages. The Arabic and English were written by somebody who saw no code; the
  ///   program read them once (orders 0.79 and 0.83, items 0.76 and 0.78, 7 of 9 talks without an order kept
  ///   clean) before it was mended. The Greek and Hebrew were written after that.
  /// - `varied`: Arabic and English, of all trades, written by somebody who saw no code. The program read
  ///   them once (orders 0.89 and 0.62, items 0.62 and 0.47, 11 of 12 kept clean) before it was mended.
  /// - `unseen`: nobody has opened these since they were written: they say how well talk is read that
  ///   nobody has seen. Only their rates are looked at; they have decided between two rules now and then.
  /// - `unread`: Greek and Hebrew, of all trades, written by somebody who saw no code. Nobody has opened it,
  ///   and nothing was mended with it: its floors are what the program read at first sight.
  static let floors: [String: Floor] = [
    "orders": Floor(
      precision: 0.91, recall: 0.88, clean: 0.97, items: 0.82, quantities: 0.92, status: 0.85,
      totals: 0.82, currencies: 0.98, addresses: 0.89),
    "short": Floor(
      precision: 0.94, recall: 0.94, clean: 1, items: 0.93, quantities: 0.98, status: 0.98,
      totals: 0.98, currencies: 0.98, addresses: 0.98),
    "later": Floor(
      precision: 0.91, recall: 0.91, clean: 0.95, items: 0.8, quantities: 0.9, status: 0.97,
      totals: 0.94, currencies: 0.98, addresses: 0.87),
    "fresh": Floor(
      precision: 0.97, recall: 0.92, clean: 1, items: 0.84, quantities: 0.94, status: 0.97,
      totals: 0.97, currencies: 0.98, addresses: 0.89),
    "plain": Floor(
      precision: 0.99, recall: 0.99, clean: 1, items: 0.94, quantities: 0.99, status: 0.99,
      totals: 0.99, currencies: 0.99, addresses: 0.94),
    "varied": Floor(
      precision: 0.87, recall: 0.8, clean: 0.91, items: 0.68, quantities: 0.84, status: 0.8,
      totals: 0.94, currencies: 0.99, addresses: 0.93),
    "unread": Floor(
      precision: 0.76, recall: 0.61, clean: 0.91, items: 0.54, quantities: 0.7, status: 0.81,
      totals: 0.56, currencies: 0.92, addresses: 0.5),
    "unseen": Floor(
      precision: 0.91, recall: 0.89, clean: 0.8, items: 0.77, quantities: 0.96, status: 0.79,
      totals: 0.92, currencies: 0.98, addresses: 0.81),
  ]

  @Test(arguments: floors.keys.sorted()) func ourOwnOrders(_ name: String) throws {
    try check(
      try GradedConversation.own(name), try #require(GradedOrdersTests.floors[name]))
  }

  /// Graded conversations beside the outside downloads.
  static let outside = (TestFolders.fixtures ?? "") + "/../gold/orders/dev.json"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: outside), "there are no graded orders outside"))
  func outsideOrders() throws {
    try check(
      try GradedConversation.read(GradedOrdersTests.outside),
      Floor(
        precision: 0.99, recall: 0.99, clean: 1, items: 0.99, quantities: 0.99, status: 0.99,
        totals: 0.99, currencies: 0.99, addresses: 0.93))
  }

  private func check(_ conversations: [GradedConversation], _ floor: Floor) throws {
    var score = OrderScore()
    for conversation in conversations {
      score.add(conversation.expected_orders, try conversation.orders())
    }
    let comment = Comment(rawValue: score.description)
    #expect(score.share("orders", "read orders") >= floor.precision, comment)
    #expect(score.share("orders", "expected orders") >= floor.recall, comment)
    #expect(score.share("kept clean", "without order") >= floor.clean, comment)
    #expect(score.share("items", "read items") >= floor.items, comment)
    #expect(score.share("items", "expected items") >= floor.items, comment)
    #expect(score.share("quantities", "items") >= floor.quantities, comment)
    #expect(score.share("status", "orders") >= floor.status, comment)
    #expect(score.share("totals", "expected totals") >= floor.totals, comment)
    #expect(score.share("currencies", "expected currencies") >= floor.currencies, comment)
    #expect(score.share("addresses", "expected addresses") >= floor.addresses, comment)
  }
}
