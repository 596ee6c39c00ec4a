extension HeaderScanner {
  /// A number with what stands before it.
  private struct Piece {
    var before: String
    var value: Int
    var digits: Int
  }

  /// Reads a date and a time out of folded characters; nil if they are anything else.
  static func stamp(_ scalars: [Unicode.Scalar]) -> HeaderStamp? {
    var pieces: [Piece] = []
    var between = ""
    var index = 0
    while index < scalars.count {
      guard scalars[index].value &- 0x30 < 10 else {
        between.unicodeScalars.append(scalars[index])
        index += 1
        continue
      }
      var value = 0
      var digits = 0
      while index < scalars.count, case let digit = scalars[index].value &- 0x30, digit < 10 {
        value = value * 10 + Int(digit)
        digits += 1
        index += 1
        guard digits <= 4 else { return nil }
      }
      pieces.append(Piece(before: between, value: value, digits: digits))
      between = ""
      guard pieces.count <= 6 else { return nil }
    }
    guard pieces.count == 5 || pieces.count == 6 else { return nil }
    return assemble(pieces, tail: between)
  }

  private static func assemble(_ pieces: [Piece], tail: String) -> HeaderStamp? {
    let isTimeFirst = pieces[1].before == ":"
    let timeCount = pieces.count - 3
    let date = isTimeFirst ? pieces[timeCount...] : pieces[..<3]
    let time = isTimeFirst ? pieces[..<timeCount] : pieces[3...]
    guard let dateStart = date.first, let timeStart = time.first else { return nil }
    let dateMarks = date.dropFirst().map { trim($0.before) }
    let timeMarks = time.dropFirst().map { trim($0.before) }
    guard isTimeFirst || dateStart.before.isEmpty, dateMarks.allSatisfy(isDateMark),
      timeMarks.allSatisfy(isTimeMark)
    else { return nil }
    let glue = isTimeFirst ? dateStart.before : timeStart.before
    guard !glue.isEmpty else { return nil }
    let values = time.map(\.value)
    guard values[0] < 25, values[1] < 60, values.count < 3 || values[2] < 61 else { return nil }
    let eraMark = dateMarks.last.flatMap { $0.last }.flatMap { $0.isLetter ? $0 : nil }
    let separators = dateMarks.map { String($0.filter { !$0.isLetter }) }
    let shape =
      (isTimeFirst ? "t" : "d") + separators.joined() + "|" + timeMarks.joined() + "|"
      + date.map { $0.digits > 2 ? "4" : "2" }.joined() + (hasComma(glue) ? "," : "")
    return HeaderStamp(
      date: date.map { ($0.value, $0.digits) }, hour: values[0], minute: values[1],
      second: values.count > 2 ? values[2] : nil, words: words(glue) + words(tail), era: eraMark,
      shape: shape, end: 0)
  }

  private static func trim(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != " " }))
  }

  private static func hasComma(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: ",")) }

  private static func isDateMark(_ mark: String) -> Bool {
    switch mark {
    case "/", ".", "-", "年", "月", "/R", "/H", "/S", "": true
    default: false
    }
  }

  private static func isTimeMark(_ mark: String) -> Bool {
    switch mark {
    case ":", ".", "h", "min", "時", "分": true
    default: false
    }
  }

  /// The words around a time, without the marks that join it to the date.
  private static func words(_ text: String) -> [String] {
    let kept = text.unicodeScalars.map { $0 == "," ? " " : Character($0) }
    let word = String(kept).trimmed
    return word.isEmpty || word == "." ? [] : [word]
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
