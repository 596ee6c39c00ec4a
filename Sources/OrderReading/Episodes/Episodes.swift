import Foundation
import InboxModel

/// Follows a conversation from message to message: what is asked for, offered, agreed, paid and sent.
struct Episodes {
  let region: String?
  let amountReader: AmountReader
  let mentionReader = MentionReader()
  let addressReader = AddressReader()

  /// So long after an order has ended a new one begins, in milliseconds: three days.
  static let pause: Int64 = 72 * 3_600_000
  /// So many messages after words that ask, lists are still goods.
  static let reach = 4

  /// The numbers of the messages so far.
  var ids: [Int64] = []
  /// Orders that have ended, in order.
  var done: [Draft] = []
  var open: Draft?
  /// Goods that were asked about, and what the shop said they cost.
  var topic = Topic()
  /// The last message that asked for goods without naming them.
  var asking: Int?
  /// The last message in which the customer asked for the usual.
  var usual: Int?
  /// The last message in which the shop asked where to deliver.
  var askedPlace: Int?
  /// The last message in which the shop said how to pay all of it.
  var askedMoney: Int?
  /// The part that the shop wants before it begins, and where it said so.
  var deposit: (value: Decimal?, place: Int)?
  /// The last message with a part of the address.
  var placeAt: Int?
  /// True if that had a street or the like.
  var isPlaceMarked = false
  /// The last message in which the shop offered: a price, or to take the order.
  var offer: Int?
  /// What the shop proposed last.
  var proposal: Proposal?
  /// What the customer last asked about beside an open order, and where.
  var aside: (mention: Mention, place: Int)?
  /// When the talk was last about an earlier order or an appointment.
  var otherMatter: Int64?
  /// When it was last about a prize, a job, or parcels that somebody fetches.
  var foreignMatter: Int64?
  /// The customer's numbers since the shop last spoke.
  var heard: [Decimal] = []
  /// The percentages among them.
  var heardPercentages: [Decimal] = []
  /// What the customer would rather pay for all of it, and where they said so.
  var bid: (value: Decimal, place: Int)?
  /// The customer's last message that asked for less without naming a sum.
  var haggled: Int?
  /// The shop's last message that something is sold out.
  var soldOut: Reading?
  /// The shop's last message but this.
  var lastSaid: Int64 = -1
  /// The shop's last message with a price.
  var lastShop: Reading?
  /// The message before.
  var previous: OrderText?

  init(region: String?) {
    self.region = region
    amountReader = AmountReader(region: region)
  }

  /// Goods under discussion.
  struct Topic {
    /// What the customer asked about, the latest last.
    var mentions: [Mention] = []
    var place = 0
    /// The latest prices, in order.
    var prices: [Price] = []
    /// A message with prices, and what was talked about before it.
    struct Price {
      let text: OrderText
      let amounts: Amounts
      let place: Int
      let subject: Mention?
    }
    /// What the shop named beside its prices.
    var offers: [Mention] = []
    static let mostPrices = 8
    static let mostMentions = 6
    /// After so many messages the talk is about something else.
    static let reach = 16
  }

  /// What one message says.
  struct Reading {
    let text: OrderText
    let place: Int
    var amounts: Amounts

    var id: Int64 { text.message.id }

    func proof(_ field: String, _ tokens: Range<Int>? = nil) -> ReadOrder.Proof {
      ReadOrder.Proof(
        field: field, message: id, range: text.place(tokens ?? 0..<text.tokens.count))
    }

    /// The words of the first phrase of some categories, as written.
    func words(_ categories: [String]) -> (String, Range<Int>)? {
      for category in categories {
        if let hit = text.hits[category]?.first(where: { !$0.isWeak }) ?? text.hits[category]?.first
        {
          return (text.slice(hit.tokens), hit.tokens)
        }
      }
      return nil
    }
  }

  mutating func read(_ text: OrderText) {
    // What was not spoken of for a month has come to its end.
    if let draft = open, text.message.sentAt - draft.lastAt > 10 * Episodes.pause { close() }
    ids.append(text.message.id)
    let reading = Reading(text: text, place: ids.count - 1, amounts: amountReader.read(text))
    if text.isOwner {
      readShop(reading)
      if !reading.amounts.prices.isEmpty { lastShop = reading }
      lastSaid = reading.id
      (heard, heardPercentages) = ([], [])
    } else {
      readCustomer(reading)
      hearSums(reading)
    }
    previous = text
  }

  /// True where no order is open, or only one that has long ended.
  func isIdle(at time: Int64) -> Bool {
    // What follows a price may take it in any words.
    guard let open else { return offer.map { ids.count - $0 > Episodes.reach } ?? true }
    return open.isClosed && time - open.lastAt > Episodes.pause
  }

  /// Passes over a message that says nothing of orders.
  mutating func skip(_ message: Int64) {
    ids.append(message)
    previous = nil
  }

  /// Ends the open order.
  mutating func close() {
    if let draft = open { done.append(draft) }
    open = nil
    asking = nil
    offer = nil
    askedPlace = nil
    (askedMoney, deposit) = (nil, nil)
    (bid, haggled, aside) = (nil, nil, nil)
    topic = Topic()
  }
}
