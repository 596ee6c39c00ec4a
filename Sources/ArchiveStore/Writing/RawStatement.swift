import GRDB
import GRDBSQLite

/// A prepared statement bound without detours, for the rows that come by the million.
///
/// GRDB owns the connection; its own binding boxes each value, which costs as much as SQLite.
final class RawStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer?

  /// SQLite must copy text that may go away before the step.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ db: Database, _ sql: String) throws {
    connection = db.sqliteConnection
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection))
      )
    }
    handle = statement
  }

  deinit { sqlite3_finalize(handle) }

  func bind(_ value: Bool, at index: Int32) { bind(Int64(value ? 1 : 0), at: index) }

  func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, value) }

  func bind(_ value: Int64?, at index: Int32) {
    if let value {
      sqlite3_bind_int64(handle, index, value)
    } else {
      sqlite3_bind_null(handle, index)
    }
  }

  func bind(_ text: String?, at index: Int32) {
    guard var text else {
      sqlite3_bind_null(handle, index)
      return
    }
    text.withUTF8 { buffer in
      _ = buffer.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), RawStatement.transient)
      }
    }
  }

  /// Runs the statement with bytes of UTF-8, which SQLite does not copy.
  @discardableResult
  func run(with text: UnsafeBufferPointer<UInt8>?, at index: Int32) throws -> Bool {
    if let text {
      text.withMemoryRebound(to: CChar.self) {
        _ = sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), nil)
      }
    } else {
      sqlite3_bind_null(handle, index)
    }
    // The binding must not outlive the bytes.
    defer { sqlite3_bind_null(handle, index) }
    return try run()
  }

  /// Runs the statement with bytes, which SQLite does not copy.
  @discardableResult
  func run(withBlob bytes: UnsafeRawBufferPointer, at index: Int32) throws -> Bool {
    sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
    // The binding must not outlive the bytes.
    defer { sqlite3_bind_null(handle, index) }
    return try run()
  }

  /// Runs the statement once; false if a constraint made it do nothing.
  @discardableResult
  func run() throws -> Bool {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection))
      )
    }
    return sqlite3_changes(connection) > 0
  }
}
