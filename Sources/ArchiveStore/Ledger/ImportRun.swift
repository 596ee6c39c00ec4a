import Foundation
import GRDB

/// Reads queued sources into the archive and settles what they change.
package struct ImportRun: Sendable {
  let archive: ArchiveDatabase
  let reading: SourceReading
  let clock: WallClock
  let ownerNames: [String]
  /// True to unite every conversation from all its sources, also where that changes nothing.
  let isStreamingOff: Bool

  package init(
    _ archive: ArchiveDatabase, reading: @escaping SourceReading, clock: WallClock,
    ownerNames: [String], isStreamingOff: Bool = false
  ) {
    self.archive = archive
    self.reading = reading
    self.clock = clock
    self.ownerNames = ownerNames
    self.isStreamingOff = isStreamingOff
  }

  /// What a run did.
  package struct Outcome: Sendable {
    package var sourcesRead = 0
    package var conversationsUnited = 0
  }

  /// After this many messages the rows so far are made durable.
  private static let commitSize = 200_000

  /// Joins parts into downloads, reads what is queued, unites and finishes.
  ///
  /// - Parameters:
  ///   - platforms: The platform of each importer.
  ///   - alone: Importers whose files are downloads of their own.
  ///   - progress: Gets how far reading has come, on another thread.
  /// - Returns: How much was read and united.
  /// - Throws: What SQLite reports or the readers throw; what was committed stays, and the next
  ///   run goes on from there.
  package func run(
    platforms: [String: String], alone: Set<String>,
    progress: @escaping @Sendable (StreamProgress) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    let hasNewDownloads = try archive.queue.write { db in
      try ImportLedger.readChangedLogsAgain(db, archive.objects)
      return try DownloadStage(db: db).run(platforms: platforms, alone: alone)
    }
    outcome.sourcesRead = try stream(progress)
    outcome.conversationsUnited = try archive.queue.write { db in
      let hasWork = try hasWork(db)
      if try !hasWork && hasNewFiles(db) { try AttachmentStage(db: db).run() }
      guard try hasWork || hasNewDownloads || RecordStage.isStale(db) else { return 0 }
      let owners = try OwnerStage(db, given: ownerNames)
      let united = hasWork ? try settle(db, owners) : 0
      try RecordStage(db: db, owners: owners).run()
      try AccountRow.removeUnused(db)
      return united
    }
    return outcome
  }

  private func hasWork(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM conversation WHERE is_unfinished > 0)
          OR EXISTS (SELECT 1 FROM thread WHERE conversation_id IS NULL)
        """) ?? false
  }

  /// True if the latest import brought bytes that no earlier one had.
  private func hasNewFiles(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM file f WHERE f.import_id = (SELECT max(id) FROM import)
          AND NOT EXISTS (SELECT 1 FROM file g WHERE g.source_id = f.source_id
            AND g.import_id < f.import_id))
        """) ?? false
  }

  private func settle(_ db: Database, _ owners: OwnerStage) throws -> Int {
    try db.execute(
      sql: """
        UPDATE download SET newest_ms = (SELECT coalesce(max(s.newest_ms), 0) FROM source s
          JOIN file f ON f.source_id = s.id JOIN part p ON p.id = f.part_id
          WHERE p.download_id = download.id)
        """)
    // Chats of a phone share an owner: another chat may show who that is.
    try db.execute(
      sql: """
        UPDATE conversation SET is_unfinished = max(is_unfinished, CASE WHEN
            (SELECT count(*) FROM thread t WHERE t.conversation_id = conversation.id) > 1
          THEN 2 ELSE 1 END)
        WHERE platform = 'whatsapp' AND (EXISTS
          (SELECT 1 FROM conversation o WHERE o.platform = 'whatsapp' AND o.is_unfinished > 0)
          OR EXISTS (SELECT 1 FROM thread t WHERE t.platform = 'whatsapp' AND t.conversation_id IS NULL))
        """)
    let ranks = try DownloadRanks(db)
    var united = try unite(db, owners, ranks)
    if try ClockStage(db: db).run() { united += try unite(db, owners, ranks) }
    try FinishStage(db: db, owners: owners, ranks: ranks).run()
    return united
  }

  private func unite(_ db: Database, _ owners: OwnerStage, _ ranks: DownloadRanks) throws -> Int {
    let ids = try Int64.fetchAll(db, sql: "SELECT DISTINCT source_id FROM thread")
    let loader = try ThreadLoader(
      db, reading: reading, sources: try StoredSource.fetch(db, ids: ids), clock: clock)
    return try ConversationStage(db: db, loader: loader, owners: owners, ranks: ranks).run()
  }

  // MARK: Streaming

  private func stream(_ progress: @escaping @Sendable (StreamProgress) -> Void) throws -> Int {
    try archive.queue.inDatabase { db in
      let pending = try pendingSources(db)
      guard !pending.isEmpty else { return 0 }
      let channel = BatchChannel()
      let known = try KnownThreads(db, isStreamingOff: isStreamingOff)
      let counters = SourceStreamer.Counters(
        conversation: try ImportRun.nextID("conversation", db),
        profile: try ImportRun.nextID("profile", db))
      let thread = Foundation.Thread { [reading, clock] in
        var streamer = SourceStreamer(
          channel: channel, reading: reading, counters: counters, known: known, clock: clock,
          progress: progress)
        channel.finish(Result { try streamer.run(pending) })
      }
      thread.stackSize = 8 << 20
      thread.start()
      do {
        try write(from: channel, db)
      } catch {
        channel.cancel()
        throw error
      }
      return pending.count
    }
  }

  private func write(from channel: BatchChannel, _ db: Database) throws {
    let writer = try BatchWriter(db)
    var committed = 0
    try db.beginTransaction(.immediate)
    do {
      while let batch = try channel.receive() {
        try writer.write(batch)
        // Only between sources: a source is in the archive as a whole or not at all.
        if batch.endsWithSource, writer.written - committed >= ImportRun.commitSize {
          committed = writer.written
          try writer.finish()
          try db.commit()
          try db.beginTransaction(.immediate)
        }
      }
      try writer.finish()
      try db.commit()
    } catch {
      if db.isInsideTransaction { try db.rollback() }
      throw error
    }
  }

  private static func nextID(_ table: String, _ db: Database) throws -> Int64 {
    (try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0) + 1
  }

  /// Sources to read, in an order that keeps the files of a thread together.
  private func pendingSources(_ db: Database) throws -> [StoredSource] {
    let ids = try Int64.fetchAll(
      db,
      sql: """
        SELECT s.id FROM source s WHERE s.outcome = 'pending'
        ORDER BY (SELECT min(p.download_id) FROM part p JOIN file f ON f.part_id = p.id
          WHERE f.source_id = s.id), s.path, s.id
        """)
    return try ids.compactMap { try StoredSource.fetch(db, id: $0) }
  }
}

/// How far reading has come.
package struct StreamProgress: Sendable {
  package var messages = 0
  /// Bytes of the files that are read already.
  package var bytes: Int64 = 0
  package var bytesInAll: Int64 = 0
}
