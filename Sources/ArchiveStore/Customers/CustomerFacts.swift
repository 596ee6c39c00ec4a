import GRDB

/// What is said of the customers that changed: names, ways to reach them, counts, what they are.
struct CustomerFacts {
  let db: Database
  let decisions: ResolvedDecisions

  /// How many messages somebody may have written before one that shows what they are: a customer of
  /// years may use a spammer's words.
  private static let opening = 3

  /// How many orders a row of `customer` has that the user did not reject.
  static let orderCount = """
    (SELECT count(*) FROM purchase o
      WHERE o.customer_id = customer.id AND o.review <> 'rejected')
    """

  /// - Parameter isPlaceholder: True for what platforms show in place of a name.
  /// - Throws: What SQLite reports.
  func run(isPlaceholder: (String) -> Bool) throws {
    try count()
    let decided = Set(decisions.facts.keys)
    let update = try RawStatement(
      db,
      """
      UPDATE customer SET name = ?2, aliases = ?3, tags = ?4, notes = ?5, kind = ?6, kind_reason = ?7,
        consent = ?8, consent_reason = ?9 WHERE id = ?1
      """)
    try db.forEachRow(
      """
      SELECT t.customer_id, group_concat(p.id),
        max(EXISTS (SELECT 1 FROM customer_sign s WHERE s.profile_id = p.id))
      FROM touched t CROSS JOIN profile p ON p.customer_id = t.customer_id GROUP BY t.customer_id
      """
    ) { row in
      let profiles = (row.cell(1).text ?? "").split(separator: ",").compactMap { Int64($0) }
      let hasSigns = row.integer(2) == 1
      if profiles.count == 1, !hasSigns, decided.isDisjoint(with: profiles) { return true }
      try settle(row.integer(0), profiles, hasSigns, isPlaceholder, update)
      return true
    }
  }

  /// What needs no choice, for all at once.
  private func count() throws {
    func list(_ kind: String) -> String {
      """
      coalesce((SELECT json_group_array(value) FROM (SELECT DISTINCT t.value
        FROM profile p CROSS JOIN contact_point t ON t.profile_id = p.id
        WHERE p.customer_id = customer.id AND +t.kind = '\(kind)' AND t.ownership = 'self'
        ORDER BY t.value)), '[]')
      """
    }
    try db.execute(
      sql: """
        UPDATE customer SET
          profile_count = (SELECT count(*) FROM profile p WHERE p.customer_id = customer.id),
          platforms = (SELECT json_group_array(platform) FROM (SELECT DISTINCT p.platform
            FROM profile p WHERE p.customer_id = customer.id ORDER BY 1)),
          (message_count, first_ms, last_ms) = (
            SELECT coalesce(sum(c.message_count), 0), min(c.first_ms), max(c.last_ms)
            FROM conversation c WHERE c.customer_id = customer.id),
          order_count = \(CustomerFacts.orderCount),
          phones = \(list("phone")), emails = \(list("email")),
          (name, aliases) = (SELECT p.name, p.aliases FROM profile p
            WHERE p.customer_id = customer.id ORDER BY p.uid LIMIT 1),
          tags = '[]', notes = '[]', kind = 'customer', kind_reason = NULL, consent = 'unknown',
          consent_reason = NULL
        WHERE id IN (SELECT customer_id FROM touched)
        """)
  }

  private func settle(
    _ customer: Int64, _ profiles: [Int64], _ hasSigns: Bool, _ isPlaceholder: (String) -> Bool,
    _ update: RawStatement
  ) throws {
    let facts = decisions.facts(profiles)
    let names = try names(customer, isPlaceholder)
    let given = facts.last { $0.kind == .rename }?.value
    let name = given ?? names.best
    let (kind, reason) = try kind(hasSigns ? profiles : [], facts)
    let (consent, because) = try consent(hasSigns ? profiles : [], facts)
    var tags: Set<String> = []
    for fact in facts {
      if fact.kind == .tag { tags.insert(fact.value) }
      if fact.kind == .untag { tags.remove(fact.value) }
    }
    update.bind(customer, at: 1)
    let values = [
      name, StoredList.text(names.all.subtracting([name ?? ""]).sorted()),
      StoredList.text(tags.sorted()),
      StoredList.text(facts.filter { $0.kind == .note }.map(\.value)), kind, reason, consent,
      because,
    ]
    for (place, value) in values.enumerated() { update.bind(value, at: Int32(place + 2)) }
    try update.run()
  }

