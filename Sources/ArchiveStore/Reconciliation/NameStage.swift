import GRDB
import InboxModel

/// Calls people who are known by a handle what the latest download calls them that has a name.
///
/// Address books, profiles and the titles of chats with one person give names; where none does,
/// the number is the name, as some source writes it.
struct NameStage {
  let db: Database
  let ranks: DownloadRanks
  let owners: OwnerStage

  private struct Candidate {
    let name: String
    let rank: Int
  }

  /// Names people, and marks the conversations of those whose name changes.
  func run() throws {
    var best: [String: Candidate] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT handle, name, (\(downloads("k.source_id"))) FROM known_name k
        UNION ALL
        SELECT p.handle, t.title, (\(downloads("t.source_id"))) FROM profile p
        JOIN participant q ON q.profile_id = p.id
        JOIN thread t ON t.conversation_id = q.conversation_id
        WHERE p.handle LIKE '+%' AND p.is_owner = 0 AND t.kind = 'direct' AND t.title IS NOT NULL
          AND t.platform = p.platform
        """)
    while let row = try rows.next() {
      let handle: String = row[0]
      let name: String = row[1]
      // A number says no more than the handle.
      guard !name.isEmpty, PersonHandle.of(.named(name), namesAreHandles: false) == nil else {
        continue
      }
      let list: String? = row[2]
      let forms = (list ?? "").split(separator: ",").compactMap { Int64($0) }.map {
        DownloadForm(download: $0, isRendered: false)
      }
      let candidate = Candidate(name: name, rank: ranks.rank(forms))
      if let known = best[handle],
        (known.rank, candidate.name) >= (candidate.rank, known.name)
      {
        continue
      }
      best[handle] = candidate
    }
    try apply(best)
  }

  /// Of several ways to write a number one is chosen, whatever the order of imports.
  static func offer(_ name: String?, profile: Int64, _ db: Database) throws {
    guard let name, name.hasPrefix("+") else { return }
    try db.cachedStatement(
      sql: """
        UPDATE profile SET name = ?1 WHERE id = ?2 AND ?1 <> handle
          AND (name = handle OR name LIKE '+%' AND ?1 < name)
        """
    ).execute(arguments: [name, profile])
  }

  private func apply(_ best: [String: Candidate]) throws {
    let people = try Row.fetchAll(
      db,
      sql: """
        SELECT p.id, p.name, p.handle FROM profile p
        WHERE p.handle LIKE '+%' OR p.handle IN (SELECT handle FROM known_name)
        """)
    for row in people {
      let id: Int64 = row[0]
      let handle: String = row[2]
      let present: String? = row[1]
      // Owners are known by the names that the user gave.
      guard !owners.isGiven(handle), present.map(owners.isGiven) != true else { continue }
      let isNumber = present.map { PersonHandle.of(.named($0), namesAreHandles: false) == handle }
      let name = best[handle]?.name ?? (isNumber == true ? present ?? handle : handle)
      guard name != present else { continue }
      try db.run("UPDATE profile SET name = ? WHERE id = ?", [name, id])
      try db.run(
        """
        UPDATE conversation SET is_unfinished = max(is_unfinished, 1) WHERE id IN
          (SELECT conversation_id FROM participant WHERE profile_id = ?)
        """, [id])
    }
  }

  private func downloads(_ source: String) -> String {
    """
    SELECT group_concat(DISTINCT p.download_id) FROM file f JOIN part p ON p.id = f.part_id
    WHERE f.source_id = \(source) AND p.download_id IS NOT NULL
    """
  }
}
