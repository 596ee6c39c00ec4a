import SearchText

/// A query with the forms of its words that the archive knows.
package struct ResolvedQuery: Sendable {
  /// A term, and all that counts as it.
  package struct Term: Sendable {
    /// Words that stand in a row; the first alternative is the term as typed.
    package let alternatives: [[String]]
    /// True if the last word of the first alternative may go on.
    package let isPrefix: Bool

    /// For the index; folded words hold no quotes, so quoting them is safe.
    var expression: String {
      let phrases = alternatives.enumerated().map { index, words in
        "\"" + words.joined(separator: " ") + "\"" + (isPrefix && index == 0 ? " *" : "")
      }
      return phrases.count == 1 ? phrases[0] : "(" + phrases.joined(separator: " OR ") + ")"
    }
  }

  package struct Clause: Sendable {
    package var wanted: [Term]
    package var unwanted: [Term]

    /// Nil if the clause wants no words.
    var expression: String? {
      guard !wanted.isEmpty else { return nil }
      let positive = wanted.map(\.expression).joined(separator: " AND ")
      guard let negative = unwantedExpression else { return positive }
      return "(\(positive)) NOT (\(negative))"
    }

    var unwantedExpression: String? {
      unwanted.isEmpty ? nil : unwanted.map(\.expression).joined(separator: " OR ")
    }
  }

  package let clauses: [Clause]

  /// For the index; nil if no words are wanted.
  var expression: String? {
    let found = clauses.compactMap(\.expression)
    guard !found.isEmpty else { return nil }
    return found.count == 1 ? found[0] : found.map { "(\($0))" }.joined(separator: " OR ")
  }

  /// True if every alternative wants some word; the index alone answers then.
  package var isAllWanted: Bool {
    !clauses.isEmpty && clauses.allSatisfy { !$0.wanted.isEmpty }
  }

  /// SQL on `m.id`, with what belongs into its places, for alternatives of which some only leave
  /// words out.
  var condition: (sql: String, arguments: [Cell]) { condition(on: "m.id", in: "message_text") }

  /// The same for another index.
  func condition(on key: String, in index: String) -> (sql: String, arguments: [Cell]) {
    var pieces: [String] = []
    var arguments: [Cell] = []
    for clause in clauses {
      guard let expression = clause.expression ?? clause.unwantedExpression else { continue }
      pieces.append(
        "\(key) \(clause.expression == nil ? "NOT " : "")IN (SELECT rowid FROM \(index) WHERE \(index) MATCH ?)"
      )
      arguments.append(.text(expression))
    }
    return ("(" + pieces.joined(separator: " OR ") + ")", arguments)
  }

  /// All terms that are wanted.
  package var wanted: [Term] { clauses.flatMap(\.wanted) }
}

extension ArchiveDatabase {
  /// Looks up the forms of a query's words.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - isForMessages: True if the words that begin with `prefix*` are looked up among those of
  ///     messages, which is faster than leaving them to the index.
  /// - Returns: The query with all that counts as its words.
  /// - Throws: What SQLite reports.
  package func resolve(_ query: SearchQuery, isForMessages: Bool = true) throws -> ResolvedQuery {
    var stems = WordStems()
    func terms(_ terms: [SearchQuery.Term]) throws -> [ResolvedQuery.Term] {
      try terms.map { try resolve($0, isForMessages, &stems) }
    }
    return ResolvedQuery(
      clauses: try query.clauses.map {
        ResolvedQuery.Clause(wanted: try terms($0.wanted), unwanted: try terms($0.unwanted))
      })
  }

  private func resolve(
    _ term: SearchQuery.Term, _ isForMessages: Bool, _ stems: inout WordStems
  ) throws -> ResolvedQuery.Term {
    var alternatives = [term.words]
    var isPrefix = term.isPrefix
    if let number = term.number, [number] != term.words { alternatives.append([number]) }
    if term.isPrefix {
      // The index gathers all rows of all endings before it gives one; asked for each ending, it
      // gives the newest rows at once.
      if isForMessages, term.words.count == 1, let words = try endings(term.words[0]) {
        alternatives = words.map { [$0] }
        isPrefix = false
      }
    } else if !term.isQuoted, term.words.count == 1 {
      let forms = try forms(of: term.words[0], original: term.originals[0], &stems)
      alternatives += forms.map { [$0] }
    }
    return ResolvedQuery.Term(alternatives: alternatives, isPrefix: isPrefix)
  }

  /// So many forms of one word are looked for.
  private static let mostForms = 120

  /// The other forms of a word that the archive has.
  private func forms(
    of word: String, original: String, _ stems: inout WordStems
  ) throws -> [String] {
    let language = WordStems.language(ofScript: original)
    if language == "und" || word.unicodeScalars.count < 2 { return [] }
    var found: [String] = []
    var seen: Set<String> = [word]
    for language in language.map({ [$0] }) ?? WordStems.latin {
      found += try forms(of: word, original: original, in: language, &stems)
        .filter { seen.insert($0).inserted }
    }
    return Array(found.prefix(ArchiveDatabase.mostForms))
  }

  private func forms(
    of word: String, original: String, in language: String, _ stems: inout WordStems
  ) throws -> [String] {
    var bases = stems.stems(word, original: original, language: language, isQuery: true)
    for rest in WordStems.withoutPrefixes(word, language) {
      // Letters before a word count as a prefix only if the word is known without them.
      let stem = stems.stems(rest, original: rest, language: language)
      if try words(language, stem).contains(where: { WordStems.proves($0, rest, language) }) {
        bases += stem.filter { !bases.contains($0) }
      }
    }
    var found = try words(language, bases)
    let prefixes = WordStems.prefixes(language)
    let written = bases.filter { $0.unicodeScalars.count >= 3 }
    for base in written {
      found += try words(language, prefixes.map { $0 + base })
    }
    return found
  }

  /// The words of a language that have one of these stems.
  private func words(_ language: String, _ stems: [String]) throws -> [String] {
    guard !stems.isEmpty else { return [] }
    let marks = stems.map { _ in "?" }.joined(separator: ",")
    return try rows(
      "SELECT word FROM word_form WHERE language = ? AND stem IN (\(marks)) LIMIT 500",
      [.text(language)] + stems.map { .text($0) }
    ).compactMap { $0[0].text }
  }
}