  /// All names of a customer, and of those that say who they are the one that was used last.
  private func names(
    _ customer: Int64, _ isPlaceholder: (String) -> Bool
  ) throws -> (best: String?, all: Set<String>) {
    var shown: [String] = []
    var all: Set<String> = []
    var handles: Set<String> = []
    try db.forEachRow(
      """
      SELECT p.name, p.aliases, p.handle, (SELECT max(c.last_ms) FROM participant t
        JOIN conversation c ON c.id = t.conversation_id
        WHERE t.profile_id = p.id AND c.kind = 'direct') AS last
      FROM profile p WHERE p.customer_id = ? ORDER BY last DESC, p.uid
      """, [.integer(customer)], isCached: true
    ) { row in
      if let name = row.cell(0).text { shown.append(name) }
      all.formUnion(StoredList.values(row.cell(1).text ?? "[]"))
      if let handle = row.cell(2).text { handles.insert(handle) }
      return true
    }
    all.formUnion(shown)
    // A number or a handle is called a name only where there is none.
    let best =
      shown.first { !isPlaceholder($0) && !handles.contains($0) && !$0.hasPrefix("+") }
      ?? shown.first { !isPlaceholder($0) } ?? shown.first
    return (best, all)
  }

  private func kind(
    _ profiles: [Int64], _ facts: [ResolvedDecisions.Fact]
  ) throws -> (String, String?) {
    if let fact = facts.last(where: { $0.kind == .kind }) {
      return (fact.value, fact.value == "customer" ? nil : "by hand")
    }
    var signs: [String: Set<String>] = [:]
    for profile in profiles {
      let opening = try opening(profile)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT kind, words FROM customer_sign WHERE profile_id = ? AND message_id IN (0\(opening))
          """, arguments: [profile])
      for row in rows { signs[row[0], default: []].insert(row[1]) }
    }
    // Customers ask about machines and money, too: one phrase is enough only where the shop never
    // answered.
    let isAnswered = try profiles.contains(where: isAnswered)
    for kind in ["courier", "spam", "bot", "supplier"] {
      guard let words = signs[kind], let first = words.min() else { continue }
      if kind == "courier" || words.count > 1 || !isAnswered { return (kind, "“\(first)”") }
    }
    return ("customer", nil)
  }

  /// True if the business wrote in any conversation with somebody.
  private func isAnswered(_ profile: Int64) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM participant t
            JOIN conversation c ON c.id = t.conversation_id AND c.kind = 'direct'
            JOIN participant o ON o.conversation_id = c.id JOIN profile p ON p.id = o.profile_id
            WHERE t.profile_id = ? AND p.is_owner = 1)
          """), arguments: [profile]) ?? false
  }

  /// The first messages of somebody in each of their conversations, with a comma before each.
  private func opening(_ profile: Int64) throws -> String {
    let conversations = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT conversation_id FROM participant WHERE profile_id = ?"),
      arguments: [profile])
    return try conversations.flatMap { conversation in
      try Int64.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT id FROM message WHERE conversation_id = ? AND sender_id = ? ORDER BY id LIMIT ?
            """), arguments: [conversation, profile, CustomerFacts.opening])
    }.map { ",\($0)" }.joined()
  }

  /// Never yes by guess. What somebody wrote against it counts until the user says something later of
  /// that very profile: a yes covers nobody who is found to be the same person afterwards.
  private func consent(
    _ profiles: [Int64], _ facts: [ResolvedDecisions.Fact]
  ) throws -> (String, String?) {
    let list = profiles.map(String.init).joined(separator: ",")
    let signs =
      profiles.isEmpty
      ? []
      : try Row.fetchAll(
        db,
        sql: """
          SELECT s.profile_id, s.words, \(ArchiveViews.iso("m.sent_at_ms")) FROM customer_sign s
          JOIN message m ON m.id = s.message_id
          WHERE s.profile_id IN (\(list)) AND s.kind = 'opt-out' ORDER BY m.sent_at_ms DESC, s.words
          """)
    for sign in signs {
      let profile: Int64 = sign[0]
      let time: String = sign[2]
      let isAnswered = decisions.consents.contains {
        $0.profiles.contains(profile) && $0.madeAt >= time
      }
      if !isAnswered { return ("opted-out", "“\(sign[1] as String)” on \(time.prefix(10))") }
    }
    guard let said = facts.last(where: { $0.kind == .consent }) else { return ("unknown", nil) }
    return (said.value, "by hand")
  }
}
