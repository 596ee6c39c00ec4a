import InboxModel
import TextDecoding

/// The keys of one message of `messages.json`.
struct FlatMessageFields {
  private var sender: String?
  private var createdAt: String?
  private var text: String?
  private var media: [Attachment] = []
  /// Shared posts, stories, profiles: captions, names and links, in the order of the file.
  private var shared: [String] = []
  private var call: String?
  private var isHeart = false
  private var reactions: [Reaction] = []

  mutating func read(_ reader: inout JSONReader) throws {
    try reader.beginObject()
    while let key = try reader.nextKey() { try readField(key, &reader) }
  }

  private mutating func readField(_ key: String, _ reader: inout JSONReader) throws {
    switch key {
    case "sender": sender = try reader.repeatedString()
    case "created_at": createdAt = try reader.string()
    case "text": text = try reader.string()
    case "link", "media_share_caption", "media_share_url", "story_share", "profile_share_username",
      "live_video_share":
      if let value = try reader.string() { shared.append(value) }
    case "media", "media_url", "animated_media_images":
      if let address = try reader.string() { media.append(file(.photo, address)) }
    case "voice_media":
      if let address = try reader.string() { media.append(file(.audio, address)) }
    case "video_call_action", "action": call = try reader.string() ?? call
    case "heart": isHeart = try reader.string() != nil
    case "likes": try readLikes(&reader)
    default: try reader.skip()
    }
  }

  private func file(_ kind: AttachmentKind, _ address: String) -> Attachment {
    let isAddress = address.hasPrefix("http")
    let name = address.split(separator: "?").first?.split(separator: "/").last.map(String.init)
    return Attachment(
      kind: kind, reference: address, fileName: name,
      absence: isAddress ? "the download only links to it" : nil)
  }

  private mutating func readLikes(_ reader: inout JSONReader) throws {
    guard reader.peek() == .array else { return try reader.skip() }
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      var reaction = Reaction(actor: "", reaction: "❤")
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "username": reaction.actor = try reader.repeatedString() ?? ""
        case "date":
          reaction.reactedAt = try reader.string().flatMap { ISOTime.parse($0)?.milliseconds }
        default: try reader.skip()
        }
      }
      reactions.append(reaction)
    }
  }

  /// The message that these fields mean; nil without a usable time.
  func message(place: RecordPlace) -> Message? {
    guard let createdAt, let time = ISOTime.parse(createdAt),
      SourceTime.plausible.contains(time.milliseconds)
    else { return nil }
    let words = ([text] + shared).compactMap { $0 }.filter { !$0.isEmpty }
    let wordless: String? = isHeart ? "❤" : call
    let body: String? = words.isEmpty ? wordless : words.joined(separator: "\n")
    let kind: MessageKind =
      call != nil && words.isEmpty
      ? .call
      : !media.isEmpty
        ? .media : !shared.isEmpty ? .share : body == nil ? .unavailable : .text
    return Message(
      sender: sender.map { $0.isEmpty ? .unnamed : .named($0) } ?? .unnamed, time: time,
      kind: kind, text: body, attachments: media, reactions: reactions,
      hasOwnContent: kind != .unavailable, place: place)
  }
}
