import GRDB
import GRDBSQLite
import SearchText

extension ArchiveDatabase {
  /// The best messages of a query that wants words, see `SearchRanking`.
  ///
  /// - Parameters:
  ///   - query: The words, with their forms.
  ///   - fields: What else must be so.
  ///   - limit: At most so many.
  /// - Returns: The messages, the best first, and how many were ranked if there were more.
  /// - Throws: What SQLite reports.
  package func rank(
    _ query: ResolvedQuery, _ fields: [SearchField], limit: Int
  ) throws -> (hits: [SearchHit], rankedAtMost: Int?) {
    try SearchRanking(query).run(self, query, try SearchFilter(fields, self), limit: limit)
  }
}

/// Ranks what a query finds: words as typed above their forms, often above seldom, short above long,
/// words beside each other above words far apart.
struct SearchRanking {
  /// What each phrase of the expression is worth, in the order of the expression.
  private let weights: PhraseWeights

  /// The newest so many hits are ranked; fewer of phrases, for which the index looks at many more.
  private let mostRanked: Int
  /// Of the best so many the texts are looked at.
  private static let mostRead = 400

  init(_ query: ResolvedQuery) {
    weights = PhraseWeights(query)
    let hasPhrases = query.wanted.contains { $0.alternatives.contains { $0.count > 1 } }
    mostRanked = hasPhrases ? 20_000 : 50_000
  }

  /// The best messages.
  ///
  /// - Parameters:
  ///   - archive: The archive.
  ///   - query: The words, with their forms.
  ///   - filter: What else must be so.
  ///   - limit: At most so many.
  /// - Returns: The messages, the best first, and how many were ranked if there were more.
  /// - Throws: What SQLite reports.
  func run(
    _ archive: ArchiveDatabase, _ query: ResolvedQuery, _ filter: SearchFilter, limit: Int
  ) throws -> (hits: [SearchHit], rankedAtMost: Int?) {
    let wanted = max(limit, SearchRanking.mostRead)
    let all = try sorted(archive, query, filter.timesOnly)
    let isCutOff = all.count >= mostRanked
    var best = try filter.conditions.isEmpty ? all : kept(archive, all, filter, wanted)
    if best.count < limit, isCutOff, !filter.conditions.isEmpty {
      // Those that are meant are older than the newest that were looked at.
      best = try sorted(archive, query, filter)
    }
    best = Array(best.prefix(wanted))
    var scores: [Int64: Double] = [:]
    for one in best { scores[one.id] = one.score }
    let ids = best.map { String($0.id) }.joined(separator: ",")
    let hits = try archive.hits(
      from: "message m", where: ["m.id IN (\(ids))"], [], order: "m.id DESC", limit: best.count)
    var closeness = SearchCloseness(query)
    let ranked = hits.map { ($0, (scores[$0.id] ?? 0) * closeness.factor($0)) }
      .sorted { ($0.1, $0.0.id) > ($1.1, $1.0.id) }
    return (ranked.prefix(limit).map(\.0), isCutOff ? mostRanked : nil)
  }

  /// The newest messages with the words, the best first.
  private func sorted(
    _ archive: ArchiveDatabase, _ query: ResolvedQuery, _ filter: SearchFilter
  ) throws -> [(id: Int64, score: Double)] {
    try score(archive, query, filter).sorted { ($0.score, $0.id) > ($1.score, $1.id) }
  }

  /// Of the best messages those that a filter lets through, until there are enough.
  private func kept(
    _ archive: ArchiveDatabase, _ best: [(id: Int64, score: Double)], _ filter: SearchFilter,
    _ wanted: Int
  ) throws -> [(id: Int64, score: Double)] {
    var kept: [(id: Int64, score: Double)] = []
    var start = 0
    while start < best.count, kept.count < wanted {
      let some = best[start..<min(start + 1_000, best.count)]
      start += 1_000
      let ids = some.map { String($0.id) }.joined(separator: ",")
      var found: Set<Int64> = []
      try archive.forEachRow(
        """
        SELECT m.id FROM message m CROSS JOIN conversation c ON c.id = m.conversation_id
        LEFT JOIN profile p ON p.id = m.sender_id
        WHERE m.id IN (\(ids)) AND \(filter.conditions.joined(separator: " AND "))
        """
      ) { row in
        found.insert(row.integer(0))
        return true
      }
      kept += some.filter { found.contains($0.id) }
    }
    return kept
  }

