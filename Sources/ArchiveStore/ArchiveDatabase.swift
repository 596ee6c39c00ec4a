import GRDB
import SearchText

#if canImport(Glibc)
  import Glibc
#endif

/// An open archive: its folder, its database and its originals.
package final class ArchiveDatabase: Sendable {
  /// The folder that holds `archive.sqlite` and `objects/`.
  package let folder: String
  package let objects: ObjectStore
  let queue: DatabaseQueue
  private let lock: ArchiveLock?

  /// "arch" in ASCII: marks the file as ours.
  static let applicationID: Int32 = 0x6172_6368
  /// The schema that this program writes.
  static let schemaVersion = 1

  private init(folder: String, queue: DatabaseQueue, lock: ArchiveLock?) {
    self.folder = folder
    self.queue = queue
    self.lock = lock
    objects = ObjectStore(folder: folder + "/objects")
  }

  /// Opens the archive in `folder` for writing, making it if there is none.
  ///
  /// - Throws: `ArchiveError`, or what SQLite reports.
  package static func openForWriting(_ folder: String) throws -> ArchiveDatabase {
    umask(0o077)
    try makeFolder(folder)
    try makeFolder(folder + "/objects")
    let lock = try ArchiveLock(folder: folder)
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      for pragma in writerPragmas { try db.execute(sql: pragma) }
    }
    let queue = try DatabaseQueue(path: folder + "/archive.sqlite", configuration: configuration)
    try queue.inDatabase { db in
      guard try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 <= schemaVersion else {
        throw ArchiveError.newerVersion(folder)
      }
    }
    try migrator.migrate(queue)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(schemaVersion)")
      try MessageSpool.attach(db, folder: folder)
    }
    try queue.write { try DecisionLedger.catchUp(folder: folder, $0) }
    return ArchiveDatabase(folder: folder, queue: queue, lock: lock)
  }

  /// Opens the archive in `folder` for reading only.
  ///
  /// - Throws: `ArchiveError.noArchive` if there is none.
  package static func openForReading(_ folder: String) throws -> ArchiveDatabase {
    let path = folder + "/archive.sqlite"
    guard access(path, F_OK) == 0 else { throw ArchiveError.noArchive(folder) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    // What is exported is read in one transaction over many calls.
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in
      guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
        throw ArchiveError.unusable("\(path) is no archive of this program.")
      }
      guard try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 <= schemaVersion else {
        throw ArchiveError.newerVersion(folder)
      }
    }
    return ArchiveDatabase(folder: folder, queue: queue, lock: nil)
  }

  /// True for an error that says that the file is no database, or a damaged one.
  package static func saysBroken(_ error: any Error) -> Bool {
    guard let code = (error as? DatabaseError)?.resultCode else { return false }
    return code == .SQLITE_NOTADB || code == .SQLITE_CORRUPT
  }

  /// From now on all that is read is as it is now, whatever an import writes beside it, until the
  /// archive is closed.
  package func holdStill() throws {
    try queue.inDatabase { try $0.execute(sql: "BEGIN") }
  }

  /// Moves all that is committed from the log into the database file itself.
  package func checkpoint() throws {
    try queue.inDatabase { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  /// Closes the database; the lock stays until the archive itself goes away.
  package func closeDatabase() throws {
    try checkpoint()
    try queue.close()
  }

  /// Settings of the writing connection; a test reads them back.
  package static let writerPragmas = [
    "PRAGMA journal_mode = WAL",
    // WAL alone may lose the last commits in a power cut; FULL does not.
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA wal_autocheckpoint = 8000",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
  ]

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: ArchiveTables.version1)
      try db.execute(sql: CustomerTables.version1)
      try db.execute(sql: ArchiveViews.version1)
      // Larger batches in memory make fewer and larger segments of the search index.
      try db.execute(
        sql: "INSERT INTO message_text(message_text, rank) VALUES ('hashsize', 16777216)")
      try db.execute(
        sql: "INSERT INTO setting VALUES ('folding', ?)", arguments: [WordStems.version])
    }
    return migrator
  }

  private static func makeFolder(_ path: String) throws {
    var partial = path.hasPrefix("/") ? "" : "."
    for component in path.split(separator: "/") {
      partial += "/" + component
      if mkdir(partial, 0o700) != 0, errno != EEXIST {
        throw ArchiveError.unusable("\(path) cannot be made: \(String(cString: strerror(errno)))")
      }
    }
  }
}
