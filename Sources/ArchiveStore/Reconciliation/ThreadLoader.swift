import GRDB
import InboxModel

/// A thread's sightings, read again from the original.
struct LoadedThread {
  let record: ThreadRecord
  /// Sender indices point into `names`; sources are not numbered yet.
  var sightings: [Sighting] = []
  /// Who writes in this thread, as the source names them.
  var names: [Sender] = []
  /// True if its times are of a clock on the wall, in the zone of the archive's setting.
  var isLocal = false
  /// True if its times are of a page's clock.
  var isFixed = false
  /// What was added to the times of such a clock.
  var clockShift: Int64 = 0
}

/// Reads the sightings of threads from their originals, without their texts.
struct ThreadLoader {
  let reading: SourceReading
  let sources: [Int64: StoredSource]
  let clock: WallClock
  private let recent = RecentSources()
  private let spool: MessageSpool
  /// Sources with more than one thread.
  private let shared: Set<Int64>

  init(
    _ db: Database, reading: @escaping SourceReading, sources: [Int64: StoredSource],
    clock: WallClock
  ) throws {
    self.reading = reading
    self.sources = sources
    self.clock = clock
    spool = try MessageSpool(db)
    shared = Set(
      try Int64.fetchAll(
        db, sql: "SELECT source_id FROM thread GROUP BY source_id HAVING count(*) > 1"))
  }

  /// Loads one thread.
  func load(_ record: ThreadRecord) throws -> LoadedThread {
    var loaded = LoadedThread(record: record)
    var indices: [Sender: Int32] = [:]
    var clock = clock
    let shift = sources[record.source]?.clockShift ?? 0
    try forEachMessage(of: record) { number, message in
      let sender: Int32
      switch message.sender {
      case .app: sender = SenderKey.app
      case .unnamed: sender = SenderKey.unnamed
      case .named:
        if let known = indices[message.sender] {
          sender = known
        } else {
          sender = Int32(loaded.names.count)
          indices[message.sender] = sender
          loaded.names.append(message.sender)
        }
      }
      let time = clock.instant(message.time, shift: shift)
      switch message.time.clock {
      case .utc: break
      case .local: loaded.isLocal = true
      case .fixed:
        loaded.isFixed = true
        loaded.clockShift = shift
      }
      loaded.sightings.append(
        Sighting(
          source: 0, record: number, order: Int64(record.isNewestFirst ? -number : number),
          sender: sender, content: ContentFingerprint.of(message),
          hasOwnContent: message.hasOwnContent, start: time.milliseconds,
          precision: time.precision, isEdited: message.isEdited, isDeleted: message.isDeleted))
    }
    return loaded
  }

  /// Calls `body` with each message of a thread and its number in the source.
  ///
  /// Records are numbered through the whole source, as when it went straight in.
  func forEachMessage(
    of record: ThreadRecord, _ body: (Int32, Message) throws -> Void
  ) throws {
    guard let source = sources[record.source] else { return }
    if let known = recent.threads(of: source.id) {
      for entry in known[record.key] ?? [] { try body(entry.number, entry.message) }
      return
    }
    if !spool.has(source.id) {
      let isLarge = source.bytes > RecentSources.mostBytes
      if isLarge, !shared.contains(source.id) {
        if try read(source, record.key, body) { return }
        try spool.addFromArchive(source.id)
        return try spool.forEach(source: source.id, thread: record.key, body)
      }
      guard try isLarge ? lay(source) : keep(source) else {
        try spool.addFromArchive(source.id)
        return try spool.forEach(source: source.id, thread: record.key, body)
      }
      if !isLarge { return try forEachMessage(of: record, body) }
    }
    try spool.forEach(source: source.id, thread: record.key, body)
  }

  /// Reads one thread of a source from the original; false if it is locked.
  private func read(
    _ source: StoredSource, _ wanted: String, _ body: (Int32, Message) throws -> Void
  ) throws -> Bool {
    try forEachMessage(of: source) { key, number, message in
      if key == wanted { try body(number, message) }
    }
  }

