import TextDecoding

/// What WhatsApp itself writes into a chat, in the languages of the tables.
struct Markers: Sendable {
  enum Meaning: String, Sendable {
    case title, attached, edited, deleted, unavailable, call, location, poll, order, group, system
    case deletedByOwner = "deleted-by-owner"
    /// What the app calls the one who holds the phone: "You".
    case ownerWord = "owner-word"
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
  private var patterns: [Meaning: PatternTable] = [:]
  private var longest = 0
  /// What the app calls the one who holds the phone, by language.
  private(set) var ownerWords: Set<String> = []
  /// How all of them begin.
  private(set) var beginnings = MarkerBeginnings()

  init(table: [[String]]) {
    for row in table where row.count >= 3 {
      guard let meaning = Meaning(rawValue: row[0]) else { continue }
      let key = Markers.key(row[2])
      if meaning == .ownerWord {
        ownerWords.insert(String(decoding: key, as: UTF8.self))
        continue
      }
      if key.contains(UInt8(ascii: "*")) {
        let text = String(decoding: key, as: UTF8.self)
        patterns[meaning, default: PatternTable()].add(text)
        if meaning != .title, key[0] != UInt8(ascii: "*") { beginnings.add(key) }
      } else {
        add(key, meaning)
        // Some versions begin the same words with a capital letter.
        if row[2].first == "<" { add(Markers.key(Markers.capitalized(row[2])), meaning) }
      }
    }
  }

  private mutating func add(_ key: Key, _ meaning: Meaning) {
    // Where one text has two meanings, the one that claims less counts.
    let isAlsoOthers = meaning == .deletedByOwner && whole[key] == .deleted
    whole[key] = isAlsoOthers ? .deleted : meaning
    beginnings.add(key)
    longest = max(longest, key.count)
  }

  private static func capitalized(_ text: String) -> String {
    "<" + text.dropFirst().prefix(1).uppercased() + text.dropFirst(2)
  }

  /// True for what the app says of the chat, not of a message.
  static func isSpokenByApp(_ meaning: Meaning) -> Bool { meaning == .system || meaning == .group }

  /// What a whole line means; nil if it is nobody's but the writer's.
  func meaning(of key: Key) -> Meaning? { key.count > longest ? nil : whole[key] }

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
    _ = patterns[meaning]?.first(fitting: key[...]) { _, found in
      if found.count < best?.count ?? .max { best = found }
      return false
    }
    return best.map { String(decoding: key[$0], as: UTF8.self) }
  }

  /// True if the text as a whole fits a text or pattern of a meaning.
  ///
  /// A name in front with a colon and a blank is a sender's: `Bob: I added it to the cart` is no
  /// line of the app.
  func fits(_ key: Key, _ meaning: Meaning) -> Bool {
    if self.meaning(of: key) == meaning { return true }
    let found = patterns[meaning]?.first(fitting: key[...]) { _, name in
      name.lowerBound > 0
        || !zip(key[name], key[name].dropFirst()).contains { $0 == (0x3A, 0x20) }
    }
    return found != nil
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
