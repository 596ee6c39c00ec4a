import Foundation
import InboxModel
import OrderReading
import TestSupport
import Testing

/// Talk that makes no sense: it is read to its end, and always to the same.
@Suite struct AdversarialTests {
  private static let pieces = [
    "I want", "بدي", "אני רוצה", "θέλω", "istiyorum", "je voudrais", "quiero", "2", "٣", "3.5", "x",
    "ب25", "€", "=", "+", "*", "دينار", "cancel", "confirmed", "paid", "shipped", "total", "cake",
    "كيكة", "עוגה", "τούρτα", "dozen", "و", "ו", "-", ":", "#", "?", "؟", "\u{200F}", "\u{0}",
    "@", "http://", "instead of", "the usual", "1234567890", "0.0000001", "half", "\n", "🎂", "ل",
  ]

  private func conversation(_ seed: UInt64, messages: Int) -> [OrderMessage] {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    return (0..<messages).map { number in
      let words = (0..<(1 + next(12))).map { _ in
        AdversarialTests.pieces[next(AdversarialTests.pieces.count)]
      }
      return OrderMessage(
        id: Int64(number), text: words.joined(separator: next(3) == 0 ? "" : " "),
        isOwner: next(2) == 0, sentAt: Int64(number) * 60_000)
    }
  }

  @Test func wordSaladIsReadAlwaysAlike() {
    for seed in 1...200 as ClosedRange<UInt64> {
      let talk = conversation(seed, messages: 40)
      let first = OrderReader(region: "JO").read(talk)
      #expect(first == OrderReader(region: "JO").read(talk))
      let texts = Dictionary(uniqueKeysWithValues: talk.map { ($0.id, $0.text.utf8.count) })
      for proof in first.flatMap(\.proofs) {
        #expect(proof.range.upperBound <= texts[proof.message] ?? 0)
      }
      #expect(first.allSatisfy { !$0.lines.isEmpty && !$0.messages.isEmpty })
    }
  }

  /// Messages of graded conversations in pieces, put together anew, with words of the tables between.
  static func mixture(_ seed: UInt64, _ words: [String], _ messages: [String]) -> [OrderMessage] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    return (0..<(5 + next(25))).map { number in
      var parts: [Substring] = []
      for _ in 0...next(3) {
        let pieces = messages[next(messages.count)].split(separator: " ")
        if !pieces.isEmpty {
          let start = next(pieces.count)
          parts += pieces[start..<min(pieces.count, start + 1 + next(6))]
        }
        if next(2) == 0 { parts.append(words[next(words.count)][...]) }
        if next(4) == 0 { parts.append("\(next(400))") }
      }
      let separator = [" ", " ", " ", ", ", "\n", ""][next(6)]
      return OrderMessage(
        id: Int64(number), text: parts.joined(separator: separator), isOwner: next(2) == 0,
        sentAt: Int64(number) * Int64(60_000 * (1 + next(4_000))))
    }
  }

  @Test func mixedTalkIsReadToItsEnd() throws {
    let tables = TestFolders.project + "/Sources/OrderReading/Tables"
    let words = try FileManager.default.contentsOfDirectory(atPath: tables).sorted().flatMap {
      try String(contentsOfFile: tables + "/" + $0, encoding: .utf8).split(separator: "\n")
        .compactMap { $0.split(separator: "\t").dropFirst().first.map(String.init) }
    }
    let messages = try ["orders", "short", "later"].flatMap { name in
      try GradedConversation.own(name).flatMap { $0.messages.map(\.text) }
    }
    // More of them by hand: ORDER_MIXTURES=100000.
    let most = ProcessInfo.processInfo.environment["ORDER_MIXTURES"].flatMap(UInt64.init) ?? 150
    for seed in 1...most {
      let talk = AdversarialTests.mixture(seed, words, messages)
      for region in ["JO", "GR", "US"] {
        for order in OrderReader(region: region).read(talk) {
          #expect(!order.lines.isEmpty && !order.messages.isEmpty)
          #expect(order.lines.allSatisfy { !$0.item.isEmpty })
        }
      }
    }
  }

  @Test func anEndlessMessageIsReadFromItsBeginning() {
    let text = "I want 2 cakes and 3 pies please. " + String(repeating: "zzz 5, ", count: 20_000)
    let message = OrderMessage(id: 1, text: text, isOwner: false, sentAt: 0)
    let lines = OrderReader(region: "US").read([message]).first?.lines ?? []
    #expect(lines.prefix(2).map(\.item) == ["cakes", "pies"])
    #expect(lines.prefix(2).map(\.quantity) == [2, 3])
  }

  /// An order that is open for years: what proves it does not grow with the talk.
  @Test func talkWithoutEndLeavesFewProofs() {
    var talk = [
      OrderMessage(id: 0, text: "I want 2 cakes and 3 pies please", isOwner: false, sentAt: 0)
    ]
    for number in 1...3_000 as ClosedRange<Int64> {
      talk.append(
        OrderMessage(
          id: number, text: number % 2 == 0 ? "I want 4 cakes" : "cakes 12 $ each",
          isOwner: number % 2 == 1, sentAt: number * 60_000))
    }
    let orders = OrderReader(region: "US").read(talk)
    #expect(orders.map { $0.lines.map(\.item) } == [["cakes", "pies"]])
    #expect(orders.flatMap(\.proofs).count < 30)
  }
}
