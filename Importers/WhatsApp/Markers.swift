import TextDecoding

/// What WhatsApp itself writes into a chat, in the languages of the tables.
struct Markers: Sendable {
  enum Meaning: String, Sendable {
    case title, attached, edited, deleted, unavailable, call, location, poll, order, group, system
    case deletedByOwner = "deleted-by-owner"
    case liveLocation = "live-location"
    case omittedFile = "omitted-file"
    case omittedPhoto = "omitted-photo"
    case omittedVideo = "omitted-video"
    case omittedAudio = "omitted-audio"
    case omittedSticker = "omitted-sticker"
    case omittedGIF = "omitted-gif"
    case omittedContact = "omitted-contact"
  }

  /// Texts are compared as bytes without direction marks, blanks plain, no full stop behind.
  typealias Key = [UInt8]

  private var whole: [Key: Meaning] = [:]
  private var patterns: [Meaning: [BytePattern]] = [:]
  private var longest = 0

  init(table: [[String]]) {
    for row in table where row.count >= 3 {
      guard let meaning = Meaning(rawValue: row[0]) else { continue }
      let key = Markers.key(row[2])
      if key.contains(UInt8(ascii: "*")) {
        let text = String(decoding: key, as: UTF8.self)
        patterns[meaning, default: []].append(BytePattern(text))
      } else {
        whole[key] = meaning
        longest = max(longest, key.count)
      }
    }
  }

  /// What a whole line means; nil if it is nobody's but the writer's.
  func meaning(of key: Key) -> Meaning? { key.count > longest ? nil : whole[key] }

  /// The lengths in bytes that texts of a meaning have, with room for the marks and stops that
  /// are not compared.
  func lengths(of meaning: Meaning) -> Set<Int> {
    var lengths: Set<Int> = []
    for (key, found) in whole where found == meaning {
      lengths.formUnion(key.count...(key.count + 7))
    }
    return lengths
  }

  /// The marker that ends a line, behind a direction mark, and the text before it.
  func meaning(endOf line: Substring) -> (meaning: Meaning, before: String)? {
    guard
      let mark = line.unicodeScalars.lastIndex(where: { $0 == "\u{200E}" || $0 == "\u{200F}" }),
      let meaning = meaning(of: Markers.key(line[mark...]))
    else { return nil }
    return (meaning, String(line[..<mark]))
  }

  /// The name in the pattern of a meaning that the text fits as a whole; of several patterns
  /// the one that says most.
  func name(in key: Key, as meaning: Meaning) -> String? {
    var best: Range<Int>?
    for pattern in patterns[meaning] ?? [] {
      guard let found = pattern.capture(key[...]) else { continue }
      if found.count < best?.count ?? .max { best = found }
    }
    return best.map { String(decoding: key[$0], as: UTF8.self) }
  }

  /// True if the text as a whole fits a text or pattern of a meaning.
  func fits(_ key: Key, _ meaning: Meaning) -> Bool {
    self.meaning(of: key) == meaning || (patterns[meaning] ?? []).contains { $0.fits(key[...]) }
  }

  static func key(_ text: some StringProtocol) -> Key {
    var text = String(text)
    return text.withUTF8(key)
  }

  static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> Key {
    var key = InvisibleMarks.cleanBytes(bytes)
    while key.last == UInt8(ascii: ".") { key.removeLast() }
    if key.suffix(3) == [0xE3, 0x80, 0x82] { key.removeLast(3) }
    return key
  }
}
