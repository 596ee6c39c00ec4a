extension HeaderScanner {
  /// Reads a date and a time out of folded characters; nil if they are anything else.
  mutating func stamp(_ range: Range<Int>) -> HeaderStamp? {
    // The shortest is `1.1.24 1:00`.
    guard range.count >= 11, readNumbers(range) else { return nil }
    let count = values.count
    let isTimeFirst = scalar(in: gaps[1]) == 0x3A
    let date = isTimeFirst ? count - 3 : 0
    let time = isTimeFirst ? 0 : 3
    let timeCount = count - 3
    let glue = gaps[isTimeFirst ? date : time]
    guard isTimeFirst || gaps[0].isEmpty || isEra(gaps[0]), !glue.isEmpty,
      isDateMark(gaps[date + 1]),
      isDateMark(gaps[date + 2]), isTimeMark(gaps[time + 1]),
      timeCount < 3 || isTimeMark(gaps[time + 2])
    else { return nil }
    var stamp = HeaderStamp()
    (stamp.first, stamp.second, stamp.third) = (values[date], values[date + 1], values[date + 2])
    stamp.hour = values[time].value
    stamp.minute = values[time + 1].value
    stamp.seconds = timeCount > 2 ? values[time + 2].value : nil
    guard stamp.isTime else { return nil }
    for text in [words(glue), words(gaps[count])] {
      if let period = dayPeriods.period(text) {
        stamp.period.formUnion(period)
      } else {
        stamp.hasUnknownWord = true
      }
    }
    stamp.era = era(gaps[date + 2]) ?? era(gaps[0])
    stamp.separator = scalar(in: gaps[date + 1]).flatMap(Unicode.Scalar.init) ?? " "
    stamp.shape = shape(date: date, time: time, timeCount: timeCount)
    return stamp
  }

  /// Reads five or six numbers and the gaps around them; false for any other count.
  private mutating func readNumbers(_ range: Range<Int>) -> Bool {
    values.removeAll(keepingCapacity: true)
    gaps.removeAll(keepingCapacity: true)
    var index = range.lowerBound
    var gap = index
    while index < range.upperBound {
      guard scalars[index] &- 0x30 < 10 else {
        index += 1
        continue
      }
      gaps.append(gap..<index)
      var number = HeaderStamp.Number()
      while index < range.upperBound, case let digit = scalars[index] &- 0x30, digit < 10 {
        number.value = number.value * 10 + Int(digit)
        number.digits += 1
        index += 1
        guard number.digits <= 4 else { return false }
      }
      gap = index
      values.append(number)
      guard values.count <= 6 else { return false }
    }
    gaps.append(gap..<range.upperBound)
    return values.count >= 5
  }

  /// What must stay the same through a file: the marks between numbers, whether there are
  /// seconds, how long the year is. The padding of days and the words may change.
  private func shape(date: Int, time: Int, timeCount: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ value: UInt64) {
      hash = (hash ^ value) &* 0x100_0000_01b3
    }
    func add(_ gap: Range<Int>) {
      for place in gap where scalars[place] != 0x20 && !isLetter(scalars[place]) {
        add(UInt64(scalars[place]))
      }
      add(0)
    }
    add(gaps[date + 1])
    add(gaps[date + 2])
    for index in 1..<timeCount { add(gaps[time + index]) }
    for index in date..<(date + 3) { add(values[index].digits > 2 ? 4 : 2) }
    add(UInt64(date))
    add(UInt64(timeCount))
    return hash
  }

  /// The first character of a gap that is no blank.
  private func scalar(in gap: Range<Int>) -> UInt32? {
    gap.first { scalars[$0] != 0x20 }.map { scalars[$0] }
  }

  private func isLetter(_ value: UInt32) -> Bool {
    if value < 0x80 { return (value | 0x20) &- 0x61 < 26 }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  /// The characters of a gap that are no blanks, if there are at most three.
  private func marks(_ gap: Range<Int>) -> (
    count: Int, first: UInt32, second: UInt32, third: UInt32
  ) {
    var found: (count: Int, first: UInt32, second: UInt32, third: UInt32) = (0, 0, 0, 0)
    for place in gap where scalars[place] != 0x20 {
      switch found.count {
      case 0: found.first = scalars[place]
      case 1: found.second = scalars[place]
      case 2: found.third = scalars[place]
      default: break
      }
      found.count += 1
    }
    return found
  }

  private func isDateMark(_ gap: Range<Int>) -> Bool {
    switch marks(gap) {
    case (0, _, _, _): !gap.isEmpty
    // Slash, dot, hyphen; the signs of year and month in Chinese characters and in Korean.
    case (1, 0x2F, _, _), (1, 0x2E, _, _), (1, 0x2D, _, _), (1, 0x5E74, _, _), (1, 0x6708, _, _),
      (1, 0xB144, _, _), (1, 0xC6D4, _, _):
      true
    // The Japanese eras behind a slash.
    case (2, 0x2F, 0x52, _), (2, 0x2F, 0x48, _), (2, 0x2F, 0x53, _): true
    default: false
    }
  }

  private func isTimeMark(_ gap: Range<Int>) -> Bool {
    switch marks(gap) {
    // Colon, dot, `h`, the signs of hour and minute; `min`.
    case (1, 0x3A, _, _), (1, 0x2E, _, _), (1, 0x68, _, _), (1, 0x6642, _, _), (1, 0x65F6, _, _),
      (1, 0x5206, _, _), (1, 0xC2DC, _, _), (1, 0xBD84, _, _), (3, 0x6D, 0x69, 0x6E):
      true
    default: false
    }
  }

  /// True for the letter of a Japanese era.
  private func isEra(_ gap: Range<Int>) -> Bool {
    gap.count == 1 && [0x52, 0x48, 0x53].contains(scalars[gap.lowerBound])
  }

  private func era(_ gap: Range<Int>) -> Unicode.Scalar? {
    gap.last.flatMap {
      isLetter(scalars[$0]) && scalars[$0] < 0x80 ? Unicode.Scalar(scalars[$0]) : nil
    }
  }

  /// The words around a time, without the commas that join it to the date.
  private func words(_ gap: Range<Int>) -> String {
    guard gap.contains(where: { scalars[$0] != 0x20 && scalars[$0] != 0x2C }) else { return "" }
    let letters = scalars[gap].compactMap { $0 == 0x2C ? nil : Unicode.Scalar($0) }
    return String(String.UnicodeScalarView(letters)).trimmed
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
