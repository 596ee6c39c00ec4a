import Importing
import InboxModel
import TextDecoding

/// The keys of one message object, as written.
struct MetaMessageFields {
  var sender: String?
  /// `timestamp_ms`: UTC milliseconds.
  var timestamp: Int64?
  var content: String?
  var type: String?
  var attachments: [Attachment] = []
  var reactions: [Reaction] = []
  var share: MetaShare?
  var isCall = false
  var isUnsent = false
  var isTakenDown = false
  /// True if a key stands twice in the object.
  var hasRepeatedKey = false

  /// Reads the object at the reader's position.
  mutating func read(_ reader: inout JSONReader) throws {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      try readField(key, &reader)
    }
  }

  private mutating func readField(_ key: String, _ reader: inout JSONReader) throws {
    switch key {
    case "sender_name":
      noteRepeat(sender != nil)
      sender = try reader.repeatedString()
    case "timestamp_ms":
      noteRepeat(timestamp != nil)
      timestamp = try reader.integer()
    case "content":
      noteRepeat(content != nil)
      content = try reader.string()
    case "type": type = try reader.repeatedString()
    case "photos": try readFiles(.photo, &reader)
    case "videos": try readFiles(.video, &reader)
    case "audio_files": try readFiles(.audio, &reader)
    case "files": try readFiles(.file, &reader)
    case "gifs": try readFiles(.gif, &reader)
    case "sticker": try readFile(.sticker, &reader)
    case "share": share = try MetaShare(&reader)
    case "reactions": try readReactions(&reader)
    case "call_duration", "missed":
      isCall = true
      try reader.skip()
    case "is_unsent": isUnsent = try reader.boolean() ?? false
    case "is_taken_down": isTakenDown = try reader.boolean() ?? false
    case "bumped_message_metadata": try readBump(&reader)
    default: try reader.skip()
    }
  }

  private mutating func noteRepeat(_ isRepeated: Bool) {
    if isRepeated { hasRepeatedKey = true }
  }

  private mutating func readFiles(_ kind: AttachmentKind, _ reader: inout JSONReader) throws {
    guard reader.peek() == .array else { return try readFile(kind, &reader) }
    try reader.beginArray()
    while try reader.nextElement() { try readFile(kind, &reader) }
  }

  private mutating func readFile(_ kind: AttachmentKind, _ reader: inout JSONReader) throws {
    guard reader.peek() == .object else { return try reader.skip() }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard key == "uri" else {
        try reader.skip()
        continue
      }
      if let uri = try reader.string() { attachments.append(MetaMessageFields.file(kind, uri)) }
    }
  }

  /// An attachment from its `uri`: a path from the download's root, or an address.
  static func file(_ kind: AttachmentKind, _ uri: String) -> Attachment {
    let name = uri.split(separator: "?").first?.split(separator: "/").last.map(String.init)
    let isAddress = uri.hasPrefix("http://") || uri.hasPrefix("https://")
    return Attachment(
      kind: kind, reference: uri, fileName: name,
      absence: isAddress ? "the download only links to it" : nil)
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
        case "reaction": reaction.reaction = try reader.repeatedString() ?? ""
        case "actor":
          reaction.actor = InvisibleMarks.cleanName(try reader.repeatedString() ?? "")
        // Seconds, unlike the time of the message.
        case "timestamp": reaction.reactedAt = try reader.integer().map { $0 &* 1_000 }
        default: try reader.skip()
        }
      }
      if !reaction.reaction.isEmpty { reactions.append(reaction) }
    }
  }

  /// 2021-22: a bumped message may carry its text here only.
  private mutating func readBump(_ reader: inout JSONReader) throws {
    guard reader.peek() == .object else { return try reader.skip() }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if key == "bumped_message", let text = try reader.string() {
        content = content ?? text
      } else if key != "bumped_message" {
        try reader.skip()
      }
    }
  }
}
