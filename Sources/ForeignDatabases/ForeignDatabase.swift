import CSQLite

/// Why another program's database cannot be read, or not further.
package struct ForeignDatabaseError: Error, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { reason }
}

/// Another program's SQLite file: read-only, in place, and trusted in nothing.
///
/// Nothing in it is run: no trigger, no view, no function of its schema; only SELECT over tables
/// is let through. A table that goes in circles ends with an error.
package final class ForeignDatabase {
  private let handle: OpaquePointer
  private let name: String
  /// No table has more rows than its file has bytes.
  private let mostRows: Int
  private var columns: [String: Set<String>] = [:]
  /// Where a table stopped being readable first; nil as long as all are whole.
  package private(set) var damage: String?
  /// True if the database expects a log of changes beside it.
  package let keepsLog: Bool

  /// The first bytes of every SQLite file.
  package static let mark = Array("SQLite format 3\0".utf8)

  /// Opens a database whose bytes stay where they are as long as it is used.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - log: The write-ahead log beside it (`-wal`), nil if there is none: what was committed
  ///     there counts.
  ///   - release: Called now and then: bytes that were read are not needed in memory.
  /// - Throws: `ForeignDatabaseError` if it is no database that SQLite can open.
  package init(
    _ bytes: UnsafeRawBufferPointer, log: UnsafeRawBufferPointer? = nil,
    release: @escaping () -> Void = {}
  ) throws {
    guard bytes.count >= 512, bytes.prefix(16).elementsEqual(ForeignDatabase.mark) else {
      throw ForeignDatabaseError("it is no SQLite database")
    }
    keepsLog = bytes[18] == 2
    let file = ForeignFile(bytes, log: log, release: release)
    name = ForeignFileSystem.add(file)
    mostRows = bytes.count + (log?.count ?? 0)
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
    let code = sqlite3_open_v2(name, &opened, flags, ForeignFileSystem.name)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      ForeignFileSystem.remove(name)
      throw ForeignDatabaseError("SQLite cannot open it (\(code))")
    }
    handle = opened
    csqlite_distrust(handle)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 << 20)
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ["temp_store = MEMORY", "cell_size_check = ON", "cache_size = -4000"] {
      sqlite3_exec(handle, "PRAGMA \(pragma)", nil, nil, nil)
    }
    sqlite3_set_authorizer(handle, ForeignDatabase.onlyReading, nil)
    let schema = try statement("SELECT count(*) FROM sqlite_master")
    _ = try schema.step()
  }

  deinit {
    sqlite3_close_v2(handle)
    ForeignFileSystem.remove(name)
  }

  private static let onlyReading:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { _, action, _, _, _, _ in
      switch action {
      case SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION: SQLITE_OK
      default: SQLITE_DENY
      }
    }

  /// The columns of a table; empty if there is no such table.
  package func columns(of table: String) -> Set<String> {
    if let known = columns[table] { return known }
    var names: Set<String> = []
    if let statement = try? ForeignStatement(handle, "SELECT * FROM \"\(table)\" LIMIT 0") {
      names = Set(statement.columnNames)
    }
    columns[table] = names
    return names
  }

  /// True if the table has all of these columns.
  package func has(_ table: String, _ needed: [String]) -> Bool {
    columns(of: table).isSuperset(of: needed)
  }

  /// How many rows a table has, never more than its file can hold.
  ///
  /// - Parameter table: A table that is there.
  /// - Returns: The number of rows.
  /// - Throws: `ForeignDatabaseError` if the table is damaged.
  package func count(_ table: String) throws -> Int64 {
    let statement = try statement("SELECT count(*) FROM \"\(table)\"")
    let count = try statement.step() ? statement.integer(0) ?? 0 : 0
    return min(max(0, count), Int64(mostRows / 4))
  }

  /// Makes a statement that may run many times.
  ///
  /// - Parameter sql: A SELECT over tables.
  /// - Returns: The statement.
  /// - Throws: `ForeignDatabaseError` with SQLite's reason.
  package func statement(_ sql: String) throws -> ForeignStatement {
    try ForeignStatement(handle, sql)
  }

  /// Calls `body` with each row of a SELECT; where the table stops being readable, that is noted
  /// and the rest of it left out.
  ///
  /// - Parameters:
  ///   - sql: A SELECT over tables.
  ///   - body: Gets the row, which is valid until it returns.
  /// - Throws: What `body` throws.
  package func forEach(_ sql: String, _ body: (ForeignStatement) throws -> Void) throws {
    var rows = 0
    guard let statement = salvage({ try statement(sql) }) else { return }
    while salvage({ try statement.step() }) == true {
      rows += 1
      guard rows <= mostRows else {
        damage = damage ?? "a table goes in circles"
        return
      }
      try body(statement)
    }
  }

  /// What `read` gives; nil where the database is damaged there, which is noted.
  package func salvage<Result>(_ read: () throws -> Result) -> Result? {
    do {
      return try read()
    } catch {
      damage = damage ?? "\(error)"
      return nil
    }
  }
}
