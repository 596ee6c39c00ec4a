import ArchiveExport
import ArchiveStore

/// A table that can be exported or listed; the raw value is its name on the command line.
public enum ArchiveTable: String, CaseIterable, Sendable {
  case customers, orders, conversations, messages, records, imports, files, suggestions
  case orderLines = "order-lines"
  case contactPoints = "contact-points"

  /// The public view.
  var view: String {
    switch self {
    case .orderLines: "order_lines"
    case .contactPoints: "contact_points"
    default: rawValue
    }
  }

  private var order: String {
    self == .orderLines ? "ORDER BY order_id, position" : "ORDER BY id"
  }

  var sql: String { "SELECT * FROM \(view) \(order)" }
}

extension SocialArchive {
  /// Writes a table as CSV (RFC 4180, UTF-8, header first) to an open file descriptor.
  ///
  /// - Returns: The number of rows.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  @discardableResult
  public func exportCSV(_ table: ArchiveTable, to descriptor: Int32) throws -> Int {
    let archive = try reading()
    var output = ByteOutput(descriptor: descriptor)
    var count = 0
    try archive.forEachRow(
      table.sql, header: { CSVLine.line($0, to: &output) },
      { row in
        for index in 0..<row.count {
          row.withBytes(index) { CSVLine.field($0, isFirst: index == 0, to: &output) }
        }
        CSVLine.end(to: &output)
        count += 1
        try output.flushIfFull()
        return true
      })
    try output.flush()
    return count
  }

  /// Writes a table as JSON Lines to an open file descriptor.
  ///
  /// - Throws: `ArchiveFailure`, or `OutputError`.
  public func listJSON(_ table: ArchiveTable, to descriptor: Int32) throws {
    try writeJSON(table.sql, [], prefix: nil, to: descriptor)
  }

  /// The rows of a table as text, for people.
  ///
  /// - Returns: The names of the columns, and the rows; nil stands for NULL.
  /// - Throws: `ArchiveFailure`.
  public func list(
    _ table: ArchiveTable, columns: [String]
  ) throws -> [[String?]] {
    try reading().rows("SELECT \(columns.joined(separator: ", ")) FROM \(table.view) ORDER BY id")
      .map { $0.map(\.text) }
  }

  /// Writes the canonical dump: sorted JSON Lines without local numbers, times of import or
  /// paths. Equal archives give equal bytes.
  ///
  /// - Throws: `ArchiveFailure`, or `OutputError`.
  public func dump(to descriptor: Int32) throws {
    for section in CanonicalDump.sections {
      try writeJSON(section.sql, [], prefix: section.name, to: descriptor)
    }
  }

  /// Columns that hold a list of texts.
  private static let lists: Set<String> = [
    "phones", "emails", "platforms", "aliases", "tags", "notes", "evidence",
  ]

  func writeJSON(
    _ sql: String, _ arguments: [Cell], prefix: String?, to descriptor: Int32
  ) throws {
    let archive = try reading()
    var output = ByteOutput(descriptor: descriptor)
    var names: [String] = []
    try archive.forEachRow(
      sql, arguments, header: { names = $0 },
      { row in
        var line = JSONText()
        if let prefix { line.add("is", prefix) }
        for (index, name) in names.enumerated() {
          switch row.cell(index) {
          case .null: line.add(name, nil as String?)
          case .integer(let value): line.add(name, value)
          case .text(let value) where SocialArchive.lists.contains(name):
            line.add(name, json: JSONText.list(StoredList.values(value).map(JSONText.string)))
          case .text(let value): line.add(name, value)
          }
        }
        output.write(line.finished)
        output.write(0x0A)
        try output.flushIfFull()
        return true
      })
    try output.flush()
  }
}

extension SocialArchive {
  /// True if an error says that the reader of the output has gone away.
  public static func isClosedPipe(_ error: any Error) -> Bool {
    (error as? OutputError)?.isClosedPipe ?? false
  }
}
