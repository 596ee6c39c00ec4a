import GRDB
import InboxModel

/// The threads that the archive has, for deciding whether another one goes straight in.
struct KnownThreads {
  private struct Entry {
    var conversation: Int64?
    var downloads: Set<DownloadForm>
  }

  private var byPlatformID: [String: Entry] = [:]
  private var matchKeys: Set<String> = []
  private var people: [Int64: [Sender: Int64]] = [:]
  private var recent: [Int64] = []
  private var handles: [String: Int64] = [:]
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
      matchKeys.insert(platform + "\u{1F}" + match)
      guard let id else { continue }
      let key = platform + "\u{1F}" + id
      var entry = byPlatformID[key] ?? Entry(conversation: row[3], downloads: [])
      let found = (downloads ?? "").split(separator: ",").compactMap { Int64($0) }
      entry.downloads.formUnion(
        found.map { DownloadForm(download: $0, isRendered: isRendered) })
      byPlatformID[key] = entry
    }
    let found = try Row.fetchCursor(
      db, sql: "SELECT platform, handle, id FROM profile WHERE handle IS NOT NULL")
    while let row = try found.next() {
      let platform: String = row[0]
      let handle: String = row[1]
      handles[platform + "\u{1F}" + handle] = row[2]
    }
  }

  /// Where the messages of a thread go.
  func conversation(
    of thread: InboxModel.Thread, platform: Platform, downloads: [Int64]
  ) -> ThreadDestination {
    if isStreamingOff { return .reconciliation }
    if let id = thread.platformID {
      let key = platform.rawValue + "\u{1F}" + id
      if let entry = byPlatformID[key] {
        guard let conversation = entry.conversation, downloads.count == 1,
          entry.downloads == KnownThreads.forms(thread, downloads), people[conversation] != nil
        else { return .reconciliation }
        return .streaming(conversation)
      }
    }
    let match = platform.rawValue + "\u{1F}" + MatchKey.of(thread)
    return matchKeys.contains(match) ? .reconciliation : .new
  }

  mutating func add(_ thread: InboxModel.Thread, _ source: StoredSource, _ conversation: Int64) {
    let platform = source.platform.rawValue
    people[conversation] = [:]
    recent.append(conversation)
    if recent.count > 64 { people[recent.removeFirst()] = nil }
    matchKeys.insert(platform + "\u{1F}" + MatchKey.of(thread))
    guard let id = thread.platformID else { return }
    byPlatformID[platform + "\u{1F}" + id] = Entry(
      conversation: conversation, downloads: KnownThreads.forms(thread, source.downloads))
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
    handles[platform.rawValue + "\u{1F}" + handle]
  }

  mutating func add(handle: String, _ platform: Platform, profile: Int64) {
    handles[platform.rawValue + "\u{1F}" + handle] = profile
  }

  /// Notes a profile; only the latest conversations are remembered.
  mutating func add(_ sender: Sender, _ conversation: Int64, profile: Int64) {
    people[conversation, default: [:]][sender] = profile
  }
}