  /// Reads a small source into memory; false if it is locked.
  private func keep(_ source: StoredSource) throws -> Bool {
    var threads: RecentSources.Threads = [:]
    guard
      try forEachMessage(
        of: source, { key, number, message in threads[key, default: []].append((number, message)) })
    else { return false }
    recent.keep(threads, of: source)
    return true
  }

  /// Lays all threads of a large source aside; false if it is locked.
  private func lay(_ source: StoredSource) throws -> Bool {
    guard
      try forEachMessage(
        of: source,
        { key, number, message in
          try spool.add(message, source: source.id, thread: key, number: number)
        })
    else { return false }
    spool.close(source.id)
    return true
  }

  /// Calls `body` with each message of a source; false if the source is locked.
  private func forEachMessage(
    of source: StoredSource, _ body: (String, Int32, Message) throws -> Void
  ) throws -> Bool {
    var key: String?
    var number: Int32 = -1
    let outcome = try reading(source) { event in
      switch event {
      case .thread(let thread): key = thread.key
      case .message(let message):
        number += 1
        if let key { try body(key, number, message) }
      case .record, .issue, .person, .owner: break
      }
    }
    if case .locked = outcome { return false }
    return true
  }
}

/// The messages of sources read lately: uniting a conversation looks at each of its sources several
/// times, and reading a small file again costs more than its messages.
private final class RecentSources {
  typealias Threads = [String: [(number: Int32, message: Message)]]

  /// Files of so many bytes are kept at most, one or all of them.
  static let mostBytes: Int64 = 8 << 20

  private var sources: [Int64: Threads] = [:]
  private var bytes: Int64 = 0

  func threads(of source: Int64) -> Threads? { sources[source] }

  func keep(_ threads: Threads, of source: StoredSource) {
    if bytes + source.bytes > RecentSources.mostBytes {
      sources.removeAll()
      bytes = 0
    }
    sources[source.id] = threads
    bytes += source.bytes
  }
}

extension StoredSource {
  /// The sources with these ids.
  static func fetch(_ db: Database, ids: [Int64]) throws -> [Int64: StoredSource] {
    var result: [Int64: StoredSource] = [:]
    for id in ids { result[id] = try fetch(db, id: id) }
    return result
  }

  static func fetch(_ db: Database, id: Int64) throws -> StoredSource? {
    guard
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT s.id, s.sha256, s.bytes, s.path, s.part_name, s.importer,
              (SELECT d.platform FROM download d JOIN part p ON p.download_id = d.id
               JOIN file f ON f.part_id = p.id WHERE f.source_id = s.id LIMIT 1) AS platform,
              (SELECT group_concat(DISTINCT p.download_id) FROM file f JOIN part p ON p.id = f.part_id
               WHERE f.source_id = s.id AND p.download_id IS NOT NULL) AS downloads,
              coalesce((SELECT d.clock_shift_ms FROM download d JOIN part p ON p.download_id = d.id
               JOIN file f ON f.part_id = p.id WHERE f.source_id = s.id
               ORDER BY d.content_key LIMIT 1), 0) AS clock_shift,
              (SELECT l.sha256 FROM file f
               JOIN file g ON g.part_id = f.part_id AND g.path_key = f.path_key || '-wal'
               JOIN source l ON l.id = g.source_id
               WHERE f.source_id = s.id AND l.bytes > 0 ORDER BY l.bytes DESC, l.sha256 LIMIT 1)
               AS log
            FROM source s WHERE s.id = ?
            """), arguments: [id])
    else { return nil }
    let downloads: String? = row["downloads"]
    return StoredSource(
      id: row["id"], sha256: row["sha256"], bytes: row["bytes"], path: row["path"] ?? "",
      partName: row["part_name"] ?? "", importer: row["importer"] ?? "",
      platform: Platform(rawValue: row["platform"] ?? ""),
      downloads: (downloads ?? "").split(separator: ",").compactMap { Int64($0) }.sorted(),
      log: row["log"], clockShift: row["clock_shift"])
  }
}
