import Importing
import InboxModel
import TextDecoding

extension MetaMessageFields {
  /// The names that Meta shows for people whose account is gone.
  private static let withheldNames: Set<String> = ["facebook user", "instagram user", ""]
  private static let withheldLengths = Set(withheldNames.map(\.utf8.count))

  /// The message that these fields mean.
  ///
  /// - Parameters:
  ///   - time: When it was sent.
  ///   - place: Where it stands in the file.
  ///   - people: Who is in the conversation, as far as is known.
  ///   - guesses: Counts texts that are taken for an app's by their look alone.
  /// - Returns: The message.
  func message(
    time: SourceTime, place: RecordPlace, people: [String], guesses: inout AppTextGuesses
  ) -> Message {
    let hasFile = !attachments.isEmpty || share != nil
    var sentence = MetaSentences.classify(content, sender: sender ?? "", people: people)
    if sentence == nil, hasFile, let content,
      MetaSentences.looksAppMade(content, sender: sender ?? "")
    {
      sentence = .placeholder
      guesses.count += 1
    }
    let isPlaceholder = sentence == .placeholder
    let words = isPlaceholder && hasFile ? nil : content
    let text = share == nil ? words : MetaMessageFields.join([words, share?.text, share?.link])
    let kind = kind(sentence, hasText: text != nil)
    return Message(
      sender: person,
      time: time,
      kind: kind, text: text, attachments: attachments, reactions: reactions,
      isDeleted: isUnsent || isTakenDown,
      hasOwnContent: kind != .unavailable && kind != .system && kind != .reaction
        && !(isPlaceholder && !hasFile),
      place: place)
  }

  private var person: Sender {
    let name = InvisibleMarks.cleanName(sender ?? "")
    guard MetaMessageFields.withheldLengths.contains(name.utf8.count),
      MetaMessageFields.withheldNames.contains(name.lowercased())
    else { return .named(name) }
    return .unnamed
  }

  private func kind(_ sentence: MetaSentences.Meaning?, hasText: Bool) -> MessageKind {
    if isCall || type == "Call" || sentence == .call { return .call }
    if type == "Subscribe" || type == "Unsubscribe" || sentence == .system { return .system }
    if sentence == .marketplace { return .marketplace }
    if sentence == .reaction { return .reaction }
    if sentence == .poll { return .poll }
    if attachments.contains(where: { $0.kind == .sticker }) { return .sticker }
    if !attachments.isEmpty { return .media }
    if let share { return share.isLocation ? .location : .share }
    if sentence == .placeholder || !hasText { return .unavailable }
    return .text
  }

  /// Joins what is there, leaving out what an earlier piece already says.
  private static func join(_ pieces: [String?]) -> String? {
    var text = ""
    for case let piece? in pieces where !piece.isEmpty && !text.contains(piece) {
      text += text.isEmpty ? piece : "\n" + piece
    }
    return text.isEmpty ? nil : text
  }
}

/// How many texts of a file were taken for an app's by their look alone.
struct AppTextGuesses {
  var count = 0

  /// What the user should know of it; nil if there were none.
  var issue: ImportIssue? {
    guard count > 0 else { return nil }
    let what = count == 1 ? "a text beside a file is" : "\(count) texts beside files are"
    let reason =
      "\(what) taken for the app's own, in a language that no table has: short, and begun with the sender's name"
    return ImportIssue(.mended, reason)
  }
}
