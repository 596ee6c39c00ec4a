import InboxModel
import TextDecoding

/// What a first look over a whole chat decides: the shape of its headers, the order of its
/// dates, who writes, and whether it is a group.
struct ChatSurvey {
  /// The hash of the shape that most headers have; nil if there are none.
  private(set) var shape: UInt64?
  private(set) var dates = DateOrderEvidence()
  private(set) var countsTo24 = false
  /// Text before the first colon, and before later ones, with how often it begins a message.
  private(set) var senders: [String: Int] = [:]
  private(set) var count = 0
  private(set) var isBracketed = false
  private var cache = TextCache()
  private var shapes: [UInt64: (count: Int, first: Int)] = [:]

  init(_ bytes: ByteView) {
    var scanner = HeaderScanner()
    var lines = ChatLines(bytes)
    while let line = lines.next() {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end) else { continue }
      let seen = shapes[stamp.shape]
      shapes[stamp.shape] = ((seen?.count ?? 0) + 1, seen?.first ?? line.start)
    }
    shape =
      shapes.max { left, right in
        (left.value.count, right.value.first) < (right.value.count, left.value.first)
      }?.key
    guard let shape else { return }
    survey(bytes, shape, &scanner)
  }

  private mutating func survey(_ bytes: ByteView, _ shape: UInt64, _ scanner: inout HeaderScanner) {
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

  /// Notes the text before each of the first three colons.
  private mutating func addSender(_ bytes: ByteView, from start: Int, to end: Int) {
    var index = start
    var found = 0
    while index < end, index - start < SenderSplitter.longest, found < 3 {
      if bytes[index] == 0x3A, index + 1 == end || bytes[index + 1] == 0x20 {
        found += 1
        let raw = bytes.buffer(start..<index)
        let name = cache.find(raw) ?? InvisibleMarks.cleanName(String(decoding: raw, as: UTF8.self))
        if found == 1 { cache.add(raw, name) }
        if senders[name] != nil || senders.count < 20_000 { senders[name, default: 0] += 1 }
      }
      index += 1
    }
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
