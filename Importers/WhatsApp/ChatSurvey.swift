import InboxModel
import TextDecoding

/// What a first look over a whole chat decides: the shape of its headers, the order of its
/// dates, who writes, and whether it is a group.
struct ChatSurvey {
  /// A name, or what looks like one, before the first colon of messages.
  struct NameUse {
    var count = 0
    /// What follows the header, in the first such line.
    let first: Range<Int>
  }

  /// The hash of the shape that most headers have; nil if there are none.
  private(set) var shape: UInt64?
  private(set) var isBracketed = false
  private(set) var dates = DateOrderEvidence()
  private(set) var countsTo24 = false
  private(set) var count = 0
  /// Names before the first colon, in the order in which they come.
  private(set) var names: [(name: String, use: NameUse)] = []
  /// Texts before a later colon that begin messages, with how often: perhaps longer names.
  private(set) var longNames: [String: Int] = [:]
  /// Lines that have a header and no colon.
  private(set) var unnamedLines: [Range<Int>] = []
  /// Lines that the app marks as its own on iPhones.
  private(set) var markedLines: [Range<Int>] = []
  /// Lines as long as "you deleted this message" in some language, with their sender.
  private(set) var deletions: [(name: String, line: Range<Int>)] = []

  private var places: [String: Int] = [:]
  private var cache = TextCache()
  private let deletionLengths = Tables.shared.markers.lengths(of: .deletedByOwner)
  private static let most = 20_000
  /// Headers of one file have one shape: so many lines show it.
  private static let sample = 5_000

  init(_ bytes: ByteView) {
    var scanner = HeaderScanner()
    shape = ChatSurvey.commonShape(bytes, &scanner)
    guard let shape else { return }
    var lines = ChatLines(bytes)
    while let line = lines.next() {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end), stamp.shape == shape
      else { continue }
      count += 1
      isBracketed = stamp.isBracketed
      dates.add(stamp)
      if stamp.hour > 12 { countsTo24 = true }
      addSender(bytes, from: stamp.end, to: line.end)
      addAttachment(bytes, stamp, from: stamp.end, to: line.end)
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

  /// How often a name begins a message.
  func uses(_ name: String) -> Int {
    places[name].map { names[$0].use.count } ?? longNames[name] ?? 0
  }

  /// Notes the text before each of the first three colons.
  private mutating func addSender(_ bytes: ByteView, from start: Int, to end: Int) {
    var index = start
    var found = 0
    while index < end, index - start < SenderSplitter.longest, found < 3 {
      if bytes[index] == 0x3A, index + 1 == end || bytes[index + 1] == 0x20 {
        found += 1
        let raw = bytes.buffer(start..<index)
        if found == 1 {
          let name = firstName(raw)
          let body = min(index + 2, end)
          if isBracketed, ChatSurvey.isMarked(bytes, body, end) {
            return markedLines.append(body..<end)
          }
          add(name, start..<end)
          if deletionLengths.contains(end - body) { deletions.append((name, body..<end)) }
        } else if longNames.count < ChatSurvey.most {
          let name = InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))
          longNames[name, default: 0] += 1
        }
      }
      index += 1
    }
    if found == 0, unnamedLines.count < ChatSurvey.most { unnamedLines.append(start..<end) }
  }

  private mutating func firstName(_ raw: UnsafeBufferPointer<UInt8>) -> String {
    if let known = cache.find(raw) { return known }
    let name = InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))
    cache.add(raw, name)
    return name
  }

  private mutating func add(_ name: String, _ line: Range<Int>) {
    if let place = places[name] {
      names[place].use.count += 1
    } else if names.count < ChatSurvey.most {
      places[name] = names.count
      names.append((name, NameUse(count: 1, first: line)))
    }
  }

  /// True if a text begins with the mark that only the app writes.
  static func isMarked(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    start + 3 <= end && bytes[start] == 0xE2 && bytes[start + 1] == 0x80
      && (bytes[start + 2] == 0x8E || bytes[start + 2] == 0x8F)
  }

  /// Notes the day in `00000035-PHOTO-2022-03-27-…` and `IMG-20220327-WA0001`.
  private mutating func addAttachment(
    _ bytes: ByteView, _ stamp: HeaderStamp, from start: Int, to end: Int
  ) {
    guard end - start < 400 else { return }
    var run = 0
    var index = start
    while index <= end {
      if index < end, bytes[index] &- 0x30 < 10 {
        run += 1
      } else {
        if run == 8, index + 3 <= end, bytes[index] == 0x2D, bytes[index + 1] == 0x57,
          bytes[index + 2] == 0x41, let day = AttachmentDay.compact(bytes, index - 8)
        {
          dates.add(attachmentDay: day, isExact: false, stamp)
          return
        }
        if run == 4, let day = AttachmentDay.dashed(bytes, index - 4, end) {
          dates.add(attachmentDay: day, isExact: true, stamp)
          return
        }
        run = 0
      }
      index += 1
    }
  }
}

/// The day in the name of an attachment: always year, month, day.
enum AttachmentDay {
  /// `YYYYMMDD` at `start`.
  static func compact(_ bytes: ByteView, _ start: Int) -> Int64? {
    day(number(bytes, start, 4), number(bytes, start + 4, 2), number(bytes, start + 6, 2))
  }

  /// `-YYYY-MM-DD-` with the year at `start`.
  static func dashed(_ bytes: ByteView, _ start: Int, _ end: Int) -> Int64? {
    guard start > 0, start + 11 <= end, bytes[start - 1] == 0x2D, bytes[start + 4] == 0x2D,
      bytes[start + 7] == 0x2D, bytes[start + 10] == 0x2D
    else { return nil }
    return day(number(bytes, start, 4), number(bytes, start + 5, 2), number(bytes, start + 8, 2))
  }

  private static func number(_ bytes: ByteView, _ start: Int, _ count: Int) -> Int64 {
    var value: Int64 = 0
    for index in start..<(start + count) {
      guard bytes[index] &- 0x30 < 10 else { return -1 }
      value = value * 10 + Int64(bytes[index] - 0x30)
    }
    return value
  }

  private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (2009..<2100).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    return CivilTime.days(year: year, month: month, day: day)
  }
}
