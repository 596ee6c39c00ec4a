import InboxModel
import TextDecoding

/// What the text of one message means, by the tables and by shape.
struct MessageBody {
  private(set) var kind = MessageKind.text
  private(set) var text: String?
  private(set) var attachments: [Attachment] = []
  private(set) var isEdited = false
  private(set) var isDeleted = false
  private(set) var isDeletedByOwner = false
  private(set) var hasOwnContent = true
  /// True if the app wrote the whole text, which the mark at its start shows on iPhones.
  private(set) var isAppText = false

  /// Reads a body.
  ///
  /// - Parameters:
  ///   - raw: The text as it stands in the file, lines joined by `\n`.
  ///   - markers: What the app writes, by language.
  init(_ raw: String, markers: Markers) {
    var body = raw
    if body.utf8.last == UInt8(ascii: ">") { stripEdited(&body, markers) }
    let end = body.utf8.firstIndex(of: 0x0A) ?? body.endIndex
    let first = body[..<end]
    let rest = end < body.endIndex ? String(body[body.utf8.index(after: end)...]) : ""
    let isSingle = end == body.endIndex
    let isMarked = MessageBody.isMarked(first)
    let key = Markers.key(first)
    if let file = AttachmentLine(first, key, markers: markers) {
      attachments = [file.attachment]
      kind = file.attachment.kind == .contact ? .contact : .media
      if file.attachment.kind == .sticker { kind = .sticker }
      text = MessageBody.joined(file.caption, MessageBody.caption(rest, of: file))
      return
    }
    if let meaning = markers.meaning(of: key), isSingle || MessageBody.omitted(meaning) != nil,
      apply(meaning, line: String(first), caption: rest)
    {
      return
    }
    if isSingle, MessageBody.hasMark(first), let (meaning, before) = markers.meaning(endOf: first),
      let omitted = MessageBody.omitted(meaning)
    {
      attachments = [omitted]
      kind = .media
      text = MessageBody.clean(before)
      hasOwnContent = false
      return
    }
    if isMarked {
      kind = markers.fits(key, .call) ? .call : markers.fits(key, .poll) ? .poll : .system
      isAppText = kind == .system
      hasOwnContent = kind != .system
    } else if key.count < 400, MessageBody.hasLink(key),
      markers.name(in: key, as: .location) != nil
    {
      kind = .location
    }
    text = MessageBody.clean(body)
    if text == nil {
      kind = .unavailable
      hasOwnContent = false
    }
  }

  /// True if a line begins with the mark that only the app writes.
  private static func isMarked(_ line: Substring) -> Bool {
    guard line.utf8.first == 0xE2 else { return false }
    return line.unicodeScalars.first == "\u{200E}" || line.unicodeScalars.first == "\u{200F}"
  }

  /// True if a mark may stand in a line.
  private static func hasMark(_ line: Substring) -> Bool { line.utf8.contains(0xE2) }

  /// True if `://` stands in a text.
  private static func hasLink(_ key: Markers.Key) -> Bool {
    guard let slash = key.firstIndex(of: UInt8(ascii: "/")), slash > 0, slash + 1 < key.count else {
      return false
    }
    return key[slash - 1] == UInt8(ascii: ":") && key[slash + 1] == UInt8(ascii: "/")
  }

  private mutating func stripEdited(_ body: inout String, _ markers: Markers) {
    guard body.hasSuffix(">"), let open = body.lastIndex(of: "<"),
      markers.meaning(of: Markers.key(body[open...])) == .edited
    else { return }
    isEdited = true
    var kept = body[..<open].unicodeScalars
    while let last = kept.last,
      InvisibleMarks.isDirectional(last) || InvisibleMarks.isWideSpace(last) || last == " "
    {
      kept.removeLast()
    }
    body = String(kept)
  }

  /// Takes a line that the tables know as a whole; false if it says nothing here.
  private mutating func apply(_ meaning: Markers.Meaning, line: String, caption: String) -> Bool {
    if let omitted = MessageBody.omitted(meaning) {
      attachments = [omitted]
      kind = omitted.kind == .sticker ? .sticker : omitted.kind == .contact ? .contact : .media
      text = MessageBody.clean(caption)
      hasOwnContent = false
      return true
    }
    switch meaning {
    case .deleted, .deletedByOwner:
      kind = .unavailable
      isDeleted = true
      isDeletedByOwner = meaning == .deletedByOwner
      hasOwnContent = false
    case .unavailable:
      kind = .unavailable
      hasOwnContent = false
    case .call:
      kind = .call
      text = MessageBody.clean(line)
    case .liveLocation:
      kind = .location
      text = MessageBody.clean(line)
    case .order:
      kind = .order
      text = MessageBody.clean(line)
    case .system, .group:
      kind = .system
      isAppText = true
      hasOwnContent = false
      text = MessageBody.clean(line)
    default: return false
    }
    return true
  }

  /// The attachment that an "omitted" marker stands for.
  private static func omitted(_ meaning: Markers.Meaning) -> Attachment? {
    let kind: AttachmentKind
    switch meaning {
    case .omittedFile: kind = .file
    case .omittedPhoto: kind = .photo
    case .omittedVideo: kind = .video
    case .omittedAudio: kind = .audio
    case .omittedSticker: kind = .sticker
    case .omittedGIF: kind = .gif
    case .omittedContact: kind = .contact
    default: return nil
    }
    return Attachment(kind: kind, absence: MessageBody.leftOut)
  }

  /// Why omitted media has no file.
  static let leftOut = "left out of the export: export the chat again with media"

  /// A document's own name is repeated below its line; it is no caption.
  private static func caption(_ rest: String, of file: AttachmentLine) -> String? {
    guard let text = clean(rest) else { return nil }
    return text == file.attachment.fileName ? nil : text
  }

  private static func joined(_ first: String?, _ second: String?) -> String? {
    guard let first else { return second }
    return second.map { first + "\n" + $0 } ?? first
  }

  /// The text without the marks that the app puts before its own words; nil if nothing is left.
  static func clean(_ text: String) -> String? {
    if let first = text.utf8.first, first != 0xE2, let last = text.utf8.last, last > 0x20,
      last != 0x8E, last != 0x8F
    {
      return text
    }
    var scalars = Substring(text).unicodeScalars
    while let last = scalars.last,
      last == " " || last == "\n" || last == "\u{200E}"
        || last == "\u{200F}"
    {
      scalars.removeLast()
    }
    while let first = scalars.first, first == "\u{200E}" || first == "\u{200F}" {
      scalars.removeFirst()
    }
    return scalars.isEmpty ? nil : String(scalars)
  }
}
