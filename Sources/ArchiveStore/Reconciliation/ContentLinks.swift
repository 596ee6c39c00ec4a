import GRDB
import InboxModel
import SearchText

/// Finds exported texts and phones' databases of one chat by what was written, where no name links
/// them: a sealed backup has no address book.
///
/// The longest texts of a chat without an id are looked for in chats that have one. What two of
/// them share is then looked at message by message, as chats with one name are.
struct ContentLinks {
  let db: Database

  /// So many texts of a chat are looked for.
  private static let most = 8
  /// Shorter texts are written in many chats.
  private static let shortest = 24
  /// How far the clocks of two phones may be apart, in milliseconds.
  private static let farthest: Int64 = 27 * 3_600_000

  /// Notes which threads may be one; they stay noted as long as both are there.
  func find() throws {
    try db.execute(
      sql: """
        DELETE FROM content_link WHERE thread_id NOT IN (SELECT id FROM thread)
          OR other_id NOT IN (SELECT id FROM thread)
        """)
    let lonely = try Row.fetchAll(
      db,
      sql: """
        SELECT t.id, t.conversation_id FROM thread t
        WHERE t.platform = 'whatsapp' AND t.platform_id IS NULL AND t.kind IS NOT 'group'
          AND t.conversation_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM thread o WHERE o.conversation_id = t.conversation_id
            AND o.platform_id IS NOT NULL)
          AND EXISTS (SELECT 1 FROM thread o WHERE o.platform = 'whatsapp'
            AND o.platform_id IS NOT NULL AND o.kind = 'direct')
        """)
    var folder = SearchFolder()
    for row in lonely { try link(thread: row[0], conversation: row[1], &folder) }
  }

  /// The ids of threads that may be one with each thread.
  func all() throws -> [Int64: Set<Int64>] {
    var links: [Int64: Set<Int64>] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT thread_id, other_id FROM content_link") {
      links[row[0], default: []].insert(row[1])
    }
    return links
  }

  private func link(
    thread: Int64, conversation: Int64, _ folder: inout SearchFolder
  ) throws {
    let texts = try Row.fetchAll(
      db,
      sql: """
        SELECT text, sent_at_ms FROM message WHERE conversation_id = ? AND kind = 'text'
          AND length(text) BETWEEN ? AND 400 ORDER BY length(text) DESC, id LIMIT ?
        """, arguments: [conversation, ContentLinks.shortest, ContentLinks.most])
    var votes: [Int64: Int] = [:]
    for row in texts {
      for other in try conversations(with: row[0], near: row[1], except: conversation, &folder) {
        votes[other, default: 0] += 1
      }
    }
    let best = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }
    // A tie tells nothing.
    guard let best, best.value >= min(2, texts.count),
      votes.count(where: { $0.value == best.value }) == 1
    else { return }
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO content_link SELECT ?, id FROM thread
        WHERE conversation_id = ? AND platform_id IS NOT NULL
        """, arguments: [thread, best.key])
  }

  /// The conversations of phones' databases in which a text was written at about a time.
  private func conversations(
    with text: String, near time: Int64, except own: Int64, _ folder: inout SearchFolder
  ) throws -> Set<Int64> {
    let words = folder.fold(text).split(separator: " ").prefix(12)
    guard words.count > 2 else { return [] }
    let phrase = "\"" + words.joined(separator: " ").filter { $0 != "\"" } + "\""
    return try Set(
      Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT m.conversation_id FROM message_text f JOIN message m ON m.id = f.rowid
          WHERE message_text MATCH ? AND m.conversation_id <> ?
            AND m.sent_at_ms BETWEEN ? AND ?
            AND EXISTS (SELECT 1 FROM thread o WHERE o.conversation_id = m.conversation_id
              AND o.platform = 'whatsapp' AND o.platform_id IS NOT NULL AND o.kind = 'direct')
          """,
        arguments: [
          phrase, own, time - ContentLinks.farthest, time + ContentLinks.farthest,
        ]))
  }
}
