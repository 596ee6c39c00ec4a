extension SearchFolder {
  /// A word of a text.
  package struct Word: Equatable, Sendable {
    /// As the index has it.
    package let folded: String
    /// As it stands in the text, marks and all.
    package let original: String
    package let range: Range<String.Index>
  }

  /// The words of a text as the index has them, with what they were made of. Slower than folding:
  /// for queries, for hits, and for words that are met for the first time. Ranges are of `text`, which
  /// is composed first where that matters (`composedIfNeeded`).
  package mutating func words(_ text: String) -> [Word] {
    var words: [Word] = []
    forEachWord(text) { folded, range in
      words.append(
        Word(
          folded: String(decoding: folded, as: UTF8.self), original: String(text[range]),
          range: range))
    }
    return words
  }

  /// Calls `body` with the folded bytes of each word of a text, and where it stands.
  package mutating func forEachWord(_ text: String, _ body: ([UInt8], Range<String.Index>) -> Void)
  {
    var letters: [UInt8] = []
    var start: String.Index?
    var end = text.startIndex
    var isWhole = false
    var previousIsHebrew = false
    func close() {
      if let start, !letters.isEmpty { body(letters, start..<end) }
      letters.removeAll(keepingCapacity: true)
      start = nil
      isWhole = false
    }
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if previousIsHebrew, FoldingRules.isHebrewQuote(scalar) { continue }
      previousIsHebrew = 0x5D0...0x5EA ~= scalar.value
      let next = text.unicodeScalars.index(after: index)
      switch folded(scalar) {
      case .nothing: if start != nil { end = next }
      case .separator: close()
      case .letters(let bytes):
        if isWhole { close() }
        start = start ?? index
        letters += bytes
        end = next
      case .word(let bytes):
        close()
        (start, end, isWhole) = (index, next, true)
        letters = bytes
      case .mark(let bytes):
        start = start ?? index
        letters += bytes
        end = next
      }
    }
    close()
  }

  private mutating func folded(_ scalar: Unicode.Scalar) -> FoldedScalar {
    guard scalar.isASCII else { return entry(scalar) }
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    switch byte {
    case 0x61...0x7A, 0x30...0x39: return .letters([byte])
    case 0x41...0x5A: return .letters([byte | 0x20])
    default: return .separator
    }
  }
}

extension String {
  /// The text itself, composed if it holds marks that may make another letter of the one before them.
  package var composedIfNeeded: String {
    unicodeScalars.contains(where: FoldingRules.mayCompose) ? composedForSearch : self
  }
}
