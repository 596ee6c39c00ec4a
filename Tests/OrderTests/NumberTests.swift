import Foundation
import InboxModel
import Testing

@testable import OrderReading

/// Numbers and sums as people write them.
@Suite struct NumberTests {
  @Test(
    arguments: [
      ("12.5", "JO", "12.5"), ("3.500", "JO", "3.5"), ("1.200", "GR", "1200"),
      ("1,200", "US", "1200"), ("0,350", "GR", "0.35"), ("1.250,50", "TR", "1250.5"),
      ("1,250.50", "GB", "1250.5"), ("١٢٫٥", "EG", "12.5"), ("١٬٢٥٠", "SA", "1250"),
      ("١٢،٥", "JO", "12.5"), ("18,40", "FR", "18.4"), ("1,250", "GR", "1.25"),
    ])
  func aNumberIsReadAsItsCountryWritesIt(_ text: String, _ region: String, _ value: String) {
    let marked = OrderMarker(region: region).mark(message(text))
    #expect(marked.tokens.compactMap(\.number) == [Decimal(string: value)])
  }

  @Test(
    arguments: [
      ("25€", "GR", "25", "EUR"), ("€25", "GR", "25", "EUR"), ("٢٥ دينار", "KW", "25", "KWD"),
      ("25 دينار", "JO", "25", "JOD"), ("ب25", "EG", "25", nil), ("180₪", "IL", "180", "ILS"),
      ("120 ש\"ח", "IL", "120", "ILS"), ("45tl", "TR", "45", "TRY"),
      ("1 450 $", "CA", "1450", "CAD"),
      ("دينارين", "JO", "2", "JOD"), ("£34", "GB", "34", "GBP"),
    ] as [(String, String, String, String?)])
  func aSumIsFound(_ text: String, _ region: String, _ value: String, _ currency: String?) {
    let marked = OrderMarker(region: region).mark(message(text))
    let amounts = AmountReader(region: region).read(marked)
    #expect(amounts.all.map(\.value) == [Decimal(string: value)])
    #expect(amounts.all.first?.currency == currency)
  }

  @Test(
    arguments: [
      "at 12:30", "on 10/12", "24 Oct", "24 Οκτ", "٥ آذار", "see you <3", "size 42", "order #1042",
      "40% off", "building 14", "A15 cover",
      "GR4471209983", "mail me at sales25@shop.example",
    ])
  func whatCountsNothingIsMarked(_ text: String) {
    var marked = OrderMarker(region: "US").mark(message(text))
    NumberMasks.apply(&marked)
    let numbers = marked.tokens.filter { $0.number != nil }
    #expect(!numbers.isEmpty && numbers.allSatisfy(\.isMasked))
  }

  @Test(
    arguments: [
      ("JO", "JOD"), ("PS", "ILS"), ("CY", "EUR"), ("SN", "XOF"), ("EG", "EGP"), ("ZZ", nil),
    ] as [(String, String?)])
  func aCountryHasItsCurrency(_ region: String, _ code: String?) {
    #expect(Currencies.ofRegion(region) == code)
  }

  /// A proof lies in the text as it is stored, also where the reader had to compose its letters.
  @Test func placesAreOfTheStoredText() {
    let text = "\u{438}\u{306}, hi, I want 2 cakes and 3 pies, deliver to Main Street 5"
    let asked = OrderMessage(id: 7, text: text, isOwner: false, sentAt: 0)
    let orders = OrderReader(region: "US").read([asked])
    #expect(orders.count == 1)
    let proofs = orders.flatMap(\.proofs)
    #expect(!proofs.isEmpty && proofs.allSatisfy { $0.range == 0..<text.utf8.count })
  }

  private func message(_ text: String) -> OrderMessage {
    OrderMessage(id: 1, text: text, isOwner: true, sentAt: 0)
  }
}
