import InboxModel
import TextDecoding

/// What a first look over a whole chat decides: the shape of its headers, the order of its
/// dates, who writes, and whether it is a group.
struct ChatSurvey {
  /// The hash of the shape that most headers have; nil if there are none.
  private(set) var shape: UInt64?
  private(set) var isBracketed = false
  private(set) var dates = DateOrderEvidence()
  private(set) var countsTo24 = false
  private(set) var count = 0
  /// Headers that begin with a word that no table knows.
  private(set) var unknownWords = 0
  /// Names before the first colon, in the order in which they come.
  private(set) var names = NameTable()
  /// Texts before a later colon that begin messages, with how often: perhaps longer names.
  private(set) var longNames: [String: Int] = [:]
  /// Some lines that have a header and no colon.
  private(set) var unnamedLines: [Range<Int>] = []
  /// True if the app says of a message that a group was made, joined or left.
  private(set) var showsGroupEvents = false
  /// Names that deleted a message of their own: the one who exported the chat.
  private(set) var deleters: Set<Int> = []
  /// Messages that name a file.
  private var files = 0
  /// True if the first header is a line of the app: such a chat begins at its beginning.
  private var startsWithNotice = false
  /// How lines end, before headers and before other lines.
  private(set) var lineEnds = LineEndEvidence()

  private let markers: Markers
  private static let most = 20_000
  /// Headers of one file have one shape: so many lines show it.
  private static let sample = 5_000

