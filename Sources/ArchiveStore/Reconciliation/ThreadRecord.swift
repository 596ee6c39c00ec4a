import GRDB
import InboxModel

/// A stored thread: a conversation as one source shows it.
struct ThreadRecord {
  let id: Int64
  let source: Int64
  let key: String
  let platform: Platform
  let platformID: String?
  let matchKey: String
  /// What other records of the conversation may have in common with this one.
  var matchKeys: Set<String>
  let title: String?
  let kind: ConversationKind?
  let participants: [String]
  let ownerNames: [String]
  let isNewestFirst: Bool
  let sequence: Int
  let showsReactions: Bool
  let continues: Bool
  let namesAreHandles: Bool
  let count: Int64
  let first: Int64?
  let last: Int64?
  let conversation: Int64?
  let sha256: String
  /// The downloads that hold the source, in the form that it has.
  let downloads: [DownloadForm]

  static func fetch(
    _ db: Database, where condition: String, _ arguments: StatementArguments
  ) throws -> [ThreadRecord] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT t.*, s.sha256,
            (SELECT group_concat(DISTINCT p.download_id) FROM file f JOIN part p ON p.id = f.part_id
             WHERE f.source_id = t.source_id AND p.download_id IS NOT NULL) AS downloads
          FROM thread t JOIN source s ON s.id = t.source_id WHERE \(condition)
          ORDER BY s.sha256, t.key
          """), arguments: arguments
    ).map(ThreadRecord.init)
  }

  private init(_ row: Row) {
    id = row["id"]
    source = row["source_id"]
    key = row["key"]
    platform = Platform(rawValue: row["platform"])
    platformID = row["platform_id"]
    matchKey = row["match_key"]
    matchKeys = [matchKey]
    title = row["title"]
    kind = (row["kind"] as String?).flatMap(ConversationKind.init)
    participants = StoredList.values(row["participants"])
    ownerNames = StoredList.values(row["owner_names"])
    isNewestFirst = row["newest_first"]
    sequence = row["sequence"]
    showsReactions = row["shows_reactions"]
    continues = row["continues"]
    namesAreHandles = row["names_are_handles"]
    count = row["message_count"]
    first = row["first_ms"]
    last = row["last_ms"]
    conversation = row["conversation_id"]
    sha256 = row["sha256"]
    let isRendered: Bool = row["is_rendered"]
    downloads = ((row["downloads"] as String?) ?? "").split(separator: ",").compactMap { Int64($0) }
      .sorted().map { DownloadForm(download: $0, isRendered: isRendered) }
  }
}
