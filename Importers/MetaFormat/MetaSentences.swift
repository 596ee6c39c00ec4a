import Foundation
import Importing
import TextDecoding

/// Tells the sentences that Meta's apps write from the words of people.
///
/// A sentence counts only as a whole, and where it names who acts, that must be the sender, by the
/// name, the first name or "You". "I added two cakes to my order" stays a message.
/// Source: `Tables/sentences.tsv`, which a translator can edit: seen in exports, read in parsers of
/// them, or as the apps show them.
enum MetaSentences {
  enum Meaning: String {
    /// Stands in for a file or a share.
    case placeholder
    case reaction, call, system, marketplace, poll
  }

  private struct Sentence {
    let meaning: Meaning
    /// True if the first place of the pattern is the sender's.
    let namesActor: Bool
    /// True if the first place is somebody's name.
    let namesSomebody: Bool
    let hasPlace: Bool
  }

  private struct Table: Sendable {
    var patterns = PatternTable()
    /// What each pattern means.
    var sentences: [Sentence] = []

    mutating func add(_ meaning: Meaning, _ text: String) {
      patterns.add(text.replacingOccurrences(of: "@", with: "*"))
      sentences.append(sentence(meaning, text))
    }

    /// The meaning of the first sentence that a text is.
    func meaning(
      of text: ArraySlice<UInt8>, _ isMeant: (Sentence, ArraySlice<UInt8>) -> Bool
    ) -> Meaning? {
      patterns.first(fitting: text) { isMeant(sentences[$0], text[$1]) }
        .map { sentences[$0].meaning }
    }
  }

  /// Whole sentences, and what follows the actor's name.
  private static let tables: (whole: Table, deeds: Table) = {
    var whole = Table()
    var deeds = Table()
    for cells in LanguageTable.rows("sentences", in: .module) where cells.count == 3 {
      guard let meaning = Meaning(rawValue: cells[0]) else { continue }
      if cells[2].hasPrefix("@ ") {
        deeds.add(meaning, String(cells[2].dropFirst(2)))
      } else {
        whole.add(meaning, cells[2])
      }
    }
    return (whole, deeds)
  }()

  private static func sentence(_ meaning: Meaning, _ text: String) -> Sentence {
    let mark = text.firstIndex { $0 == "@" || $0 == "*" }
    let isLast = mark.map { text.index(after: $0) == text.endIndex } ?? false
    return Sentence(
      meaning: meaning, namesActor: mark.map { text[$0] == "@" } ?? false,
      namesSomebody: mark.map { text[$0] == "*" && !isLast && meaning != .marketplace } ?? false,
      hasPlace: mark != nil)
  }

  /// What an app's sentence means; nil for a person's words.
  ///
  /// - Parameters:
  ///   - content: The text of a message.
  ///   - sender: Who sent it.
  ///   - people: Who is in the conversation, as far as is known.
  /// - Returns: Its meaning.
  static func classify(_ content: String?, sender: String, people: [String]) -> Meaning? {
    guard var content, content.utf8.count < 400 else { return nil }
    return content.withUTF8 { classify(Array($0)[...], sender, people) }
  }

  private static func classify(
    _ content: ArraySlice<UInt8>, _ sender: String, _ people: [String]
  ) -> Meaning? {
    let whole = tables.whole.meaning(of: content) { fits($0, $1, sender, people) }
    if let whole { return whole }
    let name = sender.utf8
    return deed(content, after: name, sender, people)
      ?? deed(content, after: name.prefix { $0 != 0x20 }, sender, people)
      ?? deed(content, after: "You".utf8, sender, people, isYou: true)
  }

  /// The meaning of what follows the actor's name and a space.
  private static func deed(
    _ content: ArraySlice<UInt8>, after actor: some Collection<UInt8>, _ sender: String,
    _ people: [String], isYou: Bool = false
  ) -> Meaning? {
    guard !actor.isEmpty, content.starts(with: actor) else { return nil }
    let rest = content.dropFirst(actor.count)
    guard rest.first == 0x20 else { return nil }
    return tables.deeds.meaning(of: rest.dropFirst()) { sentence, words in
      // "You sold me a broken cake." may be a customer's.
      if isYou, sentence.meaning == .marketplace, sentence.hasPlace { return false }
      return fits(sentence, words, sender, people)
    }
  }

  private static func fits(
    _ sentence: Sentence, _ words: ArraySlice<UInt8>, _ sender: String, _ people: [String]
  ) -> Bool {
    if sentence.namesActor { return names([sender]).contains { words.elementsEqual($0) } }
    guard sentence.namesSomebody else { return true }
    // Who was called is in the conversation: "You called my sister." is a person's sentence.
    if sentence.meaning == .call, !people.isEmpty {
      return names(people).contains { words.elementsEqual($0) }
    }
    // A name has few words, and a large letter where letters are large and small.
    let isLower = String(decoding: words.prefix(4), as: UTF8.self).unicodeScalars.first?
      .properties.isLowercase
    return words.count { $0 == 0x20 } < 4 && isLower != true
  }

  /// People's names and first names.
  private static func names(_ people: [String]) -> [[UInt8]] {
    people.flatMap { name in
      [Array(name.utf8), Array(name.utf8.prefix { $0 != 0x20 })]
    }.filter { !$0.isEmpty }
  }

  /// True if what stands beside a file looks like an app's sentence in a language that the table
  /// lacks: a short one that begins with the sender's name, which people do not give themselves.
  ///
  /// - Parameters:
  ///   - content: The text beside a file or share, no sentence of the table.
  ///   - sender: Who sent it.
  /// - Returns: True if the app is likely to have written it.
  static func looksAppMade(_ content: String, sender: String) -> Bool {
    guard let first = sender.split(separator: " ").first, first.count > 1,
      content.hasPrefix(first + " "), let last = content.last, ".。।".contains(last)
    else { return false }
    let rest = content.dropFirst(first.count).dropLast()
    return rest.split(separator: " ").count <= 8
      && !rest.contains { $0.isNumber || "\n.:!?。।".contains($0) }
  }
}
