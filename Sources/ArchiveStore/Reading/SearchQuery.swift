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
  ///
  /// - Parameter endings: Gives the words that begin with some letters; nil if they are many.
  /// - Returns: An expression of FTS5's query language.
  func expression(_ endings: (String) throws -> [String]?) rethrows -> String? {
    guard !wanted.isEmpty else { return nil }
    let positive = try wanted.map { try SearchQuery.expression($0, endings) }
      .joined(separator: " AND ")
    guard let negative = try unwantedExpression(endings) else { return positive }
    return "(\(positive)) NOT (\(negative))"
  }

  /// What must not match; nil if nothing is unwanted.
  func unwantedExpression(_ endings: (String) throws -> [String]?) rethrows -> String? {
    guard !unwanted.isEmpty else { return nil }
    return try unwanted.map { try SearchQuery.expression($0, endings) }.joined(separator: " OR ")
  }

  /// Folded words hold no quotes, so quoting them is safe.
  private static func expression(
    _ term: Term, _ endings: (String) throws -> [String]?
  ) rethrows -> String {
    // The index gathers all rows of all endings before it gives one; asked for each ending, it
    // gives the newest rows at once.
    if term.isPrefix, term.words.count == 1, let words = try endings(term.words[0]) {
      return "(" + words.map { "\"\($0)\"" }.joined(separator: " OR ") + ")"
    }
    return "\"" + term.words.joined(separator: " ") + "\"" + (term.isPrefix ? " *" : "")
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
