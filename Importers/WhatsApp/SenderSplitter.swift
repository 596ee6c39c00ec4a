import TextDecoding

/// Splits what follows a header into sender and text.
///
/// Of several colons the longest name counts that begins other messages too, or that is the
/// chat's own name.
struct SenderSplitter {
  private let survey: ChatSurvey
  private let title: String?
  /// True if a name with a colon begins more than one message.
  private let hasLongNames: Bool
  private var cache = TextCache()

  init(_ survey: ChatSurvey, title: String?) {
    self.survey = survey
    self.title = title
    hasLongNames = title?.contains(": ") == true || survey.longNames.contains { $0.value > 1 }
  }

  /// The sender, nil if there is none, and the offset where the text begins.
  mutating func split(_ bytes: ByteView, from start: Int, to end: Int) -> (String?, Int) {
    var best: (name: String, body: Int)?
    var found = 0
    var index = start
    while index < end, index - start < SenderSplitter.longest, found < 3 {
      if bytes[index] == 0x3A, index + 1 == end || bytes[index + 1] == 0x20 {
        found += 1
        let name = name(bytes, start, index)
        if best == nil || survey.uses(name) > 1 || name == title {
          best = (name, min(index + 2, end))
        }
        if !hasLongNames { break }
      }
      index += 1
    }
    guard let best, !best.name.isEmpty else { return (nil, start) }
    return (best.name, best.body)
  }

  /// How often a name begins a message.
  func count(_ name: String) -> Int { survey.uses(name) }

  private mutating func name(_ bytes: ByteView, _ start: Int, _ end: Int) -> String {
    let raw = bytes.buffer(start..<end)
    if let text = cache.find(raw) { return text }
    let text = InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))
    cache.add(raw, text)
    return text
  }

  /// Names are looked for in so many bytes.
  static let longest = 160
}
