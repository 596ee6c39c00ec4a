import Foundation
import TestSupport

/// Renders graded people of one region into the downloads that a business would have: an Instagram
/// and a Facebook folder, a phone's databases, and chats as text.
struct PeopleDownloads {
  static let owner = "Dalal Style"
  let folder: String
  private(set) var paths: [String] = []
  /// SQL that finds each profile in the archive.
  private(set) var places: [String: String] = [:]
  private var chats = DatabaseMaker.androidSchema
  private var book = DatabaseMaker.contactsSchema
  private var rows = 1
  private var numbers: Set<String> = []

  init(_ people: [GradedPeople.Profile], in folder: String) throws {
    self.folder = folder
    for (number, person) in people.enumerated() {
      switch person.platform {
      case "instagram", "snapchat": try addThread(person, number, "instagram")
      case "whatsapp": try addChat(person, number)
      default: try addThread(person, number, "facebook")
      }
    }
    if rows > 1 {
      let phone = folder + "/phone"
      try FileManager.default.createDirectory(atPath: phone, withIntermediateDirectories: true)
      try DatabaseMaker.write(chats, to: phone + "/msgstore.db")
      try DatabaseMaker.write(book, to: phone + "/wa.db")
      paths.append(phone)
    }
    for platform in ["instagram", "facebook"] {
      let path = "\(folder)/\(platform)-dalal"
      if FileManager.default.fileExists(atPath: path) { paths.append(path) }
    }
  }

  /// A thread whose folder is called after the letters of the handle, as Meta's are.
  private mutating func addThread(
    _ person: GradedPeople.Profile, _ number: Int, _ platform: String
  ) throws {
    let letters = (person.handle ?? person.display_name).lowercased().utf8.filter {
      $0 &- 0x61 < 26 || $0 &- 0x30 < 10
    }
    let id = 7_000_000_000 + number
    let activity = platform == "instagram" ? "your_instagram_activity" : "your_facebook_activity"
    let path =
      "\(folder)/\(platform)-dalal/\(activity)/messages/inbox/\(String(decoding: letters, as: UTF8.self))_\(id)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let object: [String: Any] = [
      "participants": [
        ["name": MetaText.escaped(person.display_name)], ["name": MetaText.escaped(Self.owner)],
      ],
      "title": MetaText.escaped(person.display_name),
      "messages": person.conversation.reversed().map {
        [
          "sender_name": MetaText.escaped($0.isOwner ? Self.owner : person.display_name),
          "timestamp_ms": $0.time, "content": MetaText.escaped($0.text),
        ] as [String: Any]
      },
    ]
    try JSONSerialization.data(withJSONObject: object).write(
      to: URL(fileURLWithPath: path + "/message_1.json"))
    places[person.id] = """
      SELECT p.id FROM thread t JOIN participant q ON q.conversation_id = t.conversation_id
      JOIN profile p ON p.id = q.profile_id
      WHERE t.platform = '\(platform)' AND t.platform_id = '\(id)' AND p.is_owner = 0
      """
  }

  /// A chat in the phone's database; as text where there is no number, or another chat has it.
  private mutating func addChat(_ person: GradedPeople.Profile, _ number: Int) throws {
    let own = person.phones.first { $0.source == "profile" }
    guard let own, numbers.insert(own.e164).inserted else {
      return try addText(person, number, own?.raw)
    }
    let jid = DatabaseMaker.quoted(own.e164.dropFirst() + "@s.whatsapp.net")
    chats += """
      INSERT INTO jid(_id, user, server, raw_string)
        VALUES (\(number + 1), '\(own.e164.dropFirst())', 's.whatsapp.net', \(jid));
      INSERT INTO chat(_id, jid_row_id) VALUES (\(number + 1), \(number + 1));
      """
    for message in person.conversation {
      rows += 1
      chats += """
        INSERT INTO message(_id, chat_row_id, from_me, key_id, timestamp, message_type, text_data,
          sort_id) VALUES (\(rows), \(number + 1), \(message.isOwner ? 1 : 0), 'K\(rows)',
          \(message.time), 0, \(DatabaseMaker.quoted(message.text)), \(rows));
        """
    }
    book += """
      INSERT INTO wa_contacts(jid, number, display_name)
        VALUES (\(jid), '\(own.e164)', \(DatabaseMaker.quoted(person.display_name)));
      """
    places[person.id] =
      "SELECT id FROM profile WHERE platform = 'whatsapp' AND handle = '\(own.e164)'"
  }

  private mutating func addText(
    _ person: GradedPeople.Profile, _ number: Int, _ phone: String?
  ) throws {
    let format = Date.VerbatimFormatStyle(
      format:
        "\(day: .twoDigits)/\(month: .twoDigits)/\(year: .defaultDigits), \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
      timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    var messages = person.conversation
    if let phone, let first = messages.first {
      messages.insert(RenderedMessage(isOwner: false, text: phone, time: first.time), at: 1)
    }
    let lines = messages.map { message in
      let date = Date(timeIntervalSince1970: Double(message.time) / 1_000)
      let sender = message.isOwner ? Self.owner : person.display_name
      return "\(date.formatted(format)) - \(sender): \(message.text)\n"
    }
    let path = "\(folder)/text\(number)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let name = person.display_name.replacingOccurrences(of: "/", with: "_")
    let file = "\(path)/WhatsApp Chat with \(name).txt"
    try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: file))
    paths.append(file)
    places[person.id] = """
      SELECT p.id FROM profile p JOIN participant q ON q.profile_id = p.id
      JOIN thread t ON t.conversation_id = q.conversation_id JOIN source s ON s.id = t.source_id
      JOIN file f ON f.source_id = s.id JOIN part r ON r.id = f.part_id
      WHERE p.is_owner = 0 AND s.bytes = \(lines.joined().utf8.count)
        AND p.name = \(DatabaseMaker.quoted(person.display_name))
      """
  }
}
