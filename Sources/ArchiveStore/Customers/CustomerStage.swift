import GRDB
import InboxModel

/// Makes customers of profiles: those that links and the user's decisions join, as far as any of
/// them writes to the business directly.
struct CustomerStage<Matcher: ProfileMatching> {
  let db: Database
  let matcher: Matcher

  /// Makes the customers anew of people whose links or facts changed.
  ///
  /// - Throws: What SQLite reports.
  func run() throws {
    let decisions = try ResolvedDecisions(db)
    try decisions.markStale(db)
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS placed (profile_id INTEGER PRIMARY KEY, uid TEXT);
        CREATE TEMP TABLE IF NOT EXISTS touched (customer_id INTEGER PRIMARY KEY);
        CREATE TEMP TABLE IF NOT EXISTS outsider (conversation_id INTEGER PRIMARY KEY);
        DELETE FROM placed;
        DELETE FROM touched;
        DELETE FROM outsider;
        """)
    try noteOld()
    try placeLinked(decisions)
    try placeSingle()
    try assign()
    try CustomerFacts(db: db, decisions: decisions).run { matcher.isPlaceholder($0) }
    try noteOutsiders()
    try db.execute(sql: "DELETE FROM stale_customer")
  }

  /// Orders are read again where somebody turned out to be no customer, or to be one after all.
  private func noteOutsiders() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_order
          SELECT c.id FROM outsider o CROSS JOIN conversation c ON c.id = o.conversation_id
            CROSS JOIN customer k ON k.id = c.customer_id WHERE k.kind = 'customer'
          UNION SELECT c.id FROM touched t CROSS JOIN customer k ON k.id = t.customer_id
            CROSS JOIN conversation c ON c.customer_id = k.id
            WHERE k.kind <> 'customer' AND c.id NOT IN (SELECT conversation_id FROM outsider);
        """)
  }

  /// The customers that people who changed belonged to until now.
  private func noteOld() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO touched SELECT p.customer_id FROM stale_customer s
          CROSS JOIN profile p ON p.id = s.profile_id WHERE p.customer_id IS NOT NULL;
        INSERT OR IGNORE INTO touched SELECT customer_id FROM left_customer;
        DELETE FROM left_customer;
        INSERT OR IGNORE INTO stale_customer
          SELECT p.id FROM touched t CROSS JOIN profile p ON p.customer_id = t.customer_id;
        DELETE FROM stale_customer WHERE NOT EXISTS
          (SELECT 1 FROM profile p WHERE p.id = stale_customer.profile_id AND p.is_owner = 0);
        """)
  }

  /// Places people whom links or decisions concern, with all whom they are linked to.
  private func placeLinked(_ decisions: ResolvedDecisions) throws {
    let starts = try Int64.fetchAll(
      db,
      sql: """
        SELECT s.profile_id FROM stale_customer s WHERE
          EXISTS (SELECT 1 FROM profile_link l WHERE l.first_id = s.profile_id AND l.verdict = 'joined')
          OR EXISTS (SELECT 1 FROM profile_link l WHERE l.second_id = s.profile_id AND l.verdict = 'joined')
        """)
    let stale = try Int64.fetchAll(db, sql: "SELECT profile_id FROM stale_customer")
    let decided = stale.filter { decisions.joins[$0] != nil }
    var open = starts + decided
    var seen: Set<Int64> = []
    let add = try RawStatement(db, "INSERT OR REPLACE INTO placed VALUES (?, ?)")
    while let start = open.popLast() {
      guard !seen.contains(start) else { continue }
      let reach = try reach(start, decisions)
      seen.formUnion(reach.nodes)
      try place(reach, decisions, add)
      // Whoever was one customer with them is looked at, too.
      for node in reach.nodes { open += try companions(node).filter { !seen.contains($0) } }
    }
  }

  /// The profiles that were one customer with this one until now; all are marked.
  private func companions(_ profile: Int64) throws -> [Int64] {
    var found: [Int64] = []
    try db.forEachRow(
      """
      SELECT o.id FROM profile p JOIN profile o ON o.customer_id = p.customer_id
      WHERE p.id = ? AND o.is_owner = 0
      """, [.integer(profile)], isCached: true
    ) { row in
      found.append(row.integer(0))
      return true
    }
    for other in found { try db.run("INSERT OR IGNORE INTO stale_customer VALUES (?)", [other]) }
    return found
  }

  private struct Join: Hashable {
    let first: Int64
    let second: Int64
    /// The surest first: 0 for what the user says.
    let rank: Int
  }

  /// All whom a profile is linked to, over any number of others, and the links.
  private func reach(
    _ start: Int64, _ decisions: ResolvedDecisions
  ) throws -> (nodes: [Int64], joins: Set<Join>) {
    var nodes: Set<Int64> = [start]
    var joins: Set<Join> = []
    var open = [start]
    while let node = open.popLast() {
      var found = (decisions.joins[node] ?? []).map {
        Join(first: min(node, $0), second: max(node, $0), rank: 0)
      }
      try db.forEachRow(
        """
        SELECT l.first_id, l.second_id, CASE l.rule WHEN 'phone' THEN 1 WHEN 'email' THEN 2 ELSE 3 END
        FROM profile_link l JOIN profile a ON a.id = l.first_id JOIN profile b ON b.id = l.second_id
        WHERE (l.first_id = ?1 OR l.second_id = ?1) AND l.verdict = 'joined'
          AND a.is_owner = 0 AND b.is_owner = 0
        """, [.integer(node)], isCached: true
      ) { row in
        found.append(
          Join(first: row.integer(0), second: row.integer(1), rank: Int(row.integer(2))))
        return true
      }
      joins.formUnion(found)
      for join in found {
        for end in [join.first, join.second] where nodes.insert(end).inserted { open.append(end) }
      }
    }
    return (nodes.sorted(), joins)
  }

  private func place(
    _ reach: (nodes: [Int64], joins: Set<Join>), _ decisions: ResolvedDecisions,
    _ add: RawStatement
  ) throws {
    var uids: [Int64: String] = [:]
    var direct: Set<Int64> = []
    for node in reach.nodes {
      try db.forEachRow(
        """
        SELECT uid, EXISTS (SELECT 1 FROM participant t JOIN conversation c
          ON c.id = t.conversation_id WHERE t.profile_id = profile.id AND c.kind = 'direct')
        FROM profile WHERE id = ?
        """, [.integer(node)], isCached: true
      ) { row in
        uids[node] = row.cell(0).text
        if row.integer(1) == 1 { direct.insert(node) }
        return false
      }
    }
    func order(_ join: Join) -> (Int, String, String) {
      let (a, b) = (uids[join.first] ?? "", uids[join.second] ?? "")
      return (join.rank, min(a, b), max(a, b))
    }
    let joins = reach.joins.sorted { order($0) < order($1) }.map { ($0.first, $0.second) }
    let known = Set(reach.nodes)
    let apart = decisions.apart.filter { known.contains($0.first) && known.contains($0.second) }
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }.map { ($0.first, $0.second) }
    for group in matcher.groups(reach.nodes, joins: joins, apart: apart) {
      let isDirect = group.contains { direct.contains($0) }
      let uid = group.compactMap { uids[$0] }.min().map { "c" + $0 }
      for node in group {
        add.bind(node, at: 1)
        add.bind(isDirect ? uid : nil, at: 2)
        try add.run()
      }
    }
  }

  /// Everybody else is a customer alone, who writes directly.
  private func placeSingle() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO placed
        SELECT p.id, CASE WHEN EXISTS (SELECT 1 FROM participant t
            JOIN conversation c ON c.id = t.conversation_id
            WHERE t.profile_id = p.id AND c.kind = 'direct') THEN 'c' || p.uid END
        FROM stale_customer s CROSS JOIN profile p ON p.id = s.profile_id
        """)
  }

  private func assign() throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO touched SELECT p.customer_id FROM placed g
          CROSS JOIN profile p ON p.id = g.profile_id WHERE p.customer_id IS NOT NULL;
        INSERT INTO outsider SELECT c.id FROM touched t CROSS JOIN customer k
          ON k.id = t.customer_id AND k.kind <> 'customer'
          CROSS JOIN conversation c ON c.customer_id = k.id;
        INSERT INTO customer(id, uid)
          SELECT DISTINCT (SELECT n.id FROM customer_number n WHERE n.uid = g.uid), g.uid FROM placed g
          WHERE g.uid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.uid = g.uid);
        UPDATE profile SET customer_id =
            (SELECT k.id FROM placed g CROSS JOIN customer k ON k.uid = g.uid WHERE g.profile_id = profile.id)
          WHERE id IN (SELECT profile_id FROM placed);
        INSERT OR IGNORE INTO touched SELECT p.customer_id FROM placed g
          CROSS JOIN profile p ON p.id = g.profile_id WHERE p.customer_id IS NOT NULL;
        UPDATE conversation SET customer_id = CASE WHEN kind = 'direct' THEN (
            SELECT p.customer_id FROM participant t JOIN profile p ON p.id = t.profile_id
            WHERE t.conversation_id = conversation.id AND p.customer_id IS NOT NULL
            ORDER BY p.uid LIMIT 1) END
          WHERE id IN (SELECT t.conversation_id FROM placed g
              CROSS JOIN participant t ON t.profile_id = g.profile_id
            UNION SELECT c.id FROM touched k CROSS JOIN conversation c ON c.customer_id = k.customer_id);
        UPDATE purchase SET customer_id =
            (SELECT c.customer_id FROM conversation c WHERE c.id = purchase.conversation_id)
          WHERE id IN (SELECT o.id FROM placed g
              CROSS JOIN participant t ON t.profile_id = g.profile_id
              CROSS JOIN purchase o ON o.conversation_id = t.conversation_id
            UNION SELECT o.id FROM touched k CROSS JOIN purchase o ON o.customer_id = k.customer_id);
        DELETE FROM customer WHERE id IN (SELECT customer_id FROM touched)
          AND NOT EXISTS (SELECT 1 FROM profile p WHERE p.customer_id = customer.id);
        DELETE FROM touched WHERE customer_id NOT IN (SELECT id FROM customer);
        """)
  }
}
