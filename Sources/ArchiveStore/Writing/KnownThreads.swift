import GRDB
import InboxModel

/// The threads that the archive has, for deciding whether another one goes straight in.
///
/// There may be millions of them and of people: of what they are called only hashes are held.
struct KnownThreads {
  private struct Entry {
    var conversation: Int64?
    var downloads: Set<DownloadForm>
  }

  private var byPlatformID: [TextHash: Entry] = [:]
  private var matchKeys: Set<TextHash> = []
  private var people: [Int64: [Sender: Int64]] = [:]
  private var recent: [Int64] = []
  private var handles: [TextHash: Int64] = [:]
  /// Nearly all threads are in the same few: they share one copy each.
  private var shared: Set<Set<DownloadForm>> = []
  /// True to leave every thread to reconciliation.
  private let isStreamingOff: Bool

  init(_ db: Database, isStreamingOff: Bool) throws {
    self.isStreamingOff = isStreamingOff
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT t.platform, t.platform_id, t.match_key, t.conversation_id, t.is_rendered,
          (SELECT group_concat(DISTINCT p.download_id) FROM file f JOIN part p ON p.id = f.part_id
           WHERE f.source_id = t.source_id) AS downloads
        FROM thread t
        """)
    while let row = try rows.next() {
      let platform: String = row[0]
      let id: String? = row[1]
      let match: String = row[2]
      let isRendered: Bool = row[4]
      let downloads: String? = row[5]
      matchKeys.insert(TextHash(platform, match))
      guard let id else { continue }
      let key = TextHash(platform, id)
      var entry = byPlatformID[key] ?? Entry(conversation: row[3], downloads: [])
      let found = (downloads ?? "").split(separator: ",").compactMap { Int64($0) }
      entry.downloads = share(
        entry.downloads.union(found.map { DownloadForm(download: $0, isRendered: isRendered) }))
      byPlatformID[key] = entry
    }
    let found = try Row.fetchCursor(
      db, sql: "SELECT platform, handle, id FROM profile WHERE handle IS NOT NULL")
    while let row = try found.next() {
      let platform: String = row[0]
      let handle: String = row[1]
      handles[TextHash(platform, handle)] = row[2]
    }
  }

  private mutating func share(_ downloads: Set<DownloadForm>) -> Set<DownloadForm> {
    shared.insert(downloads).memberAfterInsert
  }

  /// Where the messages of a thread go.
  func conversation(
    of thread: InboxModel.Thread, platform: Platform, downloads: [Int64]
  ) -> ThreadDestination {
    if isStreamingOff { return .reconciliation }
    if let id = thread.platformID {
      let key = TextHash(platform.rawValue, id)
      if let entry = byPlatformID[key] {
        guard let conversation = entry.conversation, downloads.count == 1,
          entry.downloads == KnownThreads.forms(thread, downloads), people[conversation] != nil
        else { return .reconciliation }
        return .streaming(conversation)
      }
    }
    let match = TextHash(platform.rawValue, MatchKey.of(thread))
    return matchKeys.contains(match) ? .reconciliation : .new
  }

  mutating func add(_ thread: InboxModel.Thread, _ source: StoredSource, _ conversation: Int64) {
    let platform = source.platform.rawValue
    people[conversation] = [:]
    recent.append(conversation)
    if recent.count > 64 { people[recent.removeFirst()] = nil }
    matchKeys.insert(TextHash(platform, MatchKey.of(thread)))
    guard let id = thread.platformID else { return }
    byPlatformID[TextHash(platform, id)] = Entry(
      conversation: conversation, downloads: share(KnownThreads.forms(thread, source.downloads)))
  }

  private static func forms(_ thread: InboxModel.Thread, _ downloads: [Int64]) -> Set<DownloadForm>
  {
    Set(downloads.map { DownloadForm(download: $0, isRendered: thread.isRendered) })
  }

  /// The profile of a sender in a conversation of this run.
  func profile(_ sender: Sender, _ conversation: Int64) -> Int64? {
    people[conversation]?[sender]
  }

  /// The profile that a phone number or handle has anywhere on the platform.
  func profile(handle: String, _ platform: Platform) -> Int64? {
    handles[TextHash(platform.rawValue, handle)]
  }

  mutating func add(handle: String, _ platform: Platform, profile: Int64) {
    handles[TextHash(platform.rawValue, handle)] = profile
  }

  /// Notes a profile; only the latest conversations are remembered.
  mutating func add(_ sender: Sender, _ conversation: Int64, profile: Int64) {
    people[conversation, default: [:]][sender] = profile
  }
}

/// What stands for a text where there are millions of them: 128 bits, of which no two ever meet. It is
/// another one each time the program runs.
struct TextHash: Hashable {
  private let first: Int
  private let second: Int

  init(_ texts: String...) {
    var (first, second) = (Hasher(), Hasher())
    second.combine(true)
    for text in texts {
      first.combine(text)
      second.combine(text)
    }
    (self.first, self.second) = (first.finalize(), second.finalize())
  }
}
