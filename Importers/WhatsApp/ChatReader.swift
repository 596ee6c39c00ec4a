import Importing
import InboxModel
import TextDecoding

/// Reads a chat after its survey: messages in the order of the file.
struct ChatReader {
  /// A message whose lines are still coming.
  private struct Open {
    let time: SourceTime
    let sender: String?
    let start: Int
    let bodyStart: Int
    var end: Int
    var lines: Int
  }

  private let bytes: ByteView
  private let survey: ChatSurvey
  private let stamps: StampReader
  private let tables: Tables
  private var splitter: SenderSplitter
  private let title: String?
  private let isGroup: Bool
  private let emit: (ImportEvent) throws -> Void
  private var doubtful = 0

  init(
    _ bytes: ByteView, survey: ChatSurvey, order: DateOrder, title: String?, isGroup: Bool,
    emit: @escaping (ImportEvent) throws -> Void
  ) {
    self.bytes = bytes
    self.survey = survey
    self.title = title
    self.isGroup = isGroup
    self.emit = emit
    tables = Tables.shared
    splitter = SenderSplitter(survey, title: title)
    stamps = StampReader(
      order: order, dayPeriods: tables.dayPeriods, countsTo24: survey.countsTo24)
  }

  mutating func read() throws {
    var scanner = HeaderScanner()
    var lines = ChatLines(bytes)
    var open: Open?
    var preface: Int?
    while let line = lines.next() {
      if let next = begin(line, &scanner) {
        if let open { try close(open) }
        open = next
      } else if open != nil {
        open?.end = line.end
        open?.lines += 1
      } else if line.end > line.start {
        preface = preface ?? line.start
      }
    }
    if let open { try close(open) }
    if let preface {
      let reason = "lines before the first message belong to none"
      try emit(.issue(ImportIssue(.lost, reason, offset: Int64(preface))))
    }
    if doubtful > 0 {
      let reason = "\(doubtful) times bear a word that no table knows; read as it stands"
      try emit(.issue(ImportIssue(.mended, reason)))
    }
  }

  /// The message that a line begins; nil if it goes on with the one before.
  private mutating func begin(_ line: ChatLines.Line, _ scanner: inout HeaderScanner) -> Open? {
    guard let stamp = scanner.scan(bytes, from: line.start, to: line.end),
      stamp.shape == survey.shape, let (time, isDoubtful) = stamps.time(stamp)
    else { return nil }
    if isDoubtful { doubtful += 1 }
    let (sender, body) = splitter.split(bytes, from: stamp.end, to: line.end)
    return Open(
      time: time, sender: sender, start: line.start, bodyStart: body, end: line.end, lines: 1)
  }

  private func close(_ open: Open) throws {
    var raw = bytes.text(open.bodyStart..<open.end)
    if open.lines > 1 { raw = ChatReader.unixLines(raw) }
    let place = RecordPlace(offset: Int64(open.start), length: Int64(open.end - open.start))
    if let sender = open.sender, !isSystemLine(open) {
      return try emit(.message(message(raw, sender: sender, open, place)))
    }
    let whole = ChatReader.unixLines(bytes.text(bodyOfSystem(open)..<open.end))
    try emit(
      .message(
        Message(
          sender: .app, time: open.time, kind: .system, text: MessageBody.clean(whole),
          hasOwnContent: false, place: place)))
  }

  /// Where the text of a line that is nobody's begins: before what looked like a sender.
  private func bodyOfSystem(_ open: Open) -> Int {
    guard !survey.isBracketed, open.sender != nil else { return open.bodyStart }
    var scanner = HeaderScanner()
    return scanner.scan(bytes, from: open.start, to: open.end)?.end ?? open.bodyStart
  }

  /// True for an Android system line that happens to hold a colon.
  private func isSystemLine(_ open: Open) -> Bool {
    guard !survey.isBracketed else { return false }
    let name = open.sender ?? ""
    if splitter.count(name) > 1 || name == title { return false }
    let line = Markers.key(bytes.text(bodyOfSystem(open)..<open.end))
    return open.lines == 1
      && (tables.markers.fits(line, .group) || tables.markers.fits(line, .system))
  }

  private func message(
    _ raw: String, sender: String, _ open: Open, _ place: RecordPlace
  ) -> Message {
    let body = MessageBody(raw, markers: tables.markers)
    let isApp = body.isAppText || isGroup && sender == title && body.kind == .system
    return Message(
      sender: isApp ? .app : .named(ChatReader.person(sender)), time: open.time, kind: body.kind,
      text: body.text, attachments: body.attachments, isEdited: body.isEdited,
      isDeleted: body.isDeleted, hasOwnContent: body.hasOwnContent, place: place)
  }

  /// The name without the tilde of people who are not in the address book.
  static func person(_ name: String) -> String {
    guard name.hasPrefix("~") else { return name }
    return InvisibleMarks.cleanName(String(name.dropFirst()))
  }

  private static func unixLines(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" }))
  }
}
