import SearchText

/// What the user looks for: words, "phrases", prefix*, -not.
package struct SearchQuery: Sendable {
  /// One piece of the query, folded.
  package struct Term: Sendable, Equatable {
    /// The words that must stand in this order.
    package let words: [String]
    package let isPrefix: Bool
  }

  package private(set) var wanted: [Term] = []
  package private(set) var unwanted: [Term] = []

  /// Reads a query. Anything that is not of its small grammar is plain text: no input is an
  /// error.
  package init(_ text: String) {
    var folder = SearchFolder()
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      let isNegative = rest.first == "-" && rest.count > 1 && rest.dropFirst().first != " "
      if isNegative { rest = rest.dropFirst() }
      let piece: Substring
      var isPrefix = false
      if let quote = rest.first, SearchQuery.quotes.contains(quote) {
        let inside = rest.dropFirst()
        let end = inside.firstIndex(where: SearchQuery.quotes.contains) ?? inside.endIndex
        piece = inside[..<end]
        rest = end < inside.endIndex ? inside[inside.index(after: end)...] : inside[end...]
      } else {
        piece = rest.prefix { !$0.isWhitespace }
        rest = rest.dropFirst(piece.count)
        isPrefix = piece.last == "*"
      }
      let words = folder.fold(String(piece)).split(separator: " ").map(String.init)
      guard !words.isEmpty else { continue }
      let term = Term(words: words, isPrefix: isPrefix)
      if isNegative { unwanted.append(term) } else { wanted.append(term) }
    }
  }

  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

  package var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  /// The query for the index; nil if no word is wanted.
  var expression: String? {
    guard !wanted.isEmpty else { return nil }
    let positive = wanted.map(SearchQuery.expression).joined(separator: " AND ")
    guard !unwanted.isEmpty else { return positive }
    return "(\(positive)) NOT (\(unwantedExpression ?? ""))"
  }

  /// What must not match; nil if nothing is unwanted.
  var unwantedExpression: String? {
    unwanted.isEmpty
      ? nil : unwanted.map(SearchQuery.expression).joined(separator: " OR ")
  }

  /// Folded words hold no quotes, so quoting them is safe.
  private static func expression(_ term: Term) -> String {
    "\"" + term.words.joined(separator: " ") + "\"" + (term.isPrefix ? " *" : "")
  }
}

/// Limits a search to some messages.
package struct SearchFilter: Sendable {
  package var platform: String?
  /// Part of a sender's name.
  package var from: String?
  /// A customer's uid, number or part of the name.
  package var customer: String?
  /// UTC milliseconds, inclusive.
  package var after: Int64?
  /// UTC milliseconds, exclusive.
  package var before: Int64?
  package var has: Set<String> = []
  package var limit = 20

  package init() {}
}
