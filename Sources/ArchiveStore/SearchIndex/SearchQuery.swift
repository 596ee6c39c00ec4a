import SearchText

/// What the user looks for: words, "phrases", prefix*, -not, OR, and fields such as `from:rania`.
///
/// Whatever is not of this small grammar is plain text: no input is an error.
package struct SearchQuery: Sendable, Equatable {
  /// One piece of the query.
  package struct Term: Sendable, Equatable {
    /// The folded words that must stand in this order.
    package let words: [String]
    /// The same as typed, for their stems.
    package let originals: [String]
    package let isPrefix: Bool
    /// True for words in quotes: they are not inflected.
    package let isQuoted: Bool
    /// The digits of a phone number in one piece.
    package let number: String?
  }

  /// Terms that must all be there.
  package struct Clause: Sendable, Equatable {
    package var wanted: [Term] = []
    package var unwanted: [Term] = []

    var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }
  }

  /// Of these, one is enough.
  package private(set) var clauses: [Clause] = []
  /// What the query says of senders, times and the like.
  package private(set) var fields: [SearchField] = []

  /// Reads a query.
  ///
  /// - Parameters:
  ///   - text: What the user typed.
  ///   - today: The day that `today` and `yesterday` are counted from.
  ///   - isName: Says whether somebody or something that a field asks for has such a name: of
  ///     `from:rania haddad cake` the first two words are one.
  package init(
    _ text: String, today: SearchDay = .now,
    isName: (SearchField.Kind, String) throws -> Bool = { _, _ in false }
  ) rethrows {
    var folder = SearchFolder()
    var clause = Clause()
    for piece in try SearchQuery.joined(SearchQuery.pieces(text), isName) {
      if piece.isOr {
        if !clause.isEmpty { clauses.append(clause) }
        clause = Clause()
      } else if let field = SearchField(piece, today: today) {
        fields.append(field)
      } else if let term = SearchQuery.term(piece.asText, &folder) {
        if piece.isNegative { clause.unwanted.append(term) } else { clause.wanted.append(term) }
      }
    }
    if !clause.isEmpty { clauses.append(clause) }
  }

  /// Puts the words of names together.
  private static func joined(
    _ pieces: [QueryPiece], _ isName: (SearchField.Kind, String) throws -> Bool
  ) rethrows -> [QueryPiece] {
    var joined: [QueryPiece] = []
    for piece in pieces {
      if piece.isPlain, let last = joined.last, !last.isQuoted, let field = last.field,
        let kind = SearchField.Kind.named(field), kind.isNamed,
        try isName(kind, last.text + " " + piece.text)
      {
        joined[joined.count - 1].text += " " + piece.text
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  package var isEmpty: Bool { clauses.isEmpty && fields.isEmpty }

  /// True if some text is wanted, not only fields.
  package var hasWords: Bool { clauses.contains { !$0.wanted.isEmpty } }

  /// True if a name has words that begin as those wanted, and none that is unwanted.
  func fitsName(_ name: String) -> Bool {
    let words = NameFolding.fold(name).split(separator: " ")
    func isIn(_ term: Term) -> Bool {
      term.words.allSatisfy { wanted in words.contains { $0.hasPrefix(wanted) } }
    }
    return clauses.isEmpty
      || clauses.contains { clause in
        clause.wanted.allSatisfy(isIn) && !clause.unwanted.contains(where: isIn)
      }
  }

  private static func term(_ piece: QueryPiece, _ folder: inout SearchFolder) -> Term? {
    let isPrefix = piece.text.last == "*" && !piece.isQuoted
    let text = piece.text.composedForSearch
    let found = folder.words(text)
    guard !found.isEmpty else { return nil }
    // Only a piece that is nothing but a number is looked for in one piece too.
    let isNumber = !text.unicodeScalars.contains { $0.properties.isAlphabetic }
    let runs = isNumber ? DigitRuns.runs(text) : []
    let number = runs.count == 1 ? String(decoding: runs[0].digits, as: UTF8.self) : nil
    return Term(
      words: found.map(\.folded), originals: found.map(\.original), isPrefix: isPrefix,
      isQuoted: piece.isQuoted, number: number)
  }
}

/// A piece of a query between blanks, or in quotes.
struct QueryPiece: Equatable {
  var text = ""
  var isNegative = false
  var isQuoted = false
  /// What stands before the colon of `from:rania`.
  var field: String?

  /// The piece as it was typed, for a field that means nothing.
  var asText: QueryPiece {
    guard let field else { return self }
    return QueryPiece(text: field + ":" + text, isNegative: isNegative)
  }

  /// True for a word without any mark.
  var isPlain: Bool { !isQuoted && !isNegative && field == nil && !isOr && !text.hasSuffix("*") }

  /// True for the word that parts alternatives.
  var isOr: Bool {
    !isQuoted && !isNegative && field == nil && SearchQuery.orWords.contains(text)
  }
}

extension SearchQuery {
  /// The words that part alternatives.
  package static let orWords: Set<String> = ["OR", "|", "أو", "או", "Ή"]

  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

  /// Splits a query at blanks; quotes hold words together, a phone number holds itself together.
  static func pieces(_ text: String) -> [QueryPiece] {
    var pieces: [QueryPiece] = []
    let text = String(text.prefix(4_096))
    var rest = text[...]
    let numbers = DigitRuns.runs(text).filter { $0.groups.count > 1 }.map { text[$0.range] }
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      var piece = QueryPiece()
      if rest.first == "-", let next = rest.dropFirst().first, !next.isWhitespace, next != "-" {
        piece.isNegative = true
        rest = rest.dropFirst()
      }
      let signs = rest.prefix { $0 == "+" || $0 == "(" }
      let behind = rest.dropFirst(signs.count)
      if let number = numbers.first(where: behind.hasPrefix) {
        piece.text = String(number)
        rest = behind.dropFirst(number.count)
        pieces.append(piece)
        continue
      }
      if let (field, value) = SearchQuery.field(rest) {
        piece.field = field
        rest = value
      }
      (piece.text, piece.isQuoted) = SearchQuery.takeValue(&rest)
      pieces.append(piece)
    }
    return pieces
  }

  /// `from:` and what follows, if the word before the colon is a field's.
  private static func field(_ rest: Substring) -> (String, Substring)? {
    let name = rest.prefix { $0.isLetter }
    let behind = rest[name.endIndex...]
    guard !name.isEmpty, behind.first == ":", let next = behind.dropFirst().first,
      !next.isWhitespace, SearchField.Kind.named(String(name)) != nil
    else { return nil }
    return (String(name), behind.dropFirst())
  }

  private static func takeValue(_ rest: inout Substring) -> (String, Bool) {
    if let quote = rest.first, quotes.contains(quote) {
      let inside = rest.dropFirst()
      let end = inside.firstIndex(where: quotes.contains) ?? inside.endIndex
      let value = String(inside[..<end])
      rest = end < inside.endIndex ? inside[inside.index(after: end)...] : inside[end...]
      return (value, true)
    }
    let value = rest.prefix { !$0.isWhitespace }
    rest = rest.dropFirst(value.count)
    return (String(value), false)
  }
}
