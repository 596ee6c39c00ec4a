import ArchiveStore
import Foundation
import SocialArchive
import TestSupport

/// Renders graded conversations of one region into the downloads that a business would have: an
/// Instagram folder and WhatsApp chats as text.
struct OrderDownloads {
  enum Platform { case instagram, whatsapp }

  private static let owner = "Olive Bakery"
  private let folder: String

  /// Writes conversations as `platforms` show them, in turn.
  init(
    _ conversations: [GradedConversation], _ platforms: [Platform], in folder: String
  ) throws {
    self.folder = folder
    for (number, conversation) in conversations.enumerated() {
      switch platforms[number % platforms.count] {
      case .instagram: try addThread(conversation, number)
      case .whatsapp: try addChat(conversation, number)
      }
    }
  }

  private func addThread(_ conversation: GradedConversation, _ number: Int) throws {
    let path =
      folder + "/instagram-olive/your_instagram_activity/messages/inbox/c\(number)_\(number)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let name = conversation.customer_name ?? "Dana"
    let object: [String: Any] = [
      "participants": [["name": MetaText.escaped(name)], ["name": MetaText.escaped(Self.owner)]],
      "title": MetaText.escaped(name),
      "messages": try conversation.messages.reversed().map {
        [
          "sender_name": MetaText.escaped($0.from == "business" ? Self.owner : name),
          "timestamp_ms": try $0.time, "content": MetaText.escaped($0.text),
        ] as [String: Any]
      },
    ]
    try JSONSerialization.data(withJSONObject: object).write(
      to: URL(fileURLWithPath: path + "/message_1.json"))
  }

  private func addChat(_ conversation: GradedConversation, _ number: Int) throws {
    let format = Date.VerbatimFormatStyle(
      format:
        "\(day: .twoDigits)/\(month: .twoDigits)/\(year: .defaultDigits), \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
      timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    let lines = try conversation.messages.map { message in
      let date = Date(timeIntervalSince1970: Double(try message.time) / 1_000)
      let sender = message.from == "business" ? Self.owner : conversation.customer_name ?? "Dana"
      return "\(date.formatted(format)) - \(sender): \(message.text)\n"
    }
    let path = "\(folder)/c\(number)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let name = (conversation.customer_name ?? "Dana").replacingOccurrences(of: "/", with: "_")
    try Data(lines.joined().utf8).write(
      to: URL(fileURLWithPath: "\(path)/WhatsApp Chat with \(name).txt"))
  }

  /// What an archive of these downloads holds of one conversation.
  struct Found {
    var orders: [GradedConversation.Order] = []
    /// Phones and e-mail addresses of the customer's own.
    var contacts: Set<String> = []
  }

  /// Imports the downloads; gives what the archive has of each conversation, by its place.
  func imported(region: String?, into archive: SocialArchive) throws -> [Int: Found] {
    var options = ImportOptions()
    options.region = region
    options.timezone = "UTC"
    options.ownerName = Self.owner
    _ = try archive.importDownloads([folder], options: options)
    let database = try ArchiveDatabase.openForReading(archive.folder)
    var found: [Int: Found] = [:]
    var places: [String: Int] = [:]
    for row in try database.rows(
      """
      SELECT c.uid, t.platform_id, f.path, s.path FROM conversation c
      JOIN thread t ON t.conversation_id = c.id JOIN source s ON s.id = t.source_id
      JOIN file f ON f.source_id = s.id
      """)
    {
      let pieces = (row[2].text ?? "").split(separator: "/")
      let name = pieces.first { $0.hasPrefix("c") && $0.dropFirst().first?.isNumber == true }
      let digits = name?.dropFirst().prefix { $0.isNumber } ?? ""
      guard let uid = row[0].text, let place = Int(digits) else { continue }
      places[uid] = place
      found[place] = Found()
    }
    try archive.forEachOrder(OrderFilter()) { order in
      guard let place = order.conversation.flatMap({ places[$0] }) else { return }
      found[place]?.orders.insert(GradedConversation.Order(order), at: 0)
    }
    for row in try database.rows(
      """
      SELECT DISTINCT c.uid, p.value FROM contact_point p JOIN participant t ON t.profile_id = p.profile_id
      JOIN conversation c ON c.id = t.conversation_id JOIN profile q ON q.id = p.profile_id
      WHERE p.ownership = 'self' AND p.kind IN ('phone', 'email') AND q.is_owner = 0
      """)
    {
      guard let place = places[row[0].text ?? ""] else { continue }
      found[place]?.contacts.insert(row[1].text ?? "")
    }
    return found
  }
}

extension GradedConversation.Order {
  /// An order as the archive has it.
  init(_ order: OrderEntry) {
    self.init(
      status: order.status,
      items: order.lines.map {
        GradedConversation.Item(
          name: $0.item, quantity: $0.quantity.flatMap(Double.init),
          unit_price: $0.unitPrice.flatMap(Double.init), unit: $0.unit, aliases: nil)
      },
      total: order.total.flatMap(Double.init), currency: order.currency,
      delivery_fee: order.deliveryFee.flatMap(Double.init), delivery_address: order.address,
      phone: order.phone, message_indexes: [])
  }
}