  private func score(
    _ archive: ArchiveDatabase, _ query: ResolvedQuery, _ filter: SearchFilter
  ) throws -> [(id: Int64, score: Double)] {
    let (tables, key, conditions, arguments) = archive.matching(query, filter)
    let joined =
      filter.conditions.isEmpty
      ? "message_text w"
      : """
      \(tables) CROSS JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN profile p ON p.id = m.sender_id
      """
    let sql = """
      SELECT \(key), archive_rank(message_text) FROM \(joined)
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY \(key) DESC LIMIT \(mostRanked)
      """
    try archive.queue.inDatabase { db in try weights.register(db) }
    var found: [(id: Int64, score: Double)] = []
    // The index calls the weights as long as rows come.
    try withExtendedLifetime(weights) {
      try archive.forEachRow(sql, arguments) { row in
        found.append((row.integer(0), Double(row.integer(1)) / PhraseWeights.unit))
        return true
      }
    }
    return found
  }
}

/// The worth of phrases, where the index's own function finds it.
private final class PhraseWeights {
  /// For each phrase of the expression, the term that it stands for and what it is worth.
  private let phrases: [(term: Int, weight: Double)]
  private let terms: Int
  /// Scores are handed over as whole numbers of this part.
  static let unit = 1_000_000.0

  init(_ query: ResolvedQuery) {
    var phrases: [(term: Int, weight: Double)] = []
    var term = 0
    for clause in query.clauses where clause.expression != nil {
      for wanted in clause.wanted {
        for index in wanted.alternatives.indices { phrases.append((term, index == 0 ? 1 : 0.55)) }
        term += 1
      }
      for unwanted in clause.unwanted {
        for _ in unwanted.alternatives { phrases.append((0, 0)) }
      }
    }
    self.phrases = phrases
    terms = term
  }

  /// Makes `archive_rank` known to a connection, for queries while this object lives.
  func register(_ db: Database) throws {
    var api: UnsafeMutablePointer<fts5_api>?
    var statement: OpaquePointer?
    guard
      sqlite3_prepare_v2(db.sqliteConnection, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK
    else { throw DatabaseError(message: "the search index has no ranking") }
    withUnsafeMutablePointer(to: &api) { pointer in
      sqlite3_bind_pointer(statement, 1, pointer, "fts5_api_ptr", nil)
      sqlite3_step(statement)
    }
    sqlite3_finalize(statement)
    guard let api else { throw DatabaseError(message: "the search index has no ranking") }
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = api.pointee.xCreateFunction(
      api, "archive_rank", context,
      { extensions, index, result, _, _ in
        guard let extensions, let index, let result,
          let context = extensions.pointee.xUserData(index)
        else { return }
        let weights = Unmanaged<PhraseWeights>.fromOpaque(context).takeUnretainedValue()
        sqlite3_result_int64(
          result, Int64(weights.score(extensions, index) * PhraseWeights.unit))
      }, nil)
  }

  private func score(
    _ extensions: UnsafePointer<Fts5ExtensionApi>, _ index: OpaquePointer
  ) -> Double {
    var count: Int32 = 0
    guard extensions.pointee.xInstCount(index, &count) == SQLITE_OK else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(terms, 1)) { scores in
      scores.initialize(repeating: 0)
      for instance in 0..<count {
        var (phrase, column, place): (Int32, Int32, Int32) = (0, 0, 0)
        guard
          extensions.pointee.xInst(index, instance, &phrase, &column, &place) == SQLITE_OK,
          Int(phrase) < phrases.count
        else { continue }
        let (term, weight) = phrases[Int(phrase)]
        scores[term] += weight
      }
      // A word that comes again says less each time.
      return scores.reduce(0) { $0 + $1 * 2.2 / ($1 + 1.2) }
    }
  }
}

/// How near to each other the words of a query stand in a message, and how long it is.
struct SearchCloseness {
  private let terms: [[[String]]]
  private var folder = SearchFolder()

  init(_ query: ResolvedQuery) { terms = query.wanted.map(\.alternatives) }

  /// A factor between 0.5 and 2.
  mutating func factor(_ hit: SearchHit) -> Double {
    let words = folder.fold(hit.text ?? "").split(separator: " ").map(String.init)
    let length = 1 / (0.6 + 0.4 * Double(words.count) / 12)
    guard terms.count > 1 else { return max(0.5, min(1.5, length)) }
    let places = terms.map { alternatives in
      words.indices.filter { place in alternatives.contains { $0.first == words[place] } }
    }
    guard var first = places.first, !first.isEmpty else { return max(0.5, min(1.5, length)) }
    var gaps = 0
    for next in places.dropFirst() where !next.isEmpty {
      gaps += SearchCloseness.distance(first, next) - 1
      first = next
    }
    let near = 1 + 0.33 / Double(1 + gaps)
    return max(0.5, min(1.5, length)) * near
  }

  /// How far two words are from each other where they are nearest; both lists rise.
  private static func distance(_ left: [Int], _ right: [Int]) -> Int {
    var (best, one, other) = (Int.max, 0, 0)
    while one < left.count, other < right.count {
      best = min(best, abs(left[one] - right[other]))
      if left[one] < right[other] { one += 1 } else { other += 1 }
    }
    return best
  }
}
