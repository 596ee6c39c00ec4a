import Foundation
import Testing

/// A chat of a shop and a customer that never was, to be written as any phone exports it.
struct InventedChat: Sendable {
  enum Content: Equatable, Sendable {
    case text(String)
    case edited(String)
    case photo(caption: String?)
    case deleted
    case missedCall
  }

  struct Message: Sendable {
    let isOwner: Bool
    /// Whole seconds.
    let date: Date
    let content: Content
  }

  static let owner = "Nadia Shop"
  static let zone = "Europe/Athens"

  let customer: String
  let messages: [Message]

  /// - Parameters:
  ///   - customer: The customer's name, which is the chat's.
  ///   - days: Days that pass before each message, beyond what passes anyway.
  init(customer: String = "Omar K.", days: Double = 0) {
    self.customer = customer
    // 17 November 2023, 22:05 in Athens; noon, midnight, and both halves of the day come.
    var seconds = 1_700_251_507.0
    let steps: [Double] = [
      61.0, 7_260, 43_200, 86_400 * 4 + 3_600, 86_400 * 9 + 5, 3_540, 86_400 * 13,
      86_400 * 2 + 46_800,
      122, 18_000,
    ]
    messages = InventedChat.contents.enumerated().map { index, content in
      seconds += steps[index % steps.count] + days * 86_400
      return Message(
        isOwner: content == .deleted ? false : index % 3 == 0,
        date: Date(timeIntervalSince1970: seconds), content: content)
    }
  }

  private static let contents: [Content] = [
    .text("Hello, is the blue dress still there?"),
    .text("Yes! Two left, 12.500 JOD each"),
    .text("السلام عليكم، بدي اتنين منهم 😍"),
    .photo(caption: nil),
    .text("line one\nline two\n\nline four: with a colon"),
    .text("שלום, כמה עולה המשלוח?"),
    .photo(caption: "the one with the red ribbon"),
    .text("Γειά σου! Πόσο κάνει;"),
    .deleted,
    .text("12:30 - shall we meet at 1/2/3?"),
    .text("ok"),
    .text("ok"),
    .missedCall,
    .text("see https://example.org/shop?item=12: nice"),
    .edited("I meant Tuesday"),
    .text("He wrote to me:\n4.5.2019 7.08 <Bob> text of another program\nand I said no"),
    .text("  two blanks before, one behind "),
    .text("a < b > c"),
    .text("(just brackets)"),
    .text("👍🏽"),
    .text("price: 5\nprice: 6"),
    .text("last one, thank you"),
    .photo(caption: "line a\nline b"),
    .text("bye"),
  ]
}

/// A chat as a file of an export.
struct RenderedChat {
  /// What must come back of one message.
  struct Expected: Equatable {
    let isOwner: Bool
    let seconds: Int64
    let kind: String
    let text: String?
    let attachment: String?
  }

  let fileName: String
  let data: Data
  let expected: [Expected]

  init(_ chat: InventedChat, _ shape: ChatShape, withMedia: Bool) throws {
    let words = try #require(ChatWords.all[shape.language])
    let zone = TimeZone(identifier: InventedChat.zone) ?? .gmt
    var text = shape.startsWithMark ? "\u{FEFF}" : ""
    var expected: [Expected] = []
    for (index, message) in chat.messages.enumerated() {
      let number = withMedia ? index + 1 : nil
      let body = RenderedBody(
        message, shape, words, file: number.map { RenderedChat.file(message, $0, shape, zone) })
      let sender = message.isOwner ? InventedChat.owner : chat.customer
      text += body.isMarked && shape.isPhone ? "\u{200E}" : ""
      text += shape.header(message.date, zone: zone) + sender + ": " + body.text
      text += shape.isPhone ? "\r\n" : "\n"
      let seconds = Int64(message.date.timeIntervalSince1970)
      expected.append(
        Expected(
          isOwner: message.isOwner, seconds: shape.hasSeconds ? seconds : seconds / 60 * 60,
          kind: body.kind, text: body.words, attachment: body.attachment))
    }
    fileName = words.fileName.replacingOccurrences(of: "*", with: chat.customer) + ".txt"
    data = try #require(text.data(using: shape.encoding))
    self.expected = expected
  }

  private static func file(
    _ message: InventedChat.Message, _ number: Int, _ shape: ChatShape, _ zone: TimeZone
  ) -> String {
    let stamp = ChatShape("file", "en", "yyyy-MM-dd-HH-mm-ss")
      .header(message.date, zone: zone)
    let parts = stamp.split(separator: "-")
    return shape.isPhone
      ? "\(String(repeating: "0", count: number < 10 ? 7 : 6))\(number)-PHOTO-\(stamp).jpg"
      : "IMG-\(parts[0])\(parts[1])\(parts[2])-WA000\(number % 10).jpg"
  }
}

/// The text behind the sender's name, and what it must be read as.
private struct RenderedBody {
  var text = ""
  var kind = "text"
  var words: String?
  var attachment: String?
  /// True if the phone puts its mark before the header.
  var isMarked = false

  init(
    _ message: InventedChat.Message, _ shape: ChatShape, _ words: ChatWords, file: String?
  ) {
    let mark =
      shape.isPhone
      ? ["ar", "he", "fa", "ur"].contains(shape.language) ? "\u{200F}" : "\u{200E}" : ""
    switch message.content {
    case .text(let text):
      self.text = text
      self.words = text
    case .edited(let text):
      self.text = text + (words.edited.map { " " + mark + $0 } ?? "")
      self.words = text
    case .photo(let caption):
      kind = "media"
      self.words = caption
      attachment = file ?? "left out"
      isMarked = true
      render(caption, shape, words, mark, file)
    case .deleted:
      kind = "unavailable"
      text = mark + (shape.isPhone ? words.deletedOnPhone : words.deleted)
    case .missedCall:
      kind = "call"
      text = mark + words.missedCall
      self.words = words.missedCall
    }
  }

  private mutating func render(
    _ caption: String?, _ shape: ChatShape, _ words: ChatWords, _ mark: String, _ file: String?
  ) {
    switch (shape.isPhone, file) {
    case (true, let file?):
      text = (caption.map { $0 + " " } ?? "") + mark + words.attachedOnPhone.with(file)
    case (true, nil):
      text = (caption.map { $0 + " " } ?? "") + mark + words.photoOmittedOnPhone
    case (false, let file?):
      text = words.attached.with(file) + (caption.map { "\n" + $0 } ?? "")
    case (false, nil):
      text = words.omitted + (caption.map { "\n" + $0 } ?? "")
    }
  }
}

extension String {
  fileprivate func with(_ name: String) -> String {
    replacingOccurrences(of: "*", with: name)
  }
}
