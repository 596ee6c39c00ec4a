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
  /// True if a table has that text.
  private(set) var isKnownAppText = false

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
    // A short sentence of the app without its mark may as well be somebody's.
    if let meaning = markers.meaning(of: key), isSingle || MessageBody.omitted(meaning) != nil,
      isMarked || key.count >= 40 || !Markers.isSpokenByApp(meaning),
      apply(meaning, line: String(first), caption: rest)
    {
      return
    }
    if markers.meaning(of: key) == .poll && !isSingle || isMarked && MessageBody.isPoll(body) {
      kind = .poll
      hasOwnContent = false
      text = InvisibleMarks.cleanLines(body)
      return
    }
    if takeEnd(of: body, markers) { return }
    if takeLocation(body, markers) { return }
    if isMarked {
      kind = markers.fits(key, .call) ? .call : .system
      isAppText = kind == .system
      isKnownAppText = markers.fits(key, .system) || markers.fits(key, .group)
      hasOwnContent = false
    }
    text = MessageBody.clean(body).map { isMarked ? $0 : body }
    if text == nil {
      kind = .unavailable
      hasOwnContent = false
    }
  }

  /// True for a poll in any language: a word with a colon, the question, and below it marked
  /// lines with a word and a colon each. Votes change, so a poll says nothing that stays.
  private static func isPoll(_ body: String) -> Bool {
    let lines = body.split(separator: "\n")
    guard let first = lines.first, Markers.key(first).last == UInt8(ascii: ":") else {
      return false
    }
    let options = lines.dropFirst().filter { isMarked($0) && $0.contains(": ") }
    return options.count >= 2 && lines.count - options.count >= 2
  }

  /// Takes a place: its name and address, then the app's word and a link to a map, as the last line.
  private mutating func takeLocation(_ body: String, _ markers: Markers) -> Bool {
    let start = body.utf8.lastIndex(of: 0x0A).map { body.utf8.index(after: $0) } ?? body.startIndex
    let key = Markers.key(body[start...])
    guard key.count < 400, key.withUnsafeBufferPointer(MessageBody.hasLink),
      let link = markers.name(in: key, as: .location)
    else { return false }
    kind = .location
    // The word is the app's, in the language of the phone.
    text = MessageBody.joined(MessageBody.clean(String(body[..<start])), link)
    return true
  }

  /// Takes what an iPhone writes behind a caption: a mark, then a file or what was left out.
  private mutating func takeEnd(of body: String, _ markers: Markers) -> Bool {
    let start = body.utf8.lastIndex(of: 0x0A).map { body.utf8.index(after: $0) } ?? body.startIndex
    let last = body[start...]
    guard MessageBody.hasMark(last) else { return false }
    if start > body.startIndex,
      let file = AttachmentLine(last, Markers.key(last), markers: markers), file.isBehindCaption
    {
      attachments = [file.attachment]
      text = MessageBody.joined(MessageBody.clean(String(body[..<start])), file.caption)
    } else if let (meaning, before) = markers.meaning(endOf: last),
      let omitted = MessageBody.omitted(meaning)
    {
      attachments = [omitted]
      hasOwnContent = false
      text = MessageBody.clean(String(body[..<start]) + before)
      // Documents repeat their name and pages: `Menu.pdf • 2 pages`.
      if omitted.kind == .file, let name = text, let mark = name.firstIndex(of: "•") {
        attachments[0].fileName = InvisibleMarks.cleanName(String(name[..<mark]))
        text = nil
      }
    } else {
      return false
    }
    kind = .media
    return true
  }

  /// True for a text that only its writer can have written, told by a few of its bytes.
  ///
  /// The text goes from `start` to `end`, its first line to `firstEnd`.
  static func isPlain(
    _ bytes: ByteView, _ start: Int, _ firstEnd: Int, _ end: Int, _ markers: Markers
  ) -> Bool {
    guard firstEnd > start, case let last = bytes[end - 1], last != UInt8(ascii: ">"), last > 0x20,
      last != 0x8E, last != 0x8F, bytes[firstEnd - 1] != UInt8(ascii: ")"),
      bytes[firstEnd - 1] != UInt8(ascii: ">"), !markers.beginnings.mayBegin(bytes, start, firstEnd)
    else { return false }
    return !hasMark(bytes.buffer(start..<end)) && !hasLink(bytes.buffer(start..<end))
  }

  /// True if a direction mark stands in a text.
  private static func hasMark(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteRun.contains(0xE2, in: text) {
      $0 + 2 < text.count && text[$0 + 1] == 0x80 && text[$0 + 2] & 0xFE == 0x8E
    }
  }

  /// True if `://` stands in a line.
  private static func hasLink(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteRun.contains(0x3A, in: line) {
      $0 + 2 < line.count && line[$0 + 1] == 0x2F && line[$0 + 2] == 0x2F
    }
  }

  /// True if a line begins with the mark that only the app writes.
  private static func isMarked(_ line: Substring) -> Bool {
    guard line.utf8.first == 0xE2 else { return false }
    return line.unicodeScalars.first == "\u{200E}" || line.unicodeScalars.first == "\u{200F}"
  }

  /// True if a mark may stand in a line.
  private static func hasMark(_ line: Substring) -> Bool { line.utf8.contains(0xE2) }

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
      hasOwnContent = false
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
      isKnownAppText = true
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
