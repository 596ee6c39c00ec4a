import Importing
import InboxModel
import TextDecoding

/// One chat as the app exports it: a text.
///
/// The shape of its headers, the order of its dates and its people are learnt from the whole file.
struct ChatText {
  private let bytes: ByteView
  private let survey: ChatSurvey
  private let tables: Tables
  private let title: String?
  private let decision: DateOrderDecision
  private let hints: ReadingHints

  /// Looks over a chat.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8.
  ///   - file: Where it stands; its name may be the chat's.
  /// - Throws: `FileDamage` if no line begins as a message does.
  init(_ bytes: ByteView, _ file: SourceFile) throws {
    self.bytes = bytes
    tables = Tables.shared
    hints = file.hints
    survey = ChatSurvey(bytes, tables)
    guard survey.shape != nil else { throw ChatText.noMessages(bytes) }
    title = ChatTitle(markers: tables.markers).find(file)
    decision = survey.dates.decide(
      stated: hints.dateOrder.flatMap(DateOrder.init), usual: UsualOrder(region: hints.region))
  }

  /// Hands out the thread, what was decided, and the messages in the order of the file.
  func read(_ emit: @escaping (ImportEvent) throws -> Void) throws {
    var quotes = QuotedHeaders(bytes, survey: survey, order: decision.order, tables: tables)
    try quotes.find()
    let people = ChatPeople(
      bytes, survey, title: title, markers: tables.markers, except: quotes.strangers)
    let thread = InboxModel.Thread(
      key: "chat", title: title, participants: people.names,
      kind: people.isGroup ? .group : title != nil || people.names.count == 2 ? .direct : nil,
      order: .oldestFirst, ownerNames: people.ownerNames)
    try emit(.thread(thread))
    for issue in decisions { try emit(.issue(issue)) }
    var reader = ChatReader(
      bytes, survey: survey, order: decision.order, title: title, isGroup: people.isGroup,
      quotes: quotes.places, tables: tables, emit: emit)
    try reader.read()
  }

  /// What was decided for the whole file, and what it cannot show.
  private var decisions: [ImportIssue] {
    let certainty = decision.isGuess ? "guessed" : "decided"
    let order = "dates are \(decision.order.rawValue), \(certainty): \(decision.reason)"
    var issues = [ImportIssue(decision.isGuess ? .mended : .note, order)]
    if let stated = hints.dateOrder, stated != decision.order.rawValue {
      let reason = "dates cannot be \(stated), as you said: some would not exist"
      issues.append(ImportIssue(.mended, reason))
    }
    if survey.unknownWords > 0, !survey.countsTo24 {
      let reason = "\(survey.unknownWords) times bear a word that no table knows; read as it stands"
      issues.append(ImportIssue(.mended, reason))
    }
    if survey.isCutOff {
      issues.append(
        ImportIssue(
          .note,
          "the export begins in the middle: WhatsApp writes the newest 40,000 messages, 10,000 with "
            + "media; older ones need an export without media, or the phone's own database"))
    }
    return issues
  }

  /// What a file holds that bears a chat's name and no message: the kind of its characters, never
  /// its text.
  private static func noMessages(_ bytes: ByteView) -> FileDamage {
    var lines = ChatLines(bytes)
    var shapes: [String] = []
    while shapes.count < 3, let line = lines.next() {
      if line.end > line.start { shapes.append(LineShape.of(bytes, line.start, line.end)) }
    }
    let seen =
      shapes.isEmpty ? "it has no lines" : "its lines look like " + shapes.joined(separator: ", ")
    return FileDamage(
      "no line begins as a message of WhatsApp does (date, time, name, colon): \(seen). "
        + "If this is a chat, export it again from the phone, as a text without changes")
  }

  /// True if one of the first lines has the shape of a header.
  static func isLikely(_ head: [UInt8]) -> Bool {
    head.withUnsafeBytes { raw in
      ChatLines.withUTF8(ByteView(raw)) { bytes in
        var scanner = HeaderScanner(Tables.shared.dayPeriods)
        var lines = ChatLines(bytes)
        for _ in 0..<20 {
          guard let line = lines.next() else { break }
          if let stamp = scanner.scan(bytes, from: line.start, to: line.end),
            DateOrder.allCases.contains(where: { StampReader.dayNumber(stamp, $0) != nil }),
            !stamp.needsSender
              || SenderSplitter.colon(bytes, from: stamp.end, from: stamp.end, to: line.end) != nil
          {
            return true
          }
        }
        return false
      }
    }
  }
}
