import TextDecoding

#if canImport(Glibc)
  import Glibc
#endif

/// Splits what follows a header into sender and text.
///
/// A name with a colon counts if it is the chat's own, or if all messages that begin with its
/// first part begin with the whole of it: `Anna: Total: 5` is Anna's, who writes otherwise too.
struct SenderSplitter {
  private let survey: ChatSurvey
  private var names: NameTable
  private let title: String?
  /// True if a name with a colon begins more than one message.
  private let hasLongNames: Bool

  init(_ survey: ChatSurvey, title: String?) {
    self.survey = survey
    self.title = title
    names = survey.names
    hasLongNames = title?.contains(": ") == true || survey.longNames.contains { $0.value > 1 }
  }

  /// Who begins a message, and where its text begins.
  struct Split {
    /// Without direction marks, blanks plain; nil if the line has no sender.
    var name: String?
    /// The name as it is shown, without a tilde.
    var person: String?
    var body: Int
  }

  mutating func split(_ bytes: ByteView, from start: Int, to end: Int) -> Split {
    guard let colon = SenderSplitter.colon(bytes, from: start, from: start, to: end) else {
      return Split(body: start)
    }
    var best = split(bytes, start, colon, end)
    var place = colon + 1
    var found = 1
    let short = best.name ?? ""
    while hasLongNames, short != title, found < 3,
      let next = SenderSplitter.colon(bytes, from: start, from: place, to: end)
    {
      let longer = split(bytes, start, next, end)
      if let name = longer.name,
        name == title || survey.longUses(name) > 1 && survey.longUses(name) == survey.uses(short)
      {
        best = longer
      }
      found += 1
      place = next + 1
    }
    return best.name?.isEmpty == true ? Split(body: start) : best
  }

  /// How often a name begins a message.
  func count(_ name: String) -> Int { survey.uses(name) }

  private mutating func split(_ bytes: ByteView, _ start: Int, _ colon: Int, _ end: Int) -> Split {
    let body = min(colon + 2, end)
    let raw = bytes.buffer(start..<colon)
    if let number = names.number(of: raw) {
      let entry = names.entries[number]
      return Split(name: entry.name, person: entry.person, body: body)
    }
    let name = InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))
    return Split(name: name, person: name, body: body)
  }

  /// The next colon that a blank or the end of the line follows, near the start of the line.
  static func colon(_ bytes: ByteView, from start: Int, from place: Int, to end: Int) -> Int? {
    let limit = min(end, start + longest)
    var place = place
    while place < limit {
      let rest = bytes.buffer(place..<limit)
      guard let base = rest.baseAddress, let found = memchr(base, 0x3A, rest.count) else {
        return nil
      }
      place += UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if place + 1 == end || bytes[place + 1] == 0x20 { return place }
      place += 1
    }
    return nil
  }

  /// Names are looked for in so many bytes.
  static let longest = 160
}
