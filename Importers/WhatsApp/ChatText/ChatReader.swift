import Importing
import InboxModel
import TextDecoding

/// Reads a chat after its survey: messages in the order of the file.
struct ChatReader {
  /// A message whose lines are still coming.
  private struct Open {
    let time: SourceTime
    let sender: SenderSplitter.Split
    let start: Int
    /// Where the header ends.
    let headerEnd: Int
    var firstEnd: Int
    var end: Int
    /// True if the text has more than one line.
    var goesOn = false
  }

  private let bytes: ByteView
  private let survey: ChatSurvey
  private let tables: Tables
  private let title: String?
  private let isGroup: Bool
  /// Where lines begin that only look like headers.
  private let quotes: Set<Int>
  private let emit: (ImportEvent) throws -> Void
  private var stamps: StampReader
  private var splitter: SenderSplitter
  /// Sixteen times what WhatsApp lets anybody write.
  private static let longestText = 1 << 20

  init(
    _ bytes: ByteView, survey: ChatSurvey, order: DateOrder, title: String?, isGroup: Bool,
    quotes: Set<Int>, tables: Tables, emit: @escaping (ImportEvent) throws -> Void
  ) {
    self.bytes = bytes
    self.survey = survey
    self.title = title
    self.isGroup = isGroup
    self.quotes = quotes
    self.tables = tables
    self.emit = emit
    splitter = SenderSplitter(survey, title: title)
    stamps = StampReader(order: order, countsTo24: survey.countsTo24)
  }

  mutating func read() throws {
    var scanner = HeaderScanner(tables.dayPeriods)
    var lines = ChatLines(bytes)
    var open: Open?
    var preface: Int?
    let onlyCRLF = survey.lineEnds.onlyCRLFEndsMessages
    while let line = lines.next() {
      if !(onlyCRLF && line.follows == .lf), let next = begin(line, &scanner) {
        if let open { try close(open) }
        open = next
      } else if open != nil {
        open?.end = line.end
        open?.goesOn = true
      } else if line.end > line.start {
        preface = preface ?? line.start
      }
    }
    if let open { try close(open) }
    if let preface {
      let reason = "lines before the first message belong to none"
      try emit(.issue(ImportIssue(.lost, reason, offset: Int64(preface))))
    }
  }

  /// The message that a line begins; nil if it goes on with the one before.
  private mutating func begin(_ line: ChatLines.Line, _ scanner: inout HeaderScanner) -> Open? {
    guard let stamp = scanner.scan(bytes, from: line.start, to: line.end),
      stamp.shape == survey.shape, let time = stamps.time(stamp),
      quotes.isEmpty || !quotes.contains(line.start)
    else { return nil }
    return Open(
      time: time, sender: splitter.split(bytes, from: stamp.end, to: line.end), start: line.start,
      headerEnd: stamp.end, firstEnd: line.end, end: line.end)
  }

  private func close(_ whole: Open) throws {
    var open = whole
    if open.end - open.headerEnd > ChatReader.longestText {
      open.end = open.headerEnd + ChatReader.longestText
      open.firstEnd = min(open.firstEnd, open.end)
      let reason = "a message is longer than WhatsApp allows: the rest of it is in the original"
      try emit(.issue(ImportIssue(.lost, reason, offset: Int64(open.end))))
    }
    let place = RecordPlace(offset: Int64(open.start), length: Int64(whole.end - open.start))
    guard let name = open.sender.name, let person = open.sender.person, !isSystemLine(open, name)
    else { return try emit(.message(appMessage(open, place))) }
    let raw = text(open.sender.body, open)
    if MessageBody.isPlain(bytes, open.sender.body, open.firstEnd, open.end, tables.markers) {
      return try emit(
        .message(Message(sender: .named(person), time: open.time, text: raw, place: place)))
    }
    let body = MessageBody(raw, markers: tables.markers)
    let isApp = body.isAppText && (isGroup || body.isKnownAppText)
    try emit(
      .message(
        Message(
          sender: isApp ? .app : .named(person), time: open.time, kind: body.kind, text: body.text,
          attachments: body.attachments, isEdited: body.isEdited, isDeleted: body.isDeleted,
          hasOwnContent: body.hasOwnContent, place: place)))
  }

  /// A line that nobody sent. A missed call is the other's, between two.
  private func appMessage(_ open: Open, _ place: RecordPlace) -> Message {
    let line = Markers.key(bytes.buffer(open.headerEnd..<open.end))
    let isCall = !open.goesOn && tables.markers.fits(line, .call)
    return Message(
      sender: isCall && !isGroup ? title.map { .named($0) } ?? .app : .app, time: open.time,
      kind: isCall ? .call : .system, text: MessageBody.clean(text(open.headerEnd, open)),
      hasOwnContent: false, place: place)
  }

  /// The text from `start` on, its lines joined by `\n`.
  private func text(_ start: Int, _ open: Open) -> String {
    let text = bytes.text(min(start, open.end)..<open.end)
    return open.goesOn ? ChatReader.unixLines(text) : text
  }

  /// True for an Android system line that happens to hold a colon.
  private func isSystemLine(_ open: Open, _ name: String) -> Bool {
    guard !survey.isBracketed, !open.goesOn, name != title, splitter.count(name) <= 1 else {
      return false
    }
    let line = Markers.key(bytes.buffer(open.headerEnd..<open.end))
    return tables.markers.fits(line, .group) || tables.markers.fits(line, .system)
  }

  private static func unixLines(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" }))
  }
}
