import GRDB
import InboxModel

/// Decides which threads are one conversation, and unites their messages where that is not
/// done yet.
struct ConversationStage {
  let db: Database
  let loader: ThreadLoader
  let owners: OwnerStage
  let ranks: DownloadRanks

  /// Runs over all conversations that new threads may touch.
  ///
  /// - Returns: The number of conversations whose messages were united anew.
  func run() throws -> Int {
    var records = try ThreadRecord.fetch(
      db,
      where: """
        t.platform IN (SELECT DISTINCT t2.platform FROM thread t2
          LEFT JOIN conversation c ON c.id = t2.conversation_id
          WHERE t2.conversation_id IS NULL OR c.is_unfinished > 0)
        """, [])
    try addNames(&records)
    try addLinks(&records)
    let unfinished = Set(
      try Int64.fetchAll(db, sql: "SELECT id FROM conversation WHERE is_unfinished > 0"))
    let unsettled = Set(
      try Int64.fetchAll(db, sql: "SELECT id FROM conversation WHERE is_unfinished = 2"))
    var united = 0
    for group in ConversationStage.components(records) {
      guard group.contains(where: { $0.conversation.map(unfinished.contains) ?? true }) else {
        continue
      }
      united += try settle(group, unfinished, unsettled)
    }
    return united
  }

  /// A chat that is known by the other's number is also known by what anything calls that number.
  private func addNames(_ records: inout [ThreadRecord]) throws {
    for index in records.indices {
      guard let id = records[index].platformID, records[index].kind == .direct,
        PersonHandle.isOfWhatsApp(id)
      else { continue }
      records[index].matchKeys.insert(MatchKey.of(title: id))
      let names = try String.fetchAll(
        db.cachedStatement(sql: "SELECT DISTINCT name FROM known_name WHERE handle = ?"),
        arguments: [id])
      records[index].matchKeys.formUnion(names.map(MatchKey.of(title:)))
    }
  }

  /// What was written links chats that no name does.
  private func addLinks(_ records: inout [ThreadRecord]) throws {
    let content = ContentLinks(db: db)
    try content.find()
    let links = try content.all()
    guard !links.isEmpty else { return }
    let others = Set(links.values.flatMap(\.self))
    for index in records.indices {
      let id = records[index].id
      for other in links[id] ?? [] { records[index].matchKeys.insert("c:\(other)") }
      if others.contains(id) { records[index].matchKeys.insert("c:\(id)") }
    }
  }

  /// Threads linked by an id or by a title and people.
  private static func components(_ records: [ThreadRecord]) -> [[ThreadRecord]] {
    var home: [String: Int] = [:]
    var parent: [Int] = []
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index { index = parent[index] }
      return index
    }
    for (index, record) in records.enumerated() {
      parent.append(index)
      var keys = record.matchKeys.sorted().map { "\(record.platform.rawValue)\u{1F}m\($0)" }
      if let id = record.platformID { keys.append("\(record.platform.rawValue)\u{1F}i\(id)") }
      for key in keys {
        if let other = home[key] { parent[root(index)] = root(other) } else { home[key] = index }
      }
    }
    var groups: [Int: [ThreadRecord]] = [:]
    for (index, record) in records.enumerated() { groups[root(index), default: []].append(record) }
    return groups.keys.sorted().compactMap { groups[$0] }
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
