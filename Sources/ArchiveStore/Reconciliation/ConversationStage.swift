import GRDB
import InboxModel

/// Decides which threads are one conversation, and unites their messages where that is not
/// done yet.
struct ConversationStage {
  let db: Database
  let loader: ThreadLoader
  let owners: OwnerStage
  let ranks: DownloadRanks

  /// So many threads are held at a time, and those of the group that comes last.
  private static let portion = 256

  /// Runs over all conversations that new threads may touch.
  ///
  /// - Returns: The number of conversations whose messages were united anew.
  func run() throws -> Int {
    let links = try ThreadLinks(db)
    var threads = try ThreadGroups(db, links)
    let unfinished = Set(
      try Int64.fetchAll(db, sql: "SELECT id FROM conversation WHERE is_unfinished > 0"))
    let unsettled = Set(
      try Int64.fetchAll(db, sql: "SELECT id FROM conversation WHERE is_unfinished = 2"))
    var united = 0
    var waiting: [[Int64]] = []
    var count = 0
    func settleWaiting() throws {
      for group in try records(of: waiting, links) {
        united += try settle(group, unfinished, unsettled)
      }
      waiting = []
      count = 0
    }
    try threads.forEachUnfinished { group in
      waiting.append(group)
      count += group.count
      if count >= ConversationStage.portion { try settleWaiting() }
    }
    try settleWaiting()
    return united
  }

  /// The threads of some groups with all that is known of them.
  private func records(of groups: [[Int64]], _ links: ThreadLinks) throws -> [[ThreadRecord]] {
    let ids = groups.joined().map(String.init).joined(separator: ",")
    var records: [Int64: ThreadRecord] = [:]
    for var record in try ThreadRecord.fetch(
      db, where: "t.id IN (SELECT value FROM json_each(?))", ["[\(ids)]"])
    {
      record.matchKeys.formUnion(
        try links.keys(
          of: record.id, platformID: record.platformID, isDirect: record.kind == .direct))
      records[record.id] = record
    }
    return groups.map { $0.compactMap { records[$0] } }
  }

  private func settle(
    _ group: [ThreadRecord], _ unfinished: Set<Int64>, _ unsettled: Set<Int64>
  ) throws -> Int {
    var finder = ClusterFinder(loader: loader)
    let clusters = try finder.clusters(of: group)
    let uids = ConversationUID.assign(clusters)
    let ids = try assign(clusters)
    var united = 0
    for (index, cluster) in clusters.enumerated() {
      let id = ids[index]
      try setUID(id, uids[index])
      let present = Set(cluster.records.compactMap(\.conversation))
      let isSplit = group.contains { record in
        record.conversation == id && !cluster.records.contains { $0.id == record.id }
      }
      guard
        try present != [id] || cluster.records.contains(where: { $0.conversation == nil })
          || isSplit || unsettled.contains(id)
          || unfinished.contains(id) && mustUnite(cluster, id)
      else { continue }
      let reconciler = ConversationReconciler(
        db: db, loader: loader, owners: owners, ranks: ranks, uid: uids[index])
      let others = Set(ids).subtracting([id])
      try reconciler.reconcile(cluster, into: id, replacing: present.subtracting(others))
      united += 1
    }
    try remember(finder.suggestions)
    return united
  }

  /// Gives each conversation a row: one that its threads have already, else a new one.
  private func assign(_ clusters: [Cluster]) throws -> [Int64] {
    var taken: Set<Int64> = []
    return try clusters.map { cluster in
      let present = Set(cluster.records.compactMap(\.conversation))
      let id = try present.subtracting(taken).min() ?? newConversation(cluster.platform)
      taken.insert(id)
      return id
    }
  }

  /// True if messages that went straight in are not yet what they should be: files overlap, a
  /// thread shows others' messages again, or one person of two goes by several names.
  private func mustUnite(_ cluster: Cluster, _ id: Int64) throws -> Bool {
    if !cluster.repeats.isEmpty || ConversationStage.overlaps(cluster.records) { return true }
    guard !cluster.records.contains(where: { $0.kind == .group }) else { return false }
    let people = try (String?).fetchAll(
      db.cachedStatement(
        sql: """
          SELECT p.name FROM participant t JOIN profile p ON p.id = t.profile_id
          WHERE t.conversation_id = ?
          """), arguments: [id])
    let names = owners.names(
      cluster.records.flatMap(\.downloads), among: Set(people.compactMap(\.self)))
    let owner = people.count { $0.map(names.contains) ?? false }
    return !names.isEmpty && (owner > 1 || people.count - owner > 1)
  }

  /// True if two sources show times that meet.
  private static func overlaps(_ records: [ThreadRecord]) -> Bool {
    let spans = records.compactMap { record -> (Int64, Int64)? in
      guard let first = record.first, let last = record.last else { return nil }
      return (first, last)
    }.sorted { $0 < $1 }
    return zip(spans, spans.dropFirst()).contains { $0.1 >= $1.0 }
  }

  private func newConversation(_ platform: Platform) throws -> Int64 {
    try db.run("INSERT INTO conversation(uid, platform) VALUES ('', ?)", [platform.rawValue])
    return db.lastInsertedRowID
  }

  private func setUID(_ id: Int64, _ uid: String) throws {
    let old = try String.fetchOne(
      db.cachedStatement(sql: "SELECT uid FROM conversation WHERE id = ?"), arguments: [id])
    guard old != uid else { return }
    try db.run(
      "UPDATE conversation SET uid = ?, is_unfinished = max(is_unfinished, 1) WHERE id = ?",
      [uid, id])
    if let old, !old.isEmpty {
      try db.run("INSERT OR REPLACE INTO uid_alias VALUES (?, ?)", [old, uid])
    }
  }

  private func remember(_ suggestions: [ConversationSuggestion]) throws {
    for suggestion in suggestions {
      try db.run(
        """
        INSERT INTO suggestion(kind, first_uid, second_uid, reason)
        SELECT 'conversation', a.sha256 || ':' || ?, b.sha256 || ':' || ?, ?
        FROM source a, source b WHERE a.id = ? AND b.id = ?
          AND NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.first_uid = a.sha256 || ':' || ?
            AND s.second_uid = b.sha256 || ':' || ?)
        """,
        [
          suggestion.first.key, suggestion.second.key, suggestion.reason, suggestion.first.source,
          suggestion.second.source, suggestion.first.key, suggestion.second.key,
        ])
    }
  }
}
