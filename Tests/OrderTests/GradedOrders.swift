import CustomerMatching
import Foundation
import InboxModel
import OrderReading

/// A graded conversation: what a careful reader would write into the order book.
struct GradedConversation: Decodable {
  struct Message: Decodable {
    let from: String
    let at: String
    let text: String

    /// Milliseconds since 1970.
    var time: Int64 {
      get throws {
        guard let date = ISO8601DateFormatter().date(from: at) else {
          throw CocoaError(.coderInvalidValue)
        }
        return Int64(date.timeIntervalSince1970 * 1_000)
      }
    }
  }

  /// The customer's own.
  struct Contacts: Decodable {
    let phones: [String]
    let emails: [String]
  }

  struct Item: Codable {
    var name: String
    var quantity: Double?
    var unit_price: Double?
    var unit: String?
    var aliases: [String]?
  }

  struct Order: Codable {
    var status: String
    var items: [Item]
    var total: Double?
    var currency: String?
    var delivery_fee: Double?
    var delivery_address: String?
    var phone: String?
    var message_indexes: [Int]
  }

  let id: String
  let lang: String
  let region: String?
  let customer_name: String?
  /// Nil where nobody wrote them down.
  let expected_contacts: Contacts?
  let messages: [Message]
  let expected_orders: [Order]

  static func read(_ path: String) throws -> [GradedConversation] {
    try JSONDecoder().decode(
      [GradedConversation].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A set of our own, by the name of its file.
  static func own(_ name: String) throws -> [GradedConversation] {
    let file = Bundle.module.url(
      forResource: name, withExtension: "json", subdirectory: "Graded")
    return try read(file?.path ?? name)
  }

  /// The orders that the program reads out of it.
  func orders() throws -> [Order] {
    let phones = MessageReader(region: region)
    let read = try messages.enumerated().map { number, message in
      let isOwner = message.from == "business"
      let sentAt = try message.time
      let found = phones.read(
        ChatMessage(text: message.text, isOwner: isOwner, sender: isOwner ? 1 : 2, sentAt: sentAt),
        Surroundings())
      return OrderMessage(
        id: Int64(number), text: message.text, isOwner: isOwner, sentAt: sentAt,
        phones: found.contacts.filter { $0.kind == .phone }.map {
          OrderMessage.Phone(raw: $0.raw, number: $0.value)
        })
    }
    return OrderReader(region: region).read(read).map { order in
      func number(_ value: Decimal?) -> Double? {
        value.map { NSDecimalNumber(decimal: $0).doubleValue }
      }
      return Order(
        status: order.status.rawValue,
        items: order.lines.map {
          Item(
            name: $0.item, quantity: number($0.quantity), unit_price: number($0.unitPrice),
            unit: $0.unit, aliases: nil)
        },
        total: number(order.total), currency: order.currency,
        delivery_fee: number(order.deliveryFee), delivery_address: order.address,
        phone: order.phone, message_indexes: order.messages.map(Int.init))
    }
  }
}
