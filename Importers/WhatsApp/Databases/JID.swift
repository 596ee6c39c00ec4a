/// WhatsApp's address of a person, group or list: `962791234567@s.whatsapp.net`.
struct JID: Hashable {
  enum Kind {
    /// A telephone number.
    case phone
    /// A number of WhatsApp's own that hides a person's telephone number.
    case hidden
    case group
    /// A list of receivers, a channel, or something else that is nobody.
    case other
    /// Where contacts put what disappears after a day.
    case status
  }

  let user: String
  let server: String

  /// Nil if the text is no address. A device behind the user is dropped.
  init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    user = String(parts[0].prefix { $0 != ":" && $0 != "." })
    server = String(parts[1])
  }

  var kind: Kind {
    switch server {
    case "s.whatsapp.net", "c.us": .phone
    case "lid", "hosted.lid": .hidden
    case "g.us": .group
    case "broadcast": user == "status" ? .status : .other
    default: .other
    }
  }

  var text: String { user + "@" + server }

  /// What names a person across all chats: the number in international form, or the hidden number.
  /// Nil for what is no person.
  var handle: String? {
    switch kind {
    case .phone: user.allSatisfy(\.isNumber) ? "+" + user : text
    case .hidden: "lid:" + user
    default: nil
    }
  }

  /// What names the conversation with it across all databases.
  var conversation: String { handle ?? text }
}
