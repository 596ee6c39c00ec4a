import InboxModel
import TextDecoding

/// The keys of one message of the encrypted download.
struct EncryptedMessageFields {
  private var sender: String?
  private var text: String?
  /// UTC milliseconds.
  private var timestamp: Int64?
  private var type: String?
  private var isUnsent = false
  private var attachments: [Attachment] = []
  private var reactions: [Reaction] = []

  mutating func read(_ reader: inout JSONReader) throws {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "senderName": sender = try reader.repeatedString()
      case "text": text = try reader.string()
      case "timestamp": timestamp = try reader.integer()
      case "type": type = try reader.repeatedString()
      case "isUnsent": isUnsent = try reader.boolean() ?? false
      case "media": try readMedia(&reader)
      case "reactions": try readReactions(&reader)
      default: try reader.skip()
      }
    }
  }

  /// Each medium is an object with a `uri`, or the words "Failed to download media".
  private mutating func readMedia(_ reader: inout JSONReader) throws {
    switch reader.peek() {
    case .array:
      try reader.beginArray()
      while try reader.nextElement() { try readMedia(&reader) }
    case .object:
      try reader.beginObject()
      while let key = try reader.nextKey() {
        if key == "uri", let uri = try reader.string() {
          attachments.append(EncryptedMessageFields.file(uri))
        } else if key != "uri" {
          try reader.skip()
        }
      }
    case .string:
      if let uri = try reader.string() { attachments.append(EncryptedMessageFields.file(uri)) }
    default: try reader.skip()
    }
  }

  /// A medium by its path, or by the words that stand in for one (43 of 1,277 in real data).
  private static func file(_ uri: String) -> Attachment {
    guard uri.contains("/") else {
      return Attachment(kind: .file, absence: "Messenger could not put it into the download")
    }
    let name = uri.split(separator: "/").last.map(String.init)
    return Attachment(kind: kind(name ?? ""), reference: uri, fileName: name)
  }

  private mutating func readReactions(_ reader: inout JSONReader) throws {
    guard reader.peek() == .array else { return try reader.skip() }
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      var reaction = Reaction(actor: "", reaction: "")
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "actor":
          reaction.actor = InvisibleMarks.cleanName(try reader.repeatedString() ?? "")
        case "reaction": reaction.reaction = try reader.repeatedString() ?? ""
        default: try reader.skip()
        }
      }
      if !reaction.reaction.isEmpty { reactions.append(reaction) }
    }
  }

  private static func kind(_ name: String) -> AttachmentKind {
    switch name.lowercased().split(separator: ".").last {
    case "jpeg", "jpg", "png", "webp", "heic": .photo
    case "mp4", "mov", "webm": .video
    case "ogg", "opus", "m4a", "mp3", "aac", "wav": .audio
    case "gif": .gif
    default: .file
    }
  }

  /// The message that these fields mean; nil without a usable time.
  func message(place: RecordPlace) -> Message? {
    guard let timestamp, SourceTime.plausible.contains(timestamp) else { return nil }
    let isPlaceholder = type == "placeholder" || isUnsent && type != "text" && type != "Generic"
    let words = isPlaceholder || text?.isEmpty == true ? nil : text
    let kind: MessageKind =
      !attachments.isEmpty ? .media : words == nil ? .unavailable : type == "link" ? .share : .text
    let name = InvisibleMarks.cleanName(sender ?? "")
    let isWithheld = ["", "facebook user"].contains(name.lowercased())
    return Message(
      sender: isWithheld ? .unnamed : .named(name),
      time: SourceTime(milliseconds: timestamp, precision: .millisecond), kind: kind, text: words,
      attachments: attachments, reactions: reactions, isDeleted: isUnsent,
      hasOwnContent: kind != .unavailable, place: place)
  }
}
