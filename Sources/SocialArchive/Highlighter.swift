import ArchiveStore
import SearchText

/// Marks what a query found in the text as it was written.
struct Highlighter {
  private let terms: [SearchQuery.Term]
  private var folder = SearchFolder()
  private static let reach = 60

  init(_ query: SearchQuery) { terms = query.wanted }

  /// The text around the first hit, about a line long, with all hits in it marked.
  mutating func snippet(_ text: String) -> [SnippetPiece] {
    let words = split(text)
    let hits = words.indices.filter { words[$0].isWord && isHit(words[$0].text) }
    let center = hits.first.map { words[..<$0].map(\.text.count).reduce(0, +) } ?? 0
    var pieces: [SnippetPiece] = []
    var position = 0
    for (index, word) in words.enumerated() {
      let end = position + word.text.count
      if end >= center - Highlighter.reach, position <= center + 2 * Highlighter.reach {
        if pieces.isEmpty, position > 0 { pieces.append(SnippetPiece(text: "…", isHit: false)) }
        pieces.append(SnippetPiece(text: word.text, isHit: hits.contains(index)))
      }
      position = end
    }
    if center + 2 * Highlighter.reach < position {
      pieces.append(SnippetPiece(text: "…", isHit: false))
    }
    return Highlighter.joined(pieces)
  }

  private mutating func isHit(_ word: String) -> Bool {
    let folded = folder.fold(word).split(separator: " ").map(String.init)
    return terms.contains { term in
      folded.contains { part in
        term.words.enumerated().contains { index, wanted in
          part == wanted || term.isPrefix && index == term.words.count - 1 && part.hasPrefix(wanted)
        }
      }
    }
  }

  private func split(_ text: String) -> [(text: String, isWord: Bool)] {
    var pieces: [(text: String, isWord: Bool)] = []
    for character in text.prefix(20_000) {
      let isWord = !character.isWhitespace && !character.isPunctuation
      if pieces.last?.isWord == isWord {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append((String(character), isWord))
      }
    }
    return pieces
  }

  private static func joined(_ pieces: [SnippetPiece]) -> [SnippetPiece] {
    pieces.reduce(into: []) { result, piece in
      if let last = result.last, last.isHit == piece.isHit {
        result[result.count - 1] = SnippetPiece(text: last.text + piece.text, isHit: piece.isHit)
      } else {
        result.append(piece)
      }
    }
  }
}
