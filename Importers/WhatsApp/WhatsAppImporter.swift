package import Importing
package import InboxModel
import TextDecoding

/// WhatsApp chats as the app exports them: text, zipped or not, from iPhone or Android.
///
/// Source: exported chats and the app's own language files. The header's shape, the order of its dates and the people
/// are learnt from the whole file; languages come from tables.
package struct WhatsAppImporter: Importer {
  package let name = "whatsapp"
  package let title = "WhatsApp chat export"
  package let platform = Platform.whatsapp
  package let version = 1

  package init() {}

  package var rules: [FileRule] {
    FileRule.litter + [
      FileRule("**/*.txt", .read),
      FileRule("**/ChatStorage.sqlite", .notYet("messages in an iPhone's own database")),
      FileRule("**/ContactsV2.sqlite", .notYet("contacts in an iPhone's own database")),
      FileRule("**/CallHistory.sqlite", .notYet("calls in an iPhone's own database")),
      FileRule("**/msgstore*.db*", .notYet("messages in an Android phone's own database")),
      FileRule("**/wa.db", .notYet("contacts in an Android phone's own database")),
    ] + FileRule.media
  }

  package func recognize(_ file: CandidateFile) -> Recognition? {
    let root = file.components.dropLast().joined(separator: "/")
    switch file.components.last?.lowercased() {
    case "chatstorage.sqlite", "contactsv2.sqlite", "callhistory.sqlite", "msgstore.db", "wa.db":
      return Recognition(root: root, evidence: "a phone's own database", isCertain: true)
    case let name? where name.hasSuffix(".txt"):
      guard WhatsAppImporter.looksLikeChat(file.head) else { return nil }
      return Recognition(
        root: root, evidence: "a chat text", isCertain: true, isWholeDownload: true)
    default: return nil
    }
  }

  package func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    try ChatLines.withUTF8(file.bytes) { bytes in
      try withoutActuallyEscaping(emit) { emit in
        try WhatsAppImporter.read(bytes, file, emit)
      }
    }
  }

  private static func read(
    _ bytes: ByteView, _ file: SourceFile, _ emit: @escaping (ImportEvent) throws -> Void
  ) throws {
    let tables = Tables.shared
    let survey = ChatSurvey(bytes, tables)
    guard survey.shape != nil else { throw NotThisFormat("it holds no chat") }
    let decision = survey.dates.decide()
    let title = ChatTitle(markers: tables.markers).find(file)
    let people = ChatPeople(bytes, survey, title: title, markers: tables.markers)
    let thread = InboxModel.Thread(
      key: "chat", title: title, participants: people.names,
      kind: people.isGroup ? .group : title != nil || people.names.count == 2 ? .direct : nil,
      order: .oldestFirst, ownerNames: people.ownerNames)
    try emit(.thread(thread))
    let certainty = decision.isGuess ? "guessed" : "decided"
    let reason = "dates are \(decision.order.rawValue), \(certainty): \(decision.reason)"
    try emit(.issue(ImportIssue(decision.isGuess ? .mended : .note, reason)))
    if survey.unknownWords > 0, !survey.countsTo24 {
      let reason =
        "\(survey.unknownWords) times bear a word that no table knows; read as it stands"
      try emit(.issue(ImportIssue(.mended, reason)))
    }
    if survey.count >= 39_000 {
      let reason = "the chat has \(survey.count) messages: WhatsApp cuts off the oldest at 40,000"
      try emit(.issue(ImportIssue(.note, reason)))
    }
    var reader = ChatReader(
      bytes, survey: survey, order: decision.order, title: title, isGroup: people.isGroup,
      tables: tables, emit: emit)
    try reader.read()
  }

  /// True if one of the first lines has the shape of a header.
  private static func looksLikeChat(_ head: [UInt8]) -> Bool {
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
