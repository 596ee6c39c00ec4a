import InboxModel
import TextDecoding

/// A line that names an attached file, on iPhones and on Android, in any language.
struct AttachmentLine {
  let attachment: Attachment
  /// Text on the same line before the file.
  let caption: String?
  /// True for `caption <attached: NAME>`, as iPhones write it.
  let isBehindCaption: Bool

  /// - Parameters:
  ///   - line: The first line of a message.
  ///   - key: The line as the tables compare it.
  ///   - markers: What the app writes.
  init?(_ line: Substring, _ key: Markers.Key, markers: Markers) {
    guard key.count < 600, key.contains(UInt8(ascii: ".")), let last = key.last else { return nil }
    if last == UInt8(ascii: ">"), let (name, before) = AttachmentLine.angled(line, markers) {
      attachment = AttachmentLine.attachment(name)
      // Documents repeat their name and pages before the mark: `Menu.pdf • 2 pages`.
      let text = MessageBody.clean(before)
      caption = text.map { $0.contains("•") ? nil : $0 } ?? nil
      isBehindCaption = true
      return
    }
    // The words stand in brackets behind the name; in Persian they stand before it.
    guard last == UInt8(ascii: ")") || key[0] >= 0x80,
      let name = markers.name(in: key, as: .attached) ?? AttachmentLine.guessed(key),
      AttachmentLine.looksLikeFile(name)
    else { return nil }
    attachment = AttachmentLine.attachment(name)
    caption = nil
    isBehindCaption = false
  }

  /// `<attached: NAME>` with the mark that only the app writes, or in a known language.
  private static func angled(_ line: Substring, _ markers: Markers) -> (String, String)? {
    guard let open = line.lastIndex(of: "<") else { return nil }
    let inside = Markers.key(line[open...])
    let before = String(line[..<open])
    if let name = markers.name(in: inside, as: .attached), looksLikeFile(name) {
      return (InvisibleMarks.cleanName(name), before)
    }
    if inside == Array("<attached>".utf8) { return (InvisibleMarks.cleanName(before), "") }
    guard before.unicodeScalars.last.map(InvisibleMarks.isDirectional) == true,
      let start = firstNumberedName(String(decoding: inside, as: UTF8.self))
    else { return nil }
    return (start, before)
  }

  /// `00000035-PHOTO-…` inside angle brackets of an unknown language.
  private static func firstNumberedName(_ text: String) -> String? {
    for word in text.dropFirst().dropLast().split(separator: " ") {
      let clean = InvisibleMarks.cleanName(String(word))
      if clean.prefix(8).allSatisfy(\.isNumber), clean.dropFirst(8).first == "-" { return clean }
    }
    return nil
  }

  /// `IMG-20220323-WA0002.jpg (…)` with unknown words in the brackets.
  private static func guessed(_ key: Markers.Key) -> String? {
    let clean = String(decoding: key, as: UTF8.self)
    guard clean.hasSuffix(")"), let open = clean.lastIndex(of: "("), open > clean.startIndex else {
      return nil
    }
    let name = String(clean[..<open]).trimmed
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[1].count == 8, parts[1].allSatisfy(\.isNumber),
      parts[2].hasPrefix("WA")
    else { return nil }
    return name
  }

  private static func looksLikeFile(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), !name.contains("\n"), dot > name.startIndex else {
      return false
    }
    return name.distance(from: dot, to: name.endIndex) <= 7
  }

  /// The attachment of a file name; its kind by the prefix, then by the ending.
  static func attachment(_ name: String) -> Attachment {
    let clean = InvisibleMarks.cleanName(name)
    return Attachment(kind: kind(clean), reference: clean, fileName: clean)
  }

  private static func kind(_ name: String) -> AttachmentKind {
    let upper = name.uppercased()
    let marks: [(String, AttachmentKind)] = [
      ("-STICKER-", .sticker), ("STK-", .sticker), ("-GIF-", .gif), ("-PHOTO-", .photo),
      ("-VIDEO-", .video), ("-AUDIO-", .audio), ("PTT-", .audio), ("AUD-", .audio),
    ]
    for (mark, kind) in marks
    where mark.hasPrefix("-") ? upper.contains(mark) : upper.hasPrefix(mark) {
      return kind
    }
    switch name.lowercased().split(separator: ".").last {
    case "jpg", "jpeg", "png", "heic", "webp": return .photo
    case "mp4", "mov", "3gp", "m4v": return .video
    case "opus", "ogg", "m4a", "mp3", "aac", "amr", "wav": return .audio
    case "gif": return .gif
    case "vcf": return .contact
    default: return .file
    }
  }
}
