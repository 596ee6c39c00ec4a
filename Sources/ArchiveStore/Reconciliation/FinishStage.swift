import GRDB
import InboxModel
import TextDecoding

/// Settles what a conversation is as a whole, once its messages stand: title, kind, account,
/// counts, who its people are, and which files its messages carry.
struct FinishStage {
  let db: Database
  let owners: OwnerStage
  let ranks: DownloadRanks

  func run() throws {
    try NameStage(db: db, ranks: ranks, owners: owners).run()
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM conversation WHERE is_unfinished > 0 ORDER BY id")
    for id in ids { try finish(id) }
    try db.execute(
      sql: """
        UPDATE reaction SET profile_id = (
          SELECT p.id FROM message m JOIN participant t ON t.conversation_id = m.conversation_id
          JOIN profile p ON p.id = t.profile_id
          WHERE m.id = reaction.message_id AND reaction.actor IN (p.name, p.handle) LIMIT 1)
        WHERE profile_id IS NULL
        """)
    try AttachmentStage(db: db).run()
    // Who the customers are, and what they ordered, follows in a phase of its own.
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO stale_profile SELECT t.profile_id FROM participant t
        JOIN conversation c ON c.id = t.conversation_id
        WHERE c.is_unfinished > 0 AND c.needs_contacts = 1
        """)
    try MatchRemoval.removeLeft(db)
    try db.execute(sql: "DELETE FROM former_uid")
    try db.execute(sql: "UPDATE conversation SET is_unfinished = 0 WHERE is_unfinished > 0")
  }

  private func finish(_ id: Int64) throws {
    let records = try ThreadRecord.fetch(db, where: "t.conversation_id = ?", [id])
    // A conversation whose sources were all read anew stands again under another row.
    guard !records.isEmpty else { return try MessageRemoval.removeConversation(db, id) }
    let latestFirst = records.sorted { left, right in
      let (first, second) = (ranks.rank(left.downloads), ranks.rank(right.downloads))
      return first != second ? first > second : (left.sha256, left.key) < (right.sha256, right.key)
    }
    let downloads = Array(Set(records.flatMap(\.downloads)))
    let people = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT p.id, p.name, p.handle FROM participant t JOIN profile p ON p.id = t.profile_id
          WHERE t.conversation_id = ?1
          """), arguments: [id])
    let ownerNames = owners.names(
      downloads, among: Set(people.compactMap { $0["name"] as String? }))
    let handles = Set(people.compactMap { $0["handle"] as String? })
    let names = Set(people.compactMap { $0["name"] as String? })
      .union((latestFirst.first?.participants ?? []).filter { !handles.contains($0) })
    let kind = FinishStage.kind(records, people: people.count)
    let uid: String =
      try String.fetchOne(
        db.cachedStatement(sql: "SELECT uid FROM conversation WHERE id = ?"), arguments: [id])
      ?? ""
    for row in people {
      try settle(row, uid: uid, kind: kind, owners: ownerNames)
    }
    if let name = downloads.lazy.compactMap({ owners.account($0.download) }).first {
      try db.run(
        """
        UPDATE profile SET name = ? WHERE name = ? AND is_owner = 1 AND id IN
          (SELECT profile_id FROM participant WHERE conversation_id = ?)
        """, [name, OwnerFacts.unnamed, id])
    }
    let title =
      latestFirst.lazy.compactMap(\.title).first { !$0.isEmpty }
      ?? FinishStage.title(names.subtracting(ownerNames).sorted(), kind)
    if kind == .direct {
      // Who has no name is called what the platform calls the conversation.
      try db.run(
        "UPDATE profile SET name = ? WHERE conversation_id = ? AND name IS NULL", [title, id])
    }
    try db.run(
      """
      UPDATE conversation SET kind = ?2, title = ?3, participant_count = ?4, account_id = ?5,
        message_count = (SELECT count(*) FROM message WHERE conversation_id = ?1),
        first_ms = (SELECT sent_at_ms FROM message WHERE conversation_id = ?1 ORDER BY id LIMIT 1),
        last_ms = (SELECT sent_at_ms FROM message WHERE conversation_id = ?1
          ORDER BY id DESC LIMIT 1)
      WHERE id = ?1
      """,
      [
        id, kind.rawValue, title, kind == .direct ? 2 : max(names.count, people.count),
        try account(latestFirst),
      ])
    try noteChange(id)
  }

  /// Marks a conversation to be read for contact points if anything is new of what says whose they
  /// are: messages, who writes, and what they are called.
  private func noteChange(_ id: Int64) throws {
    try db.run(
      """
      UPDATE conversation SET needs_contacts = 1, contacts_key = k.key FROM (
        SELECT c.kind || c.message_count || coalesce(c.title, '') || coalesce(c.last_ms, 0)
          || (SELECT group_concat('|' || id || ':' || is_owner || name || handle || uid, '') FROM (
            SELECT p.id, p.is_owner, coalesce(p.name, '') AS name, coalesce(p.handle, '') AS handle,
              p.uid
            FROM participant t JOIN profile p ON p.id = t.profile_id
            WHERE t.conversation_id = ?1 ORDER BY p.id)) AS key
        FROM conversation c WHERE c.id = ?1) AS k
      WHERE id = ?1 AND contacts_key IS NOT k.key
      """, [id])
  }

  /// A conversation without a title is called after its people.
  private static func title(_ others: [String], _ kind: ConversationKind) -> String? {
    kind == .direct || others.isEmpty ? others.first : others.joined(separator: ", ")
  }

  private static func kind(_ records: [ThreadRecord], people: Int) -> ConversationKind {
    if records.contains(where: { $0.kind == .group }) { return .group }
    if records.contains(where: { $0.kind == .direct }) { return .direct }
    return people > 2 ? .group : .direct
  }

  /// The uid of a person: by handle on the platform, by role between two, by name in a group.
  private func settle(
    _ row: Row, uid: String, kind: ConversationKind, owners: Set<String>
  ) throws {
    let id: Int64 = row["id"]
    let name: String? = row["name"]
    let handle: String? = row["handle"]
    let isOwner = name.map(owners.contains) ?? false
    let role =
      isOwner ? "owner" : kind == .direct && !owners.isEmpty ? "other" : "name:" + (name ?? "")
    let fields = handle.map { ["handle", $0] } ?? [uid, role]
    let new = Hexadecimal.digest(["profile"] + fields, length: 16)
    // Customers bear the uids of their profiles.
    try db.run(
      """
      INSERT OR REPLACE INTO uid_alias SELECT 'c' || f.uid, 'c' || ?1 FROM former_uid f
      JOIN participant t ON t.conversation_id = f.conversation_id
      WHERE t.profile_id = ?2 AND NOT ?3 AND f.uid <> ?1 AND (f.name IS NULL OR f.name = ?4)
      """, [new, id, isOwner, name])
    try db.run(
      """
      INSERT OR REPLACE INTO uid_alias
      SELECT 'c' || uid, 'c' || ?1 FROM profile WHERE id = ?2 AND uid <> ?1
      """, [new, id])
    try db.run("UPDATE profile SET is_owner = ?, uid = ? WHERE id = ?", [isOwner, new, id])
    // Who turns out to be the business is no customer any more.
    guard isOwner else { return }
    try db.run(
      """
      INSERT OR IGNORE INTO left_customer SELECT customer_id FROM profile
      WHERE id = ? AND customer_id IS NOT NULL
      """, [id])
    try db.run(
      "UPDATE profile SET customer_id = NULL WHERE id = ? AND customer_id IS NOT NULL", [id])
  }

  /// The account of the latest download that shows the conversation and knows its owner.
  private func account(_ latestFirst: [ThreadRecord]) throws -> Int64? {
    let downloads = latestFirst.flatMap(\.downloads)
    guard let name = downloads.lazy.compactMap({ owners.account($0.download) }).first,
      let platform = latestFirst.first?.platform.rawValue
    else { return nil }
    return try AccountRow.find(db, platform: platform, name: name)
  }
}
