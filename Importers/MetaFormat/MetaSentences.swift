import TextDecoding

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
    guard var content, content.utf8.count < 400 else { return nil }
    return content.withUTF8 { classify(Array($0)[...], sender: sender) }
  }

  private static func classify(_ content: ArraySlice<UInt8>, sender: String) -> Meaning? {
    for (meaning, pattern) in openings where pattern.fits(content) { return meaning }
    guard let rest = afterActor(content, sender: sender) else { return nil }
    for (meaning, pattern) in deeds where pattern.fits(rest) { return meaning }
    return nil
  }

  /// What follows the actor's name and a space.
  private static func afterActor(
    _ content: ArraySlice<UInt8>, sender: String
  ) -> ArraySlice<UInt8>? {
    let name = sender.utf8
    let first = name.prefix { $0 != 0x20 }
    for actor in [Substring(sender).utf8, first, Substring("You").utf8]
    where !actor.isEmpty && content.starts(with: actor) {
      let rest = content.dropFirst(actor.count)
      if rest.first == 0x20 { return rest.dropFirst() }
    }
    return nil
  }
}
