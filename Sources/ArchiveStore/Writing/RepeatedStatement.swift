import GRDB

extension Database {
  /// Runs a statement that is run again and again: it is prepared once.
  ///
  /// - Parameters:
  ///   - sql: One statement, the same text each time.
  ///   - arguments: Values for its `?`, in order.
  /// - Throws: What SQLite reports.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
