import InboxModel

/// What a number in `ZWAMESSAGE.ZMESSAGETYPE` says of a message.
///
/// Source: public readers of iPhone backups; other numbers are kept with their number.
enum PhoneKind: Equatable {
  case text, contact, location, groupEvent, system, call, deleted, product, poll, viewOnce, waiting
  case album
  case media(AttachmentKind)
  case unknown(Int64)

  init(_ number: Int64) {
    switch number {
    case 0, 7, 19, 20, 23, 24, 27, 28, 30, 32, 41, 42, 63: self = .text
    case 1: self = .media(.photo)
    case 2, 54: self = .media(.video)
    case 3: self = .media(.audio)
    case 8: self = .media(.file)
    case 11: self = .media(.gif)
    case 15: self = .media(.sticker)
    case 4: self = .contact
    case 5: self = .location
    case 6: self = .groupEvent
    case 10, 73: self = .system
    case 12: self = .waiting
    case 14: self = .deleted
    case 26: self = .product
    case 38, 39, 53: self = .viewOnce
    case 46: self = .poll
    case 59: self = .call
    case 66: self = .album
    default: self = .unknown(number)
    }
  }
}

/// What a number in `ZGROUPEVENTTYPE` says, for lines of a group and of the app.
enum PhoneEvent {
  private static let group: [Int64: String] = [
    1: "changed the subject", 2: "joined", 3: "left", 4: "changed the picture",
    5: "removed the picture", 7: "was removed", 9: "admins changed", 10: "you became an admin",
    12: "created the group", 14: "you were removed", 50: "several joined",
  ]
  private static let app: [Int64: String] = [
    1: "Missed voice call", 2: "messages are end-to-end encrypted", 3: "security code changed",
    4: "Missed video call", 22: "Missed group video call", 26: "this chat is with a business",
    30: "no business account any more", 34: "you blocked this contact",
    35: "you unblocked this contact", 38: "this chat is with a business", 40: "group call",
    41: "group call",
  ]

  /// True for an event of the app that is a call.
  static func isCall(_ event: Int64?) -> Bool { [1, 4, 22].contains(event) }

  /// A sentence in English; unknown numbers are shown as they are.
  static func text(_ event: Int64?, isGroup: Bool, _ detail: String?) -> String {
    let words = event.map { number in
      (isGroup ? group : app)[number] ?? "system event \(number)"
    }
    let sentence = words ?? "system event"
    return detail.map { $0.isEmpty ? sentence : sentence + ": " + $0 } ?? sentence
  }
}
