import InboxModel

/// What a number in `message.message_type` says of a message.
///
/// Source: the readers of the field's peers, which agree up to about 50 and in what stands here
/// beyond; other numbers are kept with their number.
enum AndroidKind: Equatable {
  case text, contact, location, system, call, deleted, order, product, poll, viewOnce, waiting
  /// A frame around pictures that are messages of their own.
  case album
  case media(AttachmentKind)
  case unknown(Int64)

  init(_ number: Int64) {
    switch number {
    case 0, 24, 25, 26, 27, 28, 32, 45, 46, 49, 55, 57, 85, 92: self = .text
    case 1: self = .media(.photo)
    case 2: self = .media(.audio)
    case 3, 81: self = .media(.video)
    case 9: self = .media(.file)
    case 13: self = .media(.gif)
    case 20: self = .media(.sticker)
    case 4, 14: self = .contact
    case 5, 16: self = .location
    case 7, 36, 56, 112: self = .system
    case 8, 10, 90: self = .call
    case 15, 64: self = .deleted
    case 23: self = .product
    case 44: self = .order
    case 42, 43, 82: self = .viewOnce
    case 66, 106: self = .poll
    case 11, 12: self = .waiting
    case 99: self = .album
    default: self = .unknown(number)
    }
  }
}

/// What a number in `message_system.action_type` says.
enum AndroidEvent {
  private static let words: [Int64: String] = [
    1: "changed the subject", 4: "was added", 5: "left", 6: "changed the picture",
    7: "was removed", 10: "changed the number", 11: "created the group", 12: "was added",
    13: "left", 14: "was removed", 15: "became an admin", 16: "is no admin any more",
    18: "security code changed", 19: "messages are end-to-end encrypted", 20: "joined by a link",
    27: "changed the description", 28: "changed the number", 39: "payments",
    46: "this chat is with a business", 47: "an official business account",
    50: "no business account any more", 56: "disappearing messages changed",
    57: "a device changed", 58: "blocked or unblocked", 59: "disappearing messages",
    67: "the business uses a service from Meta", 68: "disappearing messages",
    69: "the business account changed", 79: "community", 118: "pinned a message",
  ]

  /// A sentence in English; unknown numbers are shown as they are.
  static func text(_ action: Int64?, _ detail: String?) -> String {
    let event = action.map { words[$0] ?? "system event \($0)" } ?? "system event"
    return detail.map { $0.isEmpty ? event : event + ": " + $0 } ?? event
  }
}
