import CSQLite

/// A SELECT that runs, and its present row; columns count from 0.
package final class ForeignStatement {
  private let handle: OpaquePointer
  private let database: OpaquePointer

  init(_ database: OpaquePointer, _ sql: String) throws {
    self.database = database
    var made: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &made, nil) == SQLITE_OK, let made else {
      throw ForeignDatabaseError(String(cString: sqlite3_errmsg(database)))
    }
    handle = made
  }

  deinit { sqlite3_finalize(handle) }

  package var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
  }

  /// Begins anew with a value for the one parameter.
  package func reset(_ value: Int64) {
    sqlite3_reset(handle)
    sqlite3_bind_int64(handle, 1, value)
  }

  /// Goes to the next row; false behind the last.
  ///
  /// - Returns: True if there is a row.
  /// - Throws: `ForeignDatabaseError` if SQLite finds the database damaged.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw ForeignDatabaseError(String(cString: sqlite3_errmsg(database)))
    }
  }

  /// A whole number; nil for NULL and for what is none.
  package func integer(_ column: Int32) -> Int64? {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: sqlite3_column_int64(handle, column)
    case SQLITE_FLOAT: Int64(exactly: sqlite3_column_double(handle, column).rounded())
    default: nil
    }
  }

  package func real(_ column: Int32) -> Double? {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER, SQLITE_FLOAT: sqlite3_column_double(handle, column)
    default: nil
    }
  }

  /// A text, bad UTF-8 replaced; nil for NULL, numbers as text.
  package func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(handle, column) != SQLITE_NULL,
      let start = sqlite3_column_text(handle, column)
    else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return ForeignText.decode(UnsafeBufferPointer(start: start, count: count))
  }

  package func bytes(_ column: Int32) -> [UInt8]? {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB,
      let start = sqlite3_column_blob(handle, column)
    else { return nil }
    return Array(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}
