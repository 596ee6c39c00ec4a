import GRDB
import InboxModel

/// Writes threads and those who take part, as sources show them.
struct ThreadWriter {
  private let insertConversation: RawStatement
  private let insertProfile: RawStatement
  private let insertParticipant: RawStatement
  private let insertThread: RawStatement

  init(_ db: Database) throws {
    insertConversation = try RawStatement(
      db, "INSERT INTO conversation(id, uid, platform) VALUES (?, '', ?)")
    insertProfile = try RawStatement(
      db, "INSERT INTO profile(id, platform, conversation_id, name, handle) VALUES (?,?,?,?,?)")
    insertParticipant = try RawStatement(db, "INSERT OR IGNORE INTO participant VALUES (?, ?)")
    // A further piece of a thread only adds to what is known of it.
    insertThread = try RawStatement(
      db,
      """
      INSERT INTO thread(source_id, key, platform, platform_id, match_key, title, kind,
        participants, owner_names, newest_first, sequence, shows_reactions, continues,
        names_are_handles, slug, is_rendered, message_count, first_ms, last_ms, conversation_id)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      ON CONFLICT (source_id, key) DO UPDATE SET
        message_count = message_count + excluded.message_count,
        first_ms = min(coalesce(first_ms, excluded.first_ms), coalesce(excluded.first_ms, first_ms)),
        last_ms = max(coalesce(last_ms, excluded.last_ms), coalesce(excluded.last_ms, last_ms))
      """)
  }

  func write(_ conversation: Int64, of platform: Platform) throws {
    insertConversation.bind(conversation, at: 1)
    insertConversation.bind(platform.rawValue, at: 2)
    try insertConversation.run()
  }

  func write(_ profile: ProfileRow) throws {
    insertProfile.bind(profile.id, at: 1)
    insertProfile.bind(profile.platform.rawValue, at: 2)
    insertProfile.bind(profile.conversation, at: 3)
    insertProfile.bind(profile.name, at: 4)
    insertProfile.bind(profile.handle, at: 5)
    try insertProfile.run()
  }

  func write(participant profile: Int64, of conversation: Int64) throws {
    insertParticipant.bind(conversation, at: 1)
    insertParticipant.bind(profile, at: 2)
    try insertParticipant.run()
  }

  func write(_ row: ThreadRow) throws {
    let thread = row.thread
    let texts = [
      thread.key, row.platform.rawValue, thread.platformID, MatchKey.of(thread), thread.title,
      thread.kind?.rawValue, StoredList.text(thread.participants),
      StoredList.text(thread.ownerNames),
    ]
    insertThread.bind(row.source, at: 1)
    for (place, text) in zip(Int32(2)..., texts) { insertThread.bind(text, at: place) }
    insertThread.bind(thread.order == .newestFirst, at: 10)
    insertThread.bind(Int64(thread.sequence), at: 11)
    insertThread.bind(thread.showsReactions, at: 12)
    insertThread.bind(thread.continues, at: 13)
    insertThread.bind(thread.namesAreHandles, at: 14)
    insertThread.bind(thread.slug, at: 15)
    insertThread.bind(thread.isRendered, at: 16)
    insertThread.bind(row.count, at: 17)
    insertThread.bind(row.first, at: 18)
    insertThread.bind(row.last, at: 19)
    insertThread.bind(row.conversation, at: 20)
    try insertThread.run()
  }
}
