import ArchiveExport
import ArchiveStore
import SearchText

/// What to search for, and where.
public struct SearchRequest: Sendable {
  /// Words, "phrases", prefix*, -not, OR, and fields such as `from:rania`.
  public var query: String
  public var platform: String?
  public var from: String?
  public var customer: String?
  /// A date such as 2021, 2021-10, 2021-10-05 or `yesterday` (UTC): messages from its start on.
  public var after: String?
  /// A date: messages before its start.
  public var before: String?
  /// `media`, `link`, `phone`, `order` and the other values of `has:`.
  public var has: Set<String> = []
  public var limit = 20
  /// The best first, not the newest.
  public var isByRelevance = false
  /// Records beside the messages instead of messages; of the fields only platform and kind count.
  public var isForRecords = false
  /// So many messages around each hit.
  public var context = 0

  public init(query: String) { self.query = query }

  /// True if a text of several words has no grammar of its own: quoted by a shell, it was a phrase.
  public static func isPhrase(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return words.count > 1
      && words.allSatisfy { word in
        !word.hasPrefix("-") && !word.hasSuffix("*") && !word.contains(":")
          && !word.contains("\"") && !SearchQuery.orWords.contains(String(word))
      }
  }
}

/// What a search found.
public struct SearchAnswer: Sendable {
  public var messages: [FoundMessage] = []
  public var records: [FoundRecord] = []
  public var customers: [FoundCustomer] = []
  public var orders: [FoundOrder] = []
  /// True if the index was made by another version of the program, so that some may be missing.
  public var isIndexStale = false
  /// So many of the newest messages were ranked, if there were more.
  public var rankedAtMost: Int?

  public var isEmpty: Bool {
    messages.isEmpty && records.isEmpty && customers.isEmpty && orders.isEmpty
  }
}

extension SocialArchive {
  /// Searches the archive: messages, newest first or by relevance; with `kind:` records or customers.
  ///
  /// - Parameter request: What to search for.
  /// - Returns: What was found, at most `limit` of each kind.
  /// - Throws: `ArchiveFailure` if a date or a value is none or there is no archive.
  public func search(_ request: SearchRequest) throws -> SearchAnswer {
    let archive = try reading()
    let (query, fields) = try SocialArchive.read(request, archive)
    var answer = SearchAnswer()
    answer.isIndexStale = try archive.isIndexStale()
    try SocialArchive.refuse(request, fields)
    let kinds = fields.filter { $0.kind == .kind && !$0.isNegative }.map(\.value)
    if kinds.contains("customer") {
      answer.customers = try archive.searchCustomers(query, limit: request.limit)
        .map(FoundCustomer.init)
      return answer
    }
    if request.isForRecords || kinds.contains(where: { !SearchField.messageKinds.contains($0) }) {
      answer.records = try records(archive, query, fields, request.limit)
      return answer
    }
    // Signs alone are nothing to look for; only fields say enough without words.
    guard !query.isEmpty || !fields.isEmpty else { return answer }
    let resolved = try archive.resolve(query)
    if kinds.contains("order") {
      answer.orders = try archive.searchOrders(resolved, limit: request.limit).map(FoundOrder.init)
    }
    var highlighter = Highlighter(resolved)
    let hits: [SearchHit]
    if request.isByRelevance, resolved.isAllWanted {
      (hits, answer.rankedAtMost) = try archive.rank(resolved, fields, limit: request.limit)
    } else {
      hits = try archive.search(resolved, fields, limit: request.limit)
    }
    answer.messages = try hits.map { hit in
      var message = FoundMessage(hit, snippet: highlighter.snippet(FoundMessage.shown(hit)))
      if request.context > 0 {
        let around = try archive.neighbours(of: hit, count: request.context)
        message.before = around.before.map { FoundMessage($0, snippet: []) }
        message.after = around.after.map { FoundMessage($0, snippet: []) }
      }
      return message
    }
    return answer
  }

  /// How many messages a request finds, the largest number first.
  ///
  /// - Parameters:
  ///   - request: What to search for.
  ///   - column: `platform`, `year` or `customer`.
  /// - Returns: Names and counts, at most 50.
  /// - Throws: `ArchiveFailure`.
  public func searchCounts(
    _ request: SearchRequest, by column: String
  ) throws -> [FoundCount] {
    let archive = try reading()
    let (query, fields) = try SocialArchive.read(request, archive)
    let isOther = fields.contains {
      $0.kind == .kind && !SearchField.messageKinds.contains($0.value)
    }
    guard !isOther, !request.isForRecords else {
      throw ArchiveFailure.failed("Only messages are counted.")
    }
    return try archive.counts(try archive.resolve(query), fields, by: column).map {
      FoundCount(name: $0.name, count: $0.count)
    }
  }

