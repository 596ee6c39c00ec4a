import Foundation
import InboxModel

/// An order while its conversation is being read.
struct Draft {
  struct Line {
    var mention: Mention
    var quantity: Decimal?
    var unitPrice: Decimal?
    var lineTotal: Decimal?
    var proofs: [ReadOrder.Proof]

    private static let mostProofs = 8

    /// Adds what shows the line; of prices the last one counts, of the rest the first and the latest.
    mutating func prove(_ proof: ReadOrder.Proof) {
      if proof.field == "price" { proofs.removeAll { $0.field == "price" } }
      if proofs.count == Line.mostProofs { proofs.remove(at: 1) }
      proofs.append(proof)
    }
  }

  /// What speaks for an order, or against it.
  enum Sign {
    case asked, counted, list, priced, bound, agreed, confirmed, pending, otherMatter, foreign, joke

    var weight: Int {
      switch self {
      case .asked, .bound, .confirmed: 2
      case .counted, .list, .priced, .agreed, .pending: 1
      // Who laughs while asking needs prices and places to be believed.
      case .otherMatter, .joke: -3
      // Parcels to fetch, a job, a prize: hardly anybody orders in such a talk.
      case .foreign: -5
      }
    }
  }

  /// Nobody orders more different things in one chat.
  static let mostLines = 100

  var lines: [Line] = []
  var status = ReadOrder.Status.requested
  var reason = "the customer asked for it"
  var total: Decimal?
  /// True once lines have changed since the total was stated.
  var isTotalOld = false
  var currency: String?
  var fee: Decimal?
  var address: String?
  var isAddressSure = false
  var phone: String?
  var placedAt: Int64
  /// When a message last said something of it.
  var lastAt: Int64
  /// The places of the messages that speak of it.
  var messages: Set<Int> = []
  var proofs: [ReadOrder.Proof] = []
  /// True once the shop named a price, took it or asked where to send it.
  var isAnswered = false
  /// What shows that it is an order.
  var signs: Set<Sign> = []
  /// True if the customer offers a price of their own: only the shop's yes makes it an order.
  var isOffer = false
  /// True if only a yes to a price began it: the price was asked, and nothing asked for.
  var isTacit = false
  /// Where the shop first answered it with a price, and where the customer last spoke.
  var pricedAt: Int?
  var spokenAt: Int?
  /// True where nothing but money, a place or the shop's words shows that it was no joke.
  var isDoubtful = false

  init(at time: Int64) {
    placedAt = time
    lastAt = time
  }

  var isClosed: Bool { status == .shipped || status == .cancelled }

  mutating func set(_ status: ReadOrder.Status, _ reason: String, _ proof: ReadOrder.Proof) {
    self.status = status
    self.reason = reason
    proofs.removeAll { $0.field == "status" }
    proofs.append(proof)
  }

  mutating func prove(_ field: String, _ message: Int64, _ range: Range<Int>) {
    proofs.removeAll { $0.field == field }
    proofs.append(ReadOrder.Proof(field: field, message: message, range: range))
  }

  /// The line that a mention is of.
  func place(of mention: Mention) -> Int? {
    lines.firstIndex { $0.mention.words == mention.words }
      ?? lines.firstIndex { $0.mention.isSame(mention) }
  }

  /// What the lines come to, where each has a price.
  var sum: Decimal? {
    var sum: Decimal = 0
    for line in lines {
      guard let price = line.lineTotal ?? line.unitPrice.map({ $0 * (line.quantity ?? 1) }) else {
        return nil
      }
      sum += price
    }
    return lines.isEmpty ? nil : sum
  }
}