  init(_ bytes: ByteView, _ tables: Tables) {
    markers = tables.markers
    var scanner = HeaderScanner(tables.dayPeriods)
    shape = ChatSurvey.commonShape(bytes, &scanner)
    guard let shape else { return }
    var lines = ChatLines(bytes)
    while let line = lines.next() {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end), stamp.shape == shape
      else {
        lineEnds.addOther(line)
        continue
      }
      lineEnds.addHeader(line)
      count += 1
      isBracketed = stamp.isBracketed
      dates.add(stamp)
      if stamp.hour > 12 { countsTo24 = true }
      if stamp.hasUnknownWord { unknownWords += 1 }
      addSender(bytes, from: stamp.end, to: line.end)
      addAttachment(bytes, from: stamp.end, to: line.end)
    }
  }

  /// The shape of most headers among the first lines; of equals the one that comes first.
  private static func commonShape(_ bytes: ByteView, _ scanner: inout HeaderScanner) -> UInt64? {
    var shapes: [UInt64: (count: Int, first: Int)] = [:]
    var lines = ChatLines(bytes)
    var seen = 0
    while seen < sample, let line = lines.next() {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end) else { continue }
      seen += 1
      let known = shapes[stamp.shape]
      shapes[stamp.shape] = ((known?.count ?? 0) + 1, known?.first ?? line.start)
    }
    return shapes.max { left, right in
      (left.value.count, right.value.first) < (right.value.count, left.value.first)
    }?.key
  }

  /// True if there are as many messages as WhatsApp exports at most, and the oldest is no notice.
  var isCutOff: Bool {
    !startsWithNotice
      && ((39_000...41_000).contains(count) || (9_900...10_100).contains(count) && files > 0)
  }

  /// How often a name begins a message, up to its first colon.
  func uses(_ name: String) -> Int { names.known(name).map { names.entries[$0].count } ?? 0 }

  /// How often a text up to a later colon begins a message.
  func longUses(_ name: String) -> Int { longNames[name] ?? 0 }

  /// Notes the text before each of the first three colons.
  private mutating func addSender(_ bytes: ByteView, from start: Int, to end: Int) {
    guard let colon = SenderSplitter.colon(bytes, from: start, from: start, to: end) else {
      if count == 1 { startsWithNotice = true }
      if unnamedLines.count < ChatSurvey.most { unnamedLines.append(start..<end) }
      return
    }
    let body = min(colon + 2, end)
    if let number = names.number(of: bytes.buffer(start..<colon)) {
      let isMarked = ChatSurvey.isMarked(bytes, body, end)
      if count == 1, isMarked { startsWithNotice = true }
      names.note(number, line: start..<end, isPersonal: !isMarked || isPersonal(bytes, body, end))
      note(bytes, body..<end, sender: number, isMarked: isMarked)
    }
    // What the app writes is no part of a name.
    let isOwnText = bytes[body < end ? body : colon] == UInt8(ascii: "<")
    guard !isOwnText, !ChatSurvey.isMarked(bytes, body, end) else { return }
    var found = 1
    var place = colon + 1
    while found < 3,
      let next = SenderSplitter.colon(bytes, from: start, from: place, to: end)
    {
      found += 1
      place = next + 1
      guard longNames.count < ChatSurvey.most else { return }
      let name = InvisibleMarks.cleanName(bytes.text(start..<next))
      guard !name.contains("<"), !name.contains("://") else { return }
      longNames[name, default: 0] += 1
    }
  }

  /// Notes what the app says in a message, where it may be the app that speaks.
  private mutating func note(
    _ bytes: ByteView, _ body: Range<Int>, sender: Int, isMarked: Bool
  ) {
    guard isMarked || markers.beginnings.mayBegin(bytes, body.lowerBound, body.upperBound) else {
      return
    }
    let key = Markers.key(bytes.buffer(body))
    if markers.meaning(of: key) == .deletedByOwner { deleters.insert(sender) }
    if isBracketed, isMarked, !showsGroupEvents, key.last != UInt8(ascii: ">"),
      markers.meaning(of: key) ?? .group == .group, markers.fits(key, .group)
    {
      showsGroupEvents = true
    }
  }

  /// True if a marked text stands for what a person sent: a file, something left out or deleted.
  private func isPersonal(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    guard end - start < 600 else { return true }
    if bytes[end - 1] == UInt8(ascii: ">") { return true }
    switch markers.meaning(of: Markers.key(bytes.buffer(start..<end))) {
    case nil, .system, .group: return false
    default: return true
    }
  }

  /// True if a text begins with the mark that only the app writes.
  static func isMarked(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    start + 3 <= end && bytes[start] == 0xE2 && bytes[start + 1] == 0x80
      && (bytes[start + 2] == 0x8E || bytes[start + 2] == 0x8F)
  }

  /// Notes the day in `00000035-PHOTO-2022-03-27-…` and `IMG-20220327-WA0001`.
  private mutating func addAttachment(_ bytes: ByteView, from start: Int, to end: Int) {
    guard end - start > 12, end - start < 400, ChatSurvey.mayEndFile(bytes, end) else { return }
    var run = 0
    var index = start
    while index <= end {
      if index < end, bytes[index] &- 0x30 < 10 {
        run += 1
      } else {
        if run == 8, index + 3 <= end, bytes[index] == 0x2D, bytes[index + 1] == 0x57,
          bytes[index + 2] == 0x41, let day = AttachmentDay.compact(bytes, index - 8)
        {
          files += 1
          return dates.add(attachmentDay: day, isExact: false)
        }
        if run == 4, let day = AttachmentDay.dashed(bytes, index - 4, end) {
          files += 1
          return dates.add(attachmentDay: day, isExact: true)
        }
        run = 0
      }
      index += 1
    }
  }

  /// True if a line ends as one that names a file does: in a bracket, or with the file's ending.
  private static func mayEndFile(_ bytes: ByteView, _ end: Int) -> Bool {
    let last = bytes[end - 1]
    return last == UInt8(ascii: ">") || last == UInt8(ascii: ")")
      || bytes[end - 4] == UInt8(ascii: ".") || bytes[end - 5] == UInt8(ascii: ".")
  }
}

/// Whether line ends tell headers from quoted headers.
///
/// iPhones end messages with CRLF and keep LF inside of them.
struct LineEndEvidence {
  private var headers = (afterCRLF: 0, afterLF: 0)
  private var others = (afterCRLF: 0, afterLF: 0)

  mutating func addHeader(_ line: ChatLines.Line) {
    if line.follows == .crlf { headers.afterCRLF += 1 }
    if line.follows == .lf { headers.afterLF += 1 }
  }

  mutating func addOther(_ line: ChatLines.Line) {
    if line.follows == .crlf { others.afterCRLF += 1 }
    if line.follows == .lf { others.afterLF += 1 }
  }

  /// True if a line after a bare LF belongs to the message before it, whatever it looks like.
  var onlyCRLFEndsMessages: Bool {
    headers.afterCRLF >= 5 && others.afterLF > others.afterCRLF * 4
      && headers.afterLF * 10 < headers.afterCRLF
  }
}
