import Foundation
import TestSupport
import Testing

/// Graded conversations: which orders are read out of them.
@Suite struct GradedOrdersTests {
  /// What a set must reach at least: shares between 0 and 1.
  private struct Floor {
    var precision, recall, clean, items, quantities, status, totals, currencies, addresses: Double
  }

  /// As messy as life, in seven languages; written before the program was.
  @Test func ourOwnOrders() throws {
    let path = try #require(
      Bundle.module.url(forResource: "orders", withExtension: "json", subdirectory: "Graded")?.path)
    try check(
      try GradedConversation.read(path),
      Floor(
        precision: 0.69, recall: 0.73, clean: 0.73, items: 0.63, quantities: 0.82, status: 0.69,
        totals: 0.52, currencies: 0.95, addresses: 0.59))
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
        precision: 0.88, recall: 0.88, clean: 1, items: 0.84, quantities: 0.89, status: 0.95,
        totals: 0.94, currencies: 0.95, addresses: 0.92))
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
