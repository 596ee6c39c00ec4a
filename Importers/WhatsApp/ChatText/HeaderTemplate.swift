import TextDecoding

/// The very bytes of a header that was read before, with places for its numbers.
///
/// Headers of one file differ in little but their numbers: comparing bytes costs a tenth of
/// reading characters. What fits gives the stamp that the scanner would give.
final class HeaderTemplate {
  /// What stands before each number, and behind the last, one after the other.
  private let literals: [UInt8]
  /// Where each of them ends.
  private let ends: [Int]
  /// For each number, whether it has more than two digits.
  private let isLong: [Bool]
  private let isTimeFirst: Bool
  private let model: HeaderStamp

  /// Learns from the header that begins at `start`; nil if its digits are not ASCII.
  init?(_ stamp: HeaderStamp, _ bytes: ByteView, from start: Int) {
    var literals: [UInt8] = []
    var ends: [Int] = []
    var values: [HeaderStamp.Number] = []
    let header = bytes.buffer(start..<stamp.end)
    var index = 0
    while index < header.count {
      guard header[index] &- 0x30 < 10 else {
        literals.append(header[index])
        index += 1
        continue
      }
      ends.append(literals.count)
      values.append(HeaderTemplate.number(header, &index))
    }
    ends.append(literals.count)
    let date = [stamp.first, stamp.second, stamp.third]
    guard values.count == (stamp.seconds == nil ? 5 : 6) else { return nil }
    isTimeFirst = Array(values.prefix(3)) != date
    guard !isTimeFirst || Array(values.suffix(3)) == date else { return nil }
    self.literals = literals
    self.ends = ends
    isLong = values.map { $0.digits > 2 }
    model = stamp
  }

  /// The stamp at `start`; nil if the bytes there are not of this kind.
  func match(_ bytes: ByteView, from start: Int, to end: Int) -> HeaderStamp? {
    let line = bytes.buffer(start..<end)
    var index = 0
    var literal = 0
    var values = (
      HeaderStamp.Number(), HeaderStamp.Number(), HeaderStamp.Number(), HeaderStamp.Number(),
      HeaderStamp.Number(), HeaderStamp.Number()
    )
    for place in 0..<ends.count {
      let bound = ends[place]
      guard index + bound - literal <= line.count else { return nil }
      while literal < bound {
        guard line[index] == literals[literal] else { return nil }
        index += 1
        literal += 1
      }
      guard place < isLong.count else { break }
      let number = HeaderTemplate.number(line, &index)
      guard number.digits > 0, number.digits <= 4, isLong[place] == (number.digits > 2) else {
        return nil
      }
      switch place {
      case 0: values.0 = number
      case 1: values.1 = number
      case 2: values.2 = number
      case 3: values.3 = number
      case 4: values.4 = number
      default: values.5 = number
      }
    }
    var stamp = model
    stamp.end = start + index
    switch (isTimeFirst, isLong.count) {
    case (false, let count):
      (stamp.first, stamp.second, stamp.third) = (values.0, values.1, values.2)
      (stamp.hour, stamp.minute) = (values.3.value, values.4.value)
      stamp.seconds = count == 6 ? values.5.value : nil
    case (true, 5):
      (stamp.hour, stamp.minute) = (values.0.value, values.1.value)
      (stamp.first, stamp.second, stamp.third) = (values.2, values.3, values.4)
    default:
      (stamp.hour, stamp.minute, stamp.seconds) = (values.0.value, values.1.value, values.2.value)
      (stamp.first, stamp.second, stamp.third) = (values.3, values.4, values.5)
    }
    return stamp.isTime ? stamp : nil
  }

  private static func number(
    _ line: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> HeaderStamp.Number {
    var number = HeaderStamp.Number()
    while index < line.count, case let digit = line[index] &- 0x30, digit < 10, number.digits < 5 {
      number.value = number.value * 10 + Int(digit)
      number.digits += 1
      index += 1
    }
    return number
  }
}
