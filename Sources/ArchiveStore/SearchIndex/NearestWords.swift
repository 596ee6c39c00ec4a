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

/// How many letters must change to make one word of another; two that are swapped count once.
enum EditDistance {
  /// - Returns: The distance, or any number over `limit` if it is larger.
  static func between(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int
  ) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for (row, letter) in left.enumerated() {
      current[0] = row + 1
      var least = row + 1
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1] + 1, current[column] + 1)
        cost = min(cost, previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        current[column + 1] = cost
        least = min(least, cost)
      }
      if least > limit { return limit + 1 }
      (before, previous, current) = (previous, current, before)
    }
    return previous[right.count]
  }
}
