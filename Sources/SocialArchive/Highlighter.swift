import ArchiveStore
import SearchText

/// Marks what a query found in the text as it was written.
struct Highlighter {
  private let terms: [ResolvedQuery.Term]
  private var folder = SearchFolder()
  /// Characters before the first hit, and twice as many behind it.
  private static let reach = 60
  private static let longest = 1_000_000

  init(_ query: ResolvedQuery) { terms = query.wanted }

  /// The text around the first hit, about a line long, with all hits in it marked, cut between
  /// characters.
  mutating func snippet(_ text: String) -> [SnippetPiece] {
    let text = String(text.composedIfNeeded.prefix(Highlighter.longest))
    let hits = hits(in: text)
    let first = hits.first?.lowerBound ?? text.startIndex
    let start = Highlighter.edge(text, first, -Highlighter.reach)
    let end = Highlighter.edge(text, first, 2 * Highlighter.reach)
    var pieces: [SnippetPiece] = []
    if start > text.startIndex { pieces.append(SnippetPiece(text: "…", isHit: false)) }
    var place = start
    for hit in hits where hit.lowerBound >= place && hit.lowerBound < end {
      if hit.lowerBound > place {
        pieces.append(SnippetPiece(text: String(text[place..<hit.lowerBound]), isHit: false))
      }
      pieces.append(
        SnippetPiece(text: String(text[hit].prefix(2 * Highlighter.reach)), isHit: true))
      place = hit.upperBound
    }
    var tail = place < end ? String(text[place..<end]) : ""
    if max(place, end) < text.endIndex { tail += "…" }
    if !tail.isEmpty { pieces.append(SnippetPiece(text: tail, isHit: false)) }
    return pieces
  }

  /// Where the words stand that a term accepts, in the order of the text, not overlapping.
  private mutating func hits(in text: String) -> [Range<String.Index>] {
    let words = folder.words(text)
    var isHit = [Bool](repeating: false, count: words.count)
    for index in words.indices {
      for term in terms {
        if let length = Highlighter.length(of: term, at: index, words) {
          for place in index..<(index + length) { isHit[place] = true }
        }
      }
    }
    markNumbers(text, words, &isHit)
    return words.indices.filter { isHit[$0] }.map { words[$0].range }
  }

  /// How many words a term takes from a place on; nil if it does not stand there.
  private static func length(
    of term: ResolvedQuery.Term, at index: Int, _ words: [SearchFolder.Word]
  ) -> Int? {
    for (number, alternative) in term.alternatives.enumerated() {
      guard index + alternative.count <= words.count else { continue }
      let isThere = alternative.indices.allSatisfy { place in
        let word = words[index + place].folded
        if word == alternative[place] { return true }
        return term.isPrefix && number == 0 && place == alternative.count - 1
          && word.hasPrefix(alternative[place])
      }
      if isThere { return alternative.count }
    }
    return nil
  }

  /// Marks the groups of a phone number that was found in one piece.
  private func markNumbers(
    _ text: String, _ words: [SearchFolder.Word], _ isHit: inout [Bool]
  ) {
    let numbers = terms.flatMap(\.alternatives).filter { $0.count == 1 && $0[0].utf8.count >= 7 }
    guard !numbers.isEmpty else { return }
    for run in DigitRuns.runs(text) where run.groups.count > 1 {
      guard numbers.contains([String(decoding: run.digits, as: UTF8.self)]) else { continue }
      for (index, word) in words.enumerated() where run.range.overlaps(word.range) {
        isHit[index] = true
      }
    }
  }

  /// The place `distance` characters away, at the edge of a word if one is near.
  private static func edge(_ text: String, _ from: String.Index, _ distance: Int) -> String.Index {
    let limit = distance < 0 ? text.startIndex : text.endIndex
    guard var place = text.index(from, offsetBy: distance, limitedBy: limit) else { return limit }
    for _ in 0..<15 where place > text.startIndex && place < text.endIndex {
      if text[place].isWhitespace { return distance < 0 ? text.index(after: place) : place }
      place = distance < 0 ? text.index(after: place) : text.index(before: place)
    }
    return text.index(from, offsetBy: distance, limitedBy: limit) ?? limit
  }
}
