import SearchText

extension ArchiveDatabase {
  /// For each wanted word that no message has, the nearest words that some have.
  ///
  /// - Throws: What SQLite reports.
  package func nearestWords(
    _ query: SearchQuery
  ) throws -> [(word: String, nearest: [String])] {
    var answers: [(word: String, nearest: [String])] = []
    for term in query.clauses.flatMap(\.wanted) {
      for (word, original) in zip(term.words, term.originals) {
        guard answers.count < 5, word.utf8.count <= 48, try !has(word) else { continue }
        let nearest = try nearest(to: word)
        if !nearest.isEmpty { answers.append((original, nearest)) }
      }
    }
    return answers
  }

  /// True if a message has the word.
  private func has(_ word: String) throws -> Bool {
    try !rows(
      "SELECT 1 FROM message_text WHERE message_text MATCH ? LIMIT 1", [.text("\"\(word)\"")]
    ).isEmpty
  }

  private func nearest(to word: String) throws -> [String] {
    let wanted = Array(word.unicodeScalars)
    let most = wanted.count < 6 ? 1 : wanted.count < 10 ? 2 : 3
    var found: [(word: String, distance: Int)] = []
    var seen: Set<String> = []
    try forEachRow(
      "SELECT word FROM word_form WHERE length(word) BETWEEN ? AND ?",
      [.integer(Int64(wanted.count - most)), .integer(Int64(wanted.count + most))]
    ) { row in
      let known = row.cell(0).text ?? ""
      let distance = EditDistance.between(wanted, Array(known.unicodeScalars), atMost: most)
      if distance <= most, seen.insert(known).inserted { found.append((known, distance)) }
      return true
    }
    found.sort { ($0.distance, $0.word) < ($1.distance, $1.word) }
    return try found.prefix(20).map(\.word).filter(has).prefix(3).map(\.self)
  }
}
