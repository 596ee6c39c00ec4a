/// Tells the sentences that Meta's apps write from the words of people.
///
/// A sentence counts only as a whole and only with its actor at its start: the sender's name,
/// the sender's first name or "You". "I added two cakes to my order" stays a message.
enum MetaSentences {
  enum Meaning: Equatable {
    /// Stands in for a file or a share.
    case placeholder
    case reaction, call, system, marketplace, poll
  }

  /// What an app's sentence means; nil for a person's words.
  static func classify(_ content: String?, sender: String) -> Meaning? {
    guard let content, content.utf8.count < 400, !content.isEmpty else { return nil }
    for (meaning, sentence) in fixed where content == sentence { return meaning }
    for (meaning, pattern) in openings where fits(content[...], pattern) { return meaning }
    guard let rest = afterActor(content, sender: sender) else { return nil }
    for (meaning, pattern) in deeds where fits(rest, pattern) { return meaning }
    return nil
  }

  /// What follows the actor's name and a space.
  private static func afterActor(_ content: String, sender: String) -> Substring? {
    let first = sender.split(separator: " ").first.map(String.init) ?? sender
    for actor in [sender, first, "You"] where !actor.isEmpty && content.hasPrefix(actor + " ") {
      return content.dropFirst(actor.count + 1)
    }
    return nil
  }

  /// Fits a pattern in which one `*` may stand for any text.
  private static func fits(_ text: Substring, _ pattern: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return text == pattern }
    let head = pattern[..<star]
    let tail = pattern[pattern.index(after: star)...]
    return text.hasPrefix(head) && text.hasSuffix(tail)
      && text.utf8.count > head.utf8.count + tail.utf8.count
  }
}
