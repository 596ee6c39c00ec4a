import GRDB
import GRDBSQLite

/// The value of one column of a row.
package enum Cell: Sendable, Equatable {
  case null
  case integer(Int64)
  case text(String)

  package var text: String? {
    switch self {
    case .null: nil
    case .integer(let value): String(value)
    case .text(let value): value
    }
  }

  package var integer: Int64? {
    if case .integer(let value) = self { return value }
    return nil
  }
}

/// A row while it is being read: valid only until the next one.
package struct RowView {
  fileprivate let statement: OpaquePointer
  package let count: Int

  package func cell(_ index: Int) -> Cell {
    switch sqlite3_column_type(statement, Int32(index)) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, Int32(index)))
    default:
      return .text(
        withBytes(index) { String(decoding: $0 ?? .init(start: nil, count: 0), as: UTF8.self) })
    }
  }

  /// The column if it is a whole number.
  package func number(_ index: Int) -> Int64? {
    sqlite3_column_type(statement, Int32(index)) == SQLITE_INTEGER
      ? sqlite3_column_int64(statement, Int32(index)) : nil
  }

  /// The column as a number; 0 for what is none.
  func integer(_ index: Int) -> Int64 { sqlite3_column_int64(statement, Int32(index)) }

  package var cells: [Cell] { (0..<count).map(cell) }

  /// Calls `body` with the column as text, nil for NULL, without copying it.
  package func withBytes<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Result
  ) rethrows -> Result {
    guard let pointer = sqlite3_column_text(statement, Int32(index)) else { return try body(nil) }
    let length = Int(sqlite3_column_bytes(statement, Int32(index)))
    return try body(UnsafeBufferPointer(start: pointer, count: length))
  }
}

extension ArchiveDatabase {
  /// The names of the columns of a view, in order.
  package func columns(of view: String) throws -> [String] {
    try rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", [.text(view)]).compactMap {
      $0[0].text
    }
  }

  /// Runs a query and hands out its rows one by one.
  ///
  /// - Parameters:
  ///   - sql: One SELECT.
  ///   - arguments: Values for its `?`, in order.
  ///   - header: Gets the names of the columns before the first row.
  ///   - body: Gets each row; false ends the query.
  /// - Throws: What SQLite reports, and what the closures throw.
  package func forEachRow(
    _ sql: String, _ arguments: [Cell] = [], header: ([String]) throws -> Void = { _ in },
    _ body: (RowView) throws -> Bool
  ) throws {
    try queue.inDatabase { db in
      try db.forEachRow(sql, arguments, header: header, body)
    }
  }

  /// All rows of a small query.
  package func rows(_ sql: String, _ arguments: [Cell] = []) throws -> [[Cell]] {
    var result: [[Cell]] = []
    try forEachRow(sql, arguments) { row in
      result.append(row.cells)
      return true
    }
    return result
  }

  /// The first cell of a query.
  package func cell(_ sql: String, _ arguments: [Cell] = []) throws -> Cell {
    try rows(sql, arguments).first?.first ?? .null
  }
}

extension Database {
  /// Runs a query and hands out its rows one by one: texts whole, also those that hold a NUL, at
  /// which GRDB's own strings end.
  ///
  /// - Parameters:
  ///   - sql: One SELECT.
  ///   - arguments: Values for its `?`, in order.
  ///   - isCached: True for a query that is asked again and again.
  ///   - header: Gets the names of the columns before the first row.
  ///   - body: Gets each row; false ends the query.
  /// - Throws: What SQLite reports, and what the closures throw.
  func forEachRow(
    _ sql: String, _ arguments: [Cell] = [], isCached: Bool = false,
    header: ([String]) throws -> Void = { _ in },
    _ body: (RowView) throws -> Bool
  ) throws {
    let statement = try isCached ? cachedStatement(sql: sql) : makeStatement(sql: sql)
    let handle = statement.sqliteStatement
    try bind(arguments, to: handle)
    try header(statement.columnNames)
    let row = RowView(statement: handle, count: statement.columnCount)
    defer { sqlite3_reset(handle) }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { break }
      guard code == SQLITE_ROW else { throw lastError(code) }
      guard try body(row) else { break }
    }
  }

  /// Binds values without the boxes of GRDB, which cost as much as a small query.
  private func bind(_ arguments: [Cell], to statement: OpaquePointer) throws {
    sqlite3_reset(statement)
    guard sqlite3_bind_parameter_count(statement) == arguments.count else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "a value for each ? is needed")
    }
    // SQLite must copy text that may go away before the step.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, argument) in zip(Int32(1)..., arguments) {
      let code =
        switch argument {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .text(var text):
          text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
              sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), transient)
            }
          }
        }
      guard code == SQLITE_OK else { throw lastError(code) }
    }
  }

  private func lastError(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: String(cString: sqlite3_errmsg(sqliteConnection)))
  }
}
