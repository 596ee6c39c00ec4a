import GRDB

/// The account of one import: its parts, their files, and what becomes of each.
package final class ImportLedger: Sendable {
  let archive: ArchiveDatabase
  package let id: Int64

  /// Begins an import.
  ///
  /// - Throws: What SQLite reports.
  package init(_ archive: ArchiveDatabase, startedAt: String, toolVersion: String) throws {
    self.archive = archive
    id = try archive.queue.write { db in
      try db.execute(sql: "UPDATE import SET state = 'interrupted' WHERE state = 'running'")
      try Self.forgetBrokenIntakes(db)
      try db.execute(
        sql: "INSERT INTO import(started_at, state, tool_version) VALUES (?, 'running', ?)",
        arguments: [startedAt, toolVersion])
      return db.lastInsertedRowID
    }
  }

  /// Forgets the files of imports that were cut off before all of them were taken in: nothing of
  /// them was read or acknowledged. Imports that were cut off later go on with this one.
  private static func forgetBrokenIntakes(_ db: Database) throws {
    let broken = "(SELECT id FROM import WHERE state = 'interrupted' AND manifest IS NULL)"
    try db.execute(sql: "DELETE FROM issue WHERE import_id IN \(broken)")
    try db.execute(sql: "DELETE FROM file WHERE import_id IN \(broken)")
    try db.execute(
      sql: """
        DELETE FROM part WHERE import_id IN \(broken)
          AND id NOT IN (SELECT part_id FROM file)
        """)
    try db.execute(
      sql: """
        DELETE FROM source WHERE (outcome IS NULL OR outcome = 'pending')
          AND id NOT IN (SELECT source_id FROM file WHERE source_id IS NOT NULL)
        """)
  }

  /// A file as it was taken in.
  package struct Taken: Sendable {
    package let path: String
    /// The name's bytes as delivered, in hexadecimal; nil if they are the UTF-8 of the path.
    package let nameHex: String?
    /// Nil if no bytes could be read.
    package let sha256: String?
    package let bytes: Int64
    /// Why the bytes are not whole; nil if they are.
    package let damage: String?

    package init(
      path: String, nameHex: String?, sha256: String?, bytes: Int64, damage: String?
    ) {
      self.path = path
      self.nameHex = nameHex
      self.sha256 = sha256
      self.bytes = bytes
      self.damage = damage
    }
  }

  /// Which part a file belongs to and what its importer's rules say of it.
  package struct Placement: Sendable {
    package enum Fate: Sendable, Equatable {
      case read(version: Int)
      case attachment
      case kept(String)
      case ignored(String)
    }

    package let part: Int64
    /// The path from the part's root.
    package let path: String
    /// What holds the root: a folder's or a container's name, which may name a chat.
    package let holder: String
    package let importer: String?
    package let fate: Fate

    package init(part: Int64, path: String, holder: String, importer: String?, fate: Fate) {
      self.part = part
      self.path = path
      self.holder = holder
      self.importer = importer
      self.fate = fate
    }
  }

  /// Adds a part: what one container holds of one download, or of none.
  ///
  /// - Parameters:
  ///   - name: The container's name.
  ///   - stem: What the container's name shares with the other parts of its download.
  ///   - root: The folder in the container that is the download's root.
  ///   - importer: The importer that recognized it; nil for a container itself.
  ///   - container: The part that stands for the container; nil for that one.
  /// - Returns: The part's number.
  /// - Throws: What SQLite reports.
  package func addPart(
    name: String, stem: String?, root: String, importer: String?, container: Int64?
  ) throws -> Int64 {
    try archive.queue.write { db in
      try db.execute(
        sql:
          "INSERT INTO part(import_id, name, stem, root, importer, container_id) VALUES (?,?,?,?,?,?)",
        arguments: [id, name, stem, root, importer, container])
      return db.lastInsertedRowID
    }
  }

  /// Adds the files of a container. Their bytes must be durable already.
  package func add(_ files: [Taken], container: Int64) throws {
    try archive.queue.write { db in
      for file in files {
        if let sha256 = file.sha256 {
          try db.execute(
            sql: "INSERT OR IGNORE INTO source(sha256, bytes) VALUES (?, ?)",
            arguments: [sha256, file.bytes])
        }
        try db.execute(
          sql: """
            INSERT INTO file(import_id, part_id, path, name_hex, path_key, source_id, bytes,
              outcome, reason)
            VALUES (?, ?, ?, ?, '', (SELECT id FROM source WHERE sha256 = ?), ?, ?, ?)
            """,
          arguments: [
            id, container, file.path, file.nameHex, file.sha256, file.bytes,
            file.sha256 == nil ? "failed" : "pending", file.damage,
          ])
      }
    }
  }

  /// Decides the fate of each file of a container.
  ///
  /// - Parameters:
  ///   - container: The part that stands for the container.
  ///   - place: Gets the path in the container.
  /// - Throws: What SQLite reports.
  package func classify(container: Int64, _ place: (String) -> Placement) throws {
    try archive.queue.write { db in
      var last: Int64 = 0
      while true {
        // A piece at a time: a download may have a million files.
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT id, path, source_id, outcome, reason FROM file
            WHERE part_id = ? AND id > ? ORDER BY id LIMIT 2000
            """, arguments: [container, last])
        for row in rows { try Self.apply(place(row["path"]), row, db) }
        guard let end = rows.last?["id"] as Int64? else { break }
        last = end
      }
    }
  }

  private static func apply(
    _ placement: Placement, _ row: Row, _ db: Database
  ) throws {
    let file: Int64 = row["id"]
    let source: Int64? = row["source_id"]
    var (outcome, reason): (String, String?) = (row["outcome"], row["reason"])
    if let source {
      switch placement.fate {
      case .read(let version):
        outcome = try queue(source, placement, version, db)
        if reason == nil {
          reason = try String.fetchOne(
            db, sql: "SELECT reason FROM source WHERE id = ?", arguments: [source])
        }
      case .attachment: outcome = reason == nil ? "attachment" : "failed"
      case .kept(let text): (outcome, reason) = (reason == nil ? "kept" : "failed", reason ?? text)
      case .ignored(let text): (outcome, reason) = ("ignored", text)
      }
    }
    try db.execute(
      sql: "UPDATE file SET part_id = ?, path_key = lower(?), outcome = ?, reason = ? WHERE id = ?",
      arguments: [placement.part, placement.path, outcome, reason, file])
  }

  /// Queues a source for reading unless this reader has read it already.
  ///
  /// Of several names the first in byte order counts, whatever the order of imports: some
  /// readers learn from the name.
  private static func queue(
    _ source: Int64, _ placement: Placement, _ version: Int, _ db: Database
  ) throws -> String {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT outcome, reason, reader_version, importer, path, part_name FROM source WHERE id = ?
        """, arguments: [source])
    let offered = [placement.path, placement.holder, placement.importer ?? ""]
    var chosen = offered
    if let row, let known = row["outcome"] as String? {
      let stored: [String] = [row["path"] ?? "", row["part_name"] ?? "", row["importer"] ?? ""]
      let isBetter = offered.lexicographicallyPrecedes(stored) {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      if !isBetter {
        chosen = stored
        // A sealed file that was opened once stays as it was read: its key may not be at hand.
        let isSealed = known == "read" && stored[2] == "whatsapp" && stored[0].contains(".db.crypt")
        let isCurrent = row["reader_version"] ?? -1 >= version || stored[2] != offered[2]
        let wasGone = (row["reason"] ?? "").hasPrefix(StoredSource.unreadable)
        if !wasGone && (isCurrent || isSealed) { return known }
      }
      if known != "pending" { try unread(source, db) }
    }
    try db.execute(
      sql: """
        UPDATE source SET outcome = 'pending', reason = NULL, path = ?, part_name = ?, importer = ?,
          reader_version = ? WHERE id = ?
        """, arguments: [chosen[0], chosen[1], chosen[2], version, source])
    return "pending"
  }

  /// Queues again the texts that an importer has read, because a setting tells it more than it
  /// knew. Databases say themselves what a setting says. A text whose original is gone stays as it was
  /// read, and an issue says so.
  ///
  /// - Returns: How many stayed so.
  static func readAgain(
    _ db: Database, importer: String, _ objects: ObjectStore
  ) throws -> Int {
    let sources = try Row.fetchAll(
      db,
      sql: """
        SELECT id, sha256 FROM source WHERE importer = ? AND outcome IN ('read', 'failed', 'kept')
          AND path LIKE '%.txt'
        """,
      arguments: [importer])
    var gone = 0
    for row in sources {
      let source: Int64 = row["id"]
      guard objects.contains(row["sha256"]) else {
        try sayGone(source, db)
        gone += 1
        continue
      }
      try readAgain(source, db)
    }
    return gone
  }

  private static func sayGone(_ source: Int64, _ db: Database) throws {
    let reason = "its original is missing, so it stays as it was read before"
    try db.execute(
      sql: """
        INSERT INTO issue(source_id, gravity, reason) SELECT ?1, 'note', ?2
        WHERE NOT EXISTS (SELECT 1 FROM issue WHERE source_id = ?1 AND reason = ?2)
        """, arguments: [source, reason])
  }

  /// Queues again databases beside which another log of changes lies than the one they were read
  /// with.
  static func readChangedLogsAgain(_ db: Database, _ objects: ObjectStore) throws {
    let sources = try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT f.source_id FROM file g
        JOIN file f ON f.part_id = g.part_id AND g.path_key = f.path_key || '-wal'
        WHERE g.path_key LIKE '%-wal' AND f.source_id IS NOT NULL
        """)
    for id in sources {
      guard let source = try StoredSource.fetch(db, id: id), let log = source.log else { continue }
      let read = try Row.fetchOne(
        db, sql: "SELECT log_sha256, outcome FROM source WHERE id = ?", arguments: [id])
      guard let read, read["outcome"] as String? != "pending",
        read["log_sha256"] as String? != log
      else { continue }
      // A database whose original is gone stays as it was read.
      if objects.contains(source.sha256) {
        try readAgain(id, db)
      } else {
        try sayGone(id, db)
      }
    }
  }

  private static func readAgain(_ source: Int64, _ db: Database) throws {
    try unread(source, db)
    try db.execute(
      sql: "UPDATE source SET outcome = 'pending', reason = NULL WHERE id = ?", arguments: [source])
  }

  /// Queues again what stayed locked for want of a key.
  static func readLockedAgain(_ db: Database) throws {
    try db.execute(
      sql: "UPDATE source SET outcome = 'pending', reason = NULL WHERE is_locked = 1")
  }

  /// Takes back what an older reader found in a source.
  private static func unread(_ source: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE conversation SET is_unfinished = 2
        WHERE id IN (SELECT conversation_id FROM thread WHERE source_id = ?)
        """, arguments: [source])
    try db.execute(sql: "DELETE FROM thread WHERE source_id = ?", arguments: [source])
    try db.execute(sql: "DELETE FROM known_name WHERE source_id = ?", arguments: [source])
    try RecordStage.forget(db, source: source)
    try db.execute(sql: "DELETE FROM issue WHERE source_id = ?", arguments: [source])
  }

  /// Remembers something about the import that belongs to no file.
  package func note(_ gravity: String, _ reason: String) throws {
    try archive.queue.write { db in
      try db.execute(
        sql: "INSERT INTO issue(import_id, gravity, reason) VALUES (?,?,?)",
        arguments: [id, gravity, reason])
    }
  }

  package func setManifest(_ sha256: String) throws {
    try archive.queue.write { db in
      try db.execute(
        sql: "UPDATE import SET manifest = ? WHERE id = ?", arguments: [sha256, id])
    }
  }

  /// Takes back an import that brought nothing.
  package func discard() throws {
    let orphans = try archive.queue.write { db in
      try db.execute(sql: "DELETE FROM issue WHERE import_id = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM file WHERE import_id = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM part WHERE import_id = ?", arguments: [id])
      let orphans = try String.fetchAll(
        db,
        sql:
          "SELECT sha256 FROM source WHERE id NOT IN (SELECT source_id FROM file WHERE source_id IS NOT NULL)"
      )
      try db.execute(
        sql:
          "DELETE FROM source WHERE id NOT IN (SELECT source_id FROM file WHERE source_id IS NOT NULL)"
      )
      try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [id])
      return orphans
    }
    for orphan in orphans { archive.objects.remove(orphan) }
  }

  /// Ends the import: everything before is durable.
  package func finish(at time: String) throws {
    try archive.queue.write { db in
      try db.execute(
        sql: "UPDATE import SET state = 'finished', finished_at = ? WHERE id = ?",
        arguments: [time, id])
    }
  }
}
