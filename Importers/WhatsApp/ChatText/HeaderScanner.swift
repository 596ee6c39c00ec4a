import TextDecoding

/// Finds headers by their shape alone: two number groups, a date and a time, and an end mark.
///
/// The language does not matter.
struct HeaderScanner {
  /// Characters without direction marks, blanks as U+0020, digits as ASCII.
  var scalars: [UInt32] = []
  /// For each character, the offset of the byte after it.
  private var next: [Int] = []
  /// The numbers of the stamp that is being read.
  var values: [HeaderStamp.Number] = []
  /// For each number, where what stands before it begins and ends; then the tail.
  var gaps: [Range<Int>] = []
  let dayPeriods: DayPeriods
  /// The headers that came last, by their bytes.
  private var templates: [HeaderTemplate] = []
  private static let longest = 96

  init(_ dayPeriods: DayPeriods) { self.dayPeriods = dayPeriods }

  /// The header that begins the line; nil if the line has none.
  mutating func scan(_ bytes: ByteView, from start: Int, to end: Int) -> HeaderStamp? {
    guard start < end else { return nil }
    let byte = bytes[start]
    guard byte == 0x5B || byte &- 0x30 < 10 || byte >= 0xC2 else { return nil }
    for place in 0..<templates.count {
      if let stamp = templates[place].match(bytes, from: start, to: end) { return stamp }
    }
    guard let stamp = read(bytes, from: start, to: end) else { return nil }
    if let template = HeaderTemplate(stamp, bytes, from: start) {
      if templates.count == 6 { templates.removeFirst() }
      templates.append(template)
    }
    return stamp
  }

  /// Reads a header character by character.
  private mutating func read(_ bytes: ByteView, from start: Int, to end: Int) -> HeaderStamp? {
    fold(bytes, from: start, to: min(end, start + HeaderScanner.longest))
    guard let first = scalars.first else { return nil }
    if first == 0x5B { return bracketed() }
    return first &- 0x30 < 10 ? dashed() ?? old() : nil
  }

  /// Reads characters up to the mark that may end a header.
  private mutating func fold(_ bytes: ByteView, from start: Int, to end: Int) {
    scalars.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    var index = start
    while index < end {
      let byte = UInt32(bytes[index])
      if byte < 0x80 {
        index += 1
        scalars.append(byte)
        next.append(index)
        if byte == 0x5D, scalars[0] == 0x5B {
          if index < end, bytes[index] == 0x20 {
            scalars.append(0x20)
            next.append(index + 1)
          }
          return
        }
        if byte == 0x20, scalars.count > 12, scalars[scalars.count - 3] == 0x20,
          HeaderScanner.isDash(scalars[scalars.count - 2])
        {
          return
        }
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard index + length <= end else { return }
      var value = byte & (0xFF >> UInt32(length + 1))
      for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
      index += length
      guard let scalar = Unicode.Scalar(value) else { return }
      if InvisibleMarks.isDirectional(scalar) { continue }
      scalars.append(HeaderScanner.plain(scalar))
      next.append(index)
    }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> UInt32 {
    if InvisibleMarks.isWideSpace(scalar) { return 0x20 }
    if scalar == "،" || scalar == "，" { return 0x2C }
    if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
      return 0x30 + UInt32(value)
    }
    return scalar.value
  }

  /// `[stamp] …`
  private mutating func bracketed() -> HeaderStamp? {
    guard let close = scalars.firstIndex(of: 0x5D), var stamp = stamp(1..<close) else { return nil }
    let hasBlank = close + 1 < scalars.count && scalars[close + 1] == 0x20
    stamp.end = next[hasBlank ? close + 1 : close]
    stamp.isBracketed = true
    stamp.shape = (stamp.shape ^ 0x5B) &* 0x100_0000_01b3
    return stamp
  }

  /// The hyphen, and the dashes U+2013 and U+2014 that editors make of it.
  private static func isDash(_ value: UInt32) -> Bool {
    value == 0x2D || value == 0x2013 || value == 0x2014
  }

  /// `stamp - …`.
  private mutating func dashed() -> HeaderStamp? {
    var index = 1
    while index + 1 < scalars.count {
      let dash = scalars[index]
      if HeaderScanner.isDash(dash), scalars[index - 1] == 0x20, scalars[index + 1] == 0x20 {
        if var stamp = stamp(0..<(index - 1)) {
          stamp.end = next[index + 1]
          stamp.shape = (stamp.shape ^ UInt64(dash)) &* 0x100_0000_01b3
          return stamp
        }
        if index > 40 { return nil }
      }
      index += 1
    }
    return nil
  }

  /// Before 2017: `09/12/2012 17:03:48: Name: text`, also without seconds.
  private mutating func old() -> HeaderStamp? {
    guard scalars.count > 13,
      let index = (10..<min(scalars.count - 1, 40)).first(where: {
        scalars[$0] == 0x3A && scalars[$0 + 1] == 0x20
      }), var stamp = stamp(0..<index)
    else { return nil }
    stamp.end = next[index + 1]
    stamp.needsSender = true
    stamp.shape = (stamp.shape ^ 0x3A) &* 0x100_0000_01b3
    return stamp
  }
}