  /// Other customers and records that a request finds beside its messages, and words that exist
  /// where it finds nothing.
  ///
  /// - Parameter request: What was searched for.
  /// - Returns: Numbers of customers, records and orders, at most 100 each.
  /// - Throws: `ArchiveFailure`.
  public func searchBeside(
    _ request: SearchRequest
  ) throws -> (customers: Int, records: Int, orders: Int) {
    let archive = try reading()
    let (query, fields) = try SocialArchive.read(request, archive)
    guard query.hasWords, fields.allSatisfy({ $0.kind == .platform }) else { return (0, 0, 0) }
    // A hint must not take longer than the search: every name is looked at.
    let hasFewPeople = try archive.cell("SELECT max(id) FROM profile").integer ?? 0 < 20_000
    return (
      hasFewPeople ? try archive.searchCustomers(query, limit: 100).count : 0,
      try records(archive, query, fields, 100).count,
      try archive.searchOrders(try archive.resolve(query), limit: 100).count
    )
  }

  /// The words that exist and are nearest to those of a request that finds nothing.
  ///
  /// - Parameter request: What was searched for.
  /// - Returns: For each word that no message has, the nearest ones, the nearest first.
  /// - Throws: `ArchiveFailure`.
  public func nearestWords(_ request: SearchRequest) throws -> [(word: String, nearest: [String])] {
    let archive = try reading()
    return try archive.nearestWords(try SocialArchive.read(request, archive).query)
  }

  private func records(
    _ archive: ArchiveDatabase, _ query: SearchQuery, _ fields: [SearchField], _ limit: Int
  ) throws -> [FoundRecord] {
    let resolved = try archive.resolve(query, isForMessages: false)
    var highlighter = Highlighter(resolved)
    return try archive.searchRecords(resolved, fields, limit: limit).map { row in
      let text = [row.name, row.text].compactMap(\.self).joined(separator: " – ")
      return FoundRecord(row, snippet: highlighter.snippet(text.isEmpty ? row.detail : text))
    }
  }

  /// Records and customers are narrowed by fewer fields than messages.
  private static func refuse(_ request: SearchRequest, _ fields: [SearchField]) throws {
    let kinds = Set(fields.filter { $0.kind == .kind && !$0.isNegative }.map(\.value))
    let isCustomers = kinds.contains("customer")
    guard isCustomers || request.isForRecords || !kinds.isSubset(of: SearchField.messageKinds)
    else {
      return
    }
    let known: Set<SearchField.Kind> =
      isCustomers ? [.kind] : [.kind, .platform, .before, .after, .on]
    guard let other = fields.first(where: { !known.contains($0.kind) }) else { return }
    let what = isCustomers ? "customers" : "records"
    throw ArchiveFailure.failed("\(other.kind.rawValue): does not narrow \(what). Leave it out.")
  }

  /// The query with what the request says beside it.
  private static func read(
    _ request: SearchRequest, _ archive: ArchiveDatabase
  ) throws -> (query: SearchQuery, fields: [SearchField]) {
    let query = try SearchQuery(request.query) { kind, name in
      try archive.knows(name, as: kind)
    }
    var fields = query.fields
    if let platform = request.platform {
      fields.append(SearchField(.platform, try value(platform, .platform, "platform")))
    }
    if let from = request.from { fields.append(SearchField(.from, from)) }
    if let customer = request.customer { fields.append(SearchField(.customer, customer)) }
    for (date, kind) in [(request.after, SearchField.Kind.after), (request.before, .before)] {
      guard let date else { continue }
      guard let days = SearchDay.days(date, today: .now) else {
        throw ArchiveFailure.failed("\(date) is no date. Write 2021, 2021-10 or 2021-10-05.")
      }
      fields.append(SearchField(kind, date, days: days))
    }
    for what in request.has.sorted() {
      fields.append(SearchField(.has, try value(what, .has, "thing to have")))
    }
    return (query, fields)
  }

  private static func value(
    _ text: String, _ kind: SearchField.Kind, _ what: String
  ) throws -> String {
    guard let value = SearchField.value(text, of: kind) else {
      throw ArchiveFailure.failed("\(text) is no \(what). See: archive help search")
    }
    return value
  }
}
