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

  /// A text with one or more places for a name.
  private struct Pattern: Sendable {
    let meaning: Meaning
    let pieces: [String]
  }

  private var whole: [String: Meaning] = [:]
  private var patterns: [Meaning: [Pattern]] = [:]

  init(table: [[String]]) {
    for row in table where row.count >= 3 {
      guard let meaning = Meaning(rawValue: row[0]) else { continue }
      let text = Markers.key(row[2])
      if text.contains("*") {
        let pieces = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        patterns[meaning, default: []].append(Pattern(meaning: meaning, pieces: pieces))
      } else {
        whole[text] = meaning
      }
    }
  }

  /// What a whole line means; nil if it is nobody's but the writer's.
  func meaning(of line: String) -> Meaning? { whole[Markers.key(line)] }

  /// The marker that ends a line, and the text before it.
  func meaning(endOf line: String) -> (meaning: Meaning, before: String)? {
    guard let mark = line.unicodeScalars.lastIndex(where: { $0 == "\u{200E}" || $0 == "\u{200F}" })
    else { return nil }
    let tail = String(line.unicodeScalars[mark...])
    guard let meaning = whole[Markers.key(tail)] else { return nil }
    return (meaning, String(line.unicodeScalars[..<mark]))
  }

  /// The name in the pattern of a meaning that `text` fits as a whole; of several patterns the
  /// one that says most.
  func name(in text: String, as meaning: Meaning) -> String? {
    let key = Markers.key(text)
    var best: String?
    for pattern in patterns[meaning] ?? [] {
      guard pattern.pieces.count == 2, key.hasPrefix(pattern.pieces[0]),
        key.hasSuffix(pattern.pieces[1]),
        key.utf8.count > pattern.pieces[0].utf8.count + pattern.pieces[1].utf8.count
      else { continue }
      let name = String(key.dropFirst(pattern.pieces[0].count).dropLast(pattern.pieces[1].count))
      if name.utf8.count < best?.utf8.count ?? .max { best = name }
    }
    return best
  }

  /// True if `text` as a whole fits a pattern of a meaning.
  func fits(_ text: String, _ meaning: Meaning) -> Bool {
    let key = Markers.key(text)
    if whole[key] == meaning { return true }
    return (patterns[meaning] ?? []).contains { Markers.fits(key, $0.pieces) }
  }

  private static func fits(_ text: String, _ pieces: [String]) -> Bool {
    guard let first = pieces.first, let last = pieces.last, text.hasPrefix(first) else {
      return false
    }
    var rest = text.dropFirst(first.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: piece), found.lowerBound > rest.startIndex else {
        return false
      }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last) && rest.utf8.count > last.utf8.count
  }

  /// The text without direction marks, all blanks plain, in its own case, no full stop behind.
  static func key(_ text: String) -> String {
    var key = InvisibleMarks.cleanName(text)
    while key.hasSuffix(".") || key.hasSuffix("。") { key.removeLast() }
    return key
  }
}
