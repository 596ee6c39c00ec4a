extension HeaderScanner {
  /// Up to six numbers with the places of what stands between them.
  private struct Numbers {
    var values = [HeaderStamp.Number]()
    /// For each number, where what stands before it begins and ends.
    var gaps = [Range<Int>]()
    var tail = 0..<0
  }

  /// Reads a date and a time out of folded characters; nil if they are anything else.
  func stamp(_ range: Range<Int>) -> HeaderStamp? {
    // The shortest is `1.1.24 1:00`.
    guard range.count >= 11, let numbers = numbers(range) else { return nil }
    let count = numbers.values.count
    let isTimeFirst = scalar(in: numbers.gaps[1]) == 0x3A
    let date = isTimeFirst ? count - 3 : 0
    let time = isTimeFirst ? 0 : 3
    let timeCount = count - 3
    let glue = numbers.gaps[isTimeFirst ? date : time]
    guard isTimeFirst || numbers.gaps[0].isEmpty, !glue.isEmpty,
      isDateMark(numbers.gaps[date + 1]), isDateMark(numbers.gaps[date + 2]),
      (1..<timeCount).allSatisfy({ isTimeMark(numbers.gaps[time + $0]) })
    else { return nil }
    var stamp = HeaderStamp()
    (stamp.first, stamp.second, stamp.third) = (
      numbers.values[date], numbers.values[date + 1], numbers.values[date + 2]
    )
    stamp.hour = numbers.values[time].value
    stamp.minute = numbers.values[time + 1].value
    stamp.seconds = timeCount > 2 ? numbers.values[time + 2].value : nil
    guard stamp.hour < 25, stamp.minute < 60, stamp.seconds ?? 0 < 61 else { return nil }
    stamp.words = words(glue) + words(numbers.tail)
    stamp.era = era(numbers.gaps[date + 2])
    stamp.separator = scalar(in: numbers.gaps[date + 1]).flatMap(Unicode.Scalar.init) ?? " "
    stamp.shape = shape(numbers, date: date, time: time, timeCount: timeCount)
    return stamp
  }

  private func numbers(_ range: Range<Int>) -> Numbers? {
    var numbers = Numbers()
    var index = range.lowerBound
    var gap = index
    while index < range.upperBound {
      guard scalars[index] &- 0x30 < 10 else {
        index += 1
        continue
      }
      numbers.gaps.append(gap..<index)
      var number = HeaderStamp.Number()
      while index < range.upperBound, case let digit = scalars[index] &- 0x30, digit < 10 {
        number.value = number.value * 10 + Int(digit)
        number.digits += 1
        index += 1
        guard number.digits <= 4 else { return nil }
      }
      gap = index
      numbers.values.append(number)
      guard numbers.values.count <= 6 else { return nil }
    }
    numbers.tail = gap..<range.upperBound
    return numbers.values.count >= 5 ? numbers : nil
  }

  /// What must stay the same through a file: the marks between numbers, whether there are
  /// seconds, how long the year is. The padding of days and the words may change.
  private func shape(_ numbers: Numbers, date: Int, time: Int, timeCount: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ value: UInt64) {
      hash = (hash ^ value) &* 0x100_0000_01b3
    }
    for index in [date + 1, date + 2] + (1..<timeCount).map({ time + $0 }) {
      for place in numbers.gaps[index] where scalars[place] != 0x20 && !isLetter(scalars[place]) {
        add(UInt64(scalars[place]))
      }
      add(0)
    }
    for index in date..<(date + 3) { add(numbers.values[index].digits > 2 ? 4 : 2) }
    add(UInt64(date))
    add(UInt64(timeCount))
    return hash
  }

  /// The first character of a gap that is no blank.
  private func scalar(in gap: Range<Int>) -> UInt32? {
    gap.first { scalars[$0] != 0x20 }.map { scalars[$0] }
  }

  private func isLetter(_ value: UInt32) -> Bool {
    Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  private func isDateMark(_ gap: Range<Int>) -> Bool {
    let marks = gap.filter { scalars[$0] != 0x20 }.map { scalars[$0] }
    switch marks.count {
    case 0: return !gap.isEmpty
    case 1: return [0x2F, 0x2E, 0x2D, 0x5E74, 0x6708].contains(marks[0])
    case 2: return marks[0] == 0x2F && [0x52, 0x48, 0x53].contains(marks[1])
    default: return false
    }
  }

  private func isTimeMark(_ gap: Range<Int>) -> Bool {
    let marks = gap.filter { scalars[$0] != 0x20 }.map { scalars[$0] }
    // Colon, dot, `h`, the signs of hour and minute; `min`.
    return marks.count == 1 && [0x3A, 0x2E, 0x68, 0x6642, 0x5206].contains(marks[0])
      || marks == [0x6D, 0x69, 0x6E]
  }

  private func era(_ gap: Range<Int>) -> Unicode.Scalar? {
    gap.last.flatMap { isLetter(scalars[$0]) && scalars[$0] < 0x80 ? Unicode.Scalar(scalars[$0]) : nil }
  }

  /// The words around a time, without the marks that join it to the date.
  private func words(_ gap: Range<Int>) -> [String] {
    guard gap.contains(where: { scalars[$0] != 0x20 && scalars[$0] != 0x2C }) else { return [] }
    var word = String.UnicodeScalarView()
    for place in gap where scalars[place] != 0x2C {
      if let scalar = Unicode.Scalar(scalars[place]) { word.append(scalar) }
    }
    let text = String(word).trimmed
    return text.isEmpty || text == "." ? [] : [text]
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
