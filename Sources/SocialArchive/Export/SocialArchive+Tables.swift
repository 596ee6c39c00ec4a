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

  var order: String {
    self == .orderLines ? "ORDER BY order_id, position" : "ORDER BY id"
  }
}

/// How a CSV is to be written.
public enum CSVForm: Sendable {
  /// For programs: comma, UTF-8, text byte for byte.
  case plain
  /// For people: U+FEFF first, the separator of the locale, and no cell that a spreadsheet would run.
  case spreadsheet(separator: Character)

  var dialect: CSVDialect {
    var dialect = CSVDialect()
    if case .spreadsheet(let separator) = self {
      dialect.separator = separator.asciiValue ?? UInt8(ascii: ",")
      dialect.hasByteOrderMark = true
      dialect.isGuarded = true
    }
    return dialect
  }
}

/// Values of columns as people read them.
enum ShownValue {
  /// Columns that hold a list of texts.
  static let lists: Set<String> = [
    "phones", "emails", "platforms", "aliases", "tags", "notes", "evidence",
  ]

  /// What is to be done with the values of some columns, by place.
  static func columns(_ names: [String]) -> [Int: (String) -> String] {
    var shown: [Int: (String) -> String] = [:]
    for (index, name) in names.enumerated() {
      if lists.contains(name) {
        shown[index] = { StoredList.values($0).joined(separator: ", ") }
      } else if name.hasSuffix("_at") {
        shown[index] = time
      }
    }
    return shown
  }

  /// `2024-05-01T09:12:33.123Z` as `2024-05-01 09:12:33`.
  static func time(_ text: String) -> String {
    guard text.utf8.count > 19, text.hasSuffix("Z") else { return text }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }
}

/// What came of writing a table.
public struct TableResult: Sendable {
  public internal(set) var rows = 0
  /// Cells that a spreadsheet would run as formulas; in the form for spreadsheets they are harmless.
  public internal(set) var formulas = 0
}

extension SocialArchive {
  /// Writes a table as CSV (RFC 4180, UTF-8, header first) to an open file descriptor.
  ///
  /// - Parameters:
  ///   - table: Which.
  ///   - selection: Which of its rows.
  ///   - columns: Names of columns, in order; all if nil.
  ///   - form: For programs or for people.
  ///   - target: Where to; its files are not finished yet.
  ///   - progress: Called now and then with the number of rows written.
  /// - Returns: How much was written.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportCSV(
    _ table: ArchiveTable, _ selection: ExportSelection = ExportSelection(),
    columns: [String]? = nil, form: CSVForm = .plain, to target: ExportTarget,
    progress: (Int) -> Void = { _ in }
  ) throws -> TableResult {
    var output = ByteOutput(descriptor: try target.next())
    let result = try exportCSV(
      table, from: try snapshot(), selection, columns: columns, form: form, to: &output,
      progress: progress)
    try output.flush()
    return result
  }

  /// The same into an open output.
  func exportCSV(
    _ table: ArchiveTable, from archive: ArchiveDatabase,
    _ selection: ExportSelection = ExportSelection(), columns: [String]? = nil,
    form: CSVForm = .plain, to output: inout ByteOutput, progress: (Int) -> Void = { _ in }
  ) throws -> TableResult {
    let dialect = form.dialect
    dialect.begin(&output)
    var result = TableResult()
    // People read lists with commas, and times without a T.
    var shown: [Int: (String) -> String] = [:]
    var clock = MessageClock(isForPeople: dialect.isGuarded)
    var clockColumn: Int?
    try forEachRow(
      of: table, selection, columns, archive,
      header: { names in
        dialect.line(names, to: &output)
        if dialect.isGuarded { shown = ShownValue.columns(names) }
        clockColumn = table == .messages ? names.firstIndex(of: MessageClock.column) : nil
      },
      { row in
        for index in 0..<row.count {
          if index == clockColumn, let time = row.number(index) {
            if index > 0 { output.write(dialect.separator) }
            clock.write(time, to: &output)
            continue
          }
          if let show = shown[index], var text = row.cell(index).text.map(show) {
            text.withUTF8 { dialect.field($0, isFirst: index == 0, to: &output) }
            continue
          }
          if let number = row.number(index) {
            dialect.field(number, isFirst: index == 0, to: &output)
            continue
          }
          row.withBytes(index) { bytes in
            if let bytes, FormulaGuard.isRun(bytes) { result.formulas += 1 }
            dialect.field(bytes, isFirst: index == 0, to: &output)
          }
        }
        dialect.end(to: &output)
        result.rows += 1
        if result.rows % 10_000 == 0 { progress(result.rows) }
        try output.flushIfFull()
        return true
      })
    return result
  }

  /// Hands out the rows of a table that a selection means.
  func forEachRow(
    of table: ArchiveTable, _ selection: ExportSelection, _ columns: [String]?,
    _ archive: ArchiveDatabase, header: ([String]) -> Void, _ body: (RowView) throws -> Bool
  ) throws {
    if let columns {
      guard !columns.isEmpty else {
        throw ArchiveFailure.failed("say at least one column, such as: --columns id,name")
      }
      let known = try archive.columns(of: table.view)
      if let column = columns.first(where: { !known.contains($0) }) {
        throw ArchiveFailure.failed(
          "\(table.rawValue) have no column \(column). They have: \(known.joined(separator: ", "))."
        )
      }
    }
    // Without a selection nothing is left out, nobody who is no customer either.
    let condition =
      selection.isEmpty ? Condition() : try self.condition(selection, table, archive)
    var names = columns ?? ["*"]
    if table == .messages {
      // SQLite takes a fifth of the time to write times; numbers are written here.
      names = (try columns ?? archive.columns(of: table.view)).map {
        $0 == MessageClock.column ? "sent_at_ms AS \($0)" : $0
      }
    }
    try archive.forEachRow(
      "SELECT \(names.joined(separator: ", ")) FROM \(table.view) \(condition.sql) \(table.order)",
      condition.arguments, header: header, body)
  }

  /// Writes a table as JSON Lines to an open file descriptor.
  ///
  /// - Throws: `ArchiveFailure`, or `OutputError`.
  public func listJSON(_ table: ArchiveTable, to descriptor: Int32) throws {
    try writeJSON("SELECT * FROM \(table.view) \(table.order)", [], prefix: nil, to: descriptor)
  }

  /// The rows of a table as text, for people.
  ///
  /// - Returns: The names of the columns, and the rows; nil stands for NULL.
  /// - Throws: `ArchiveFailure`.
  public func list(
    _ table: ArchiveTable, columns: [String]
  ) throws -> [[String?]] {
    // What the user rejected is no order.
    let wanted = table == .orders ? "WHERE review <> 'rejected'" : ""
    return try reading().rows(
      "SELECT \(columns.joined(separator: ", ")) FROM \(table.view) \(wanted) ORDER BY id"
    )
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

  func writeJSON(
    _ sql: String, _ arguments: [Cell], prefix: String?, to descriptor: Int32
  ) throws {
    var output = ByteOutput(descriptor: descriptor)
    try reading().forEachJSONLine(sql, arguments, prefix: prefix) { line in
      output.write(line)
      output.write(0x0A)
      try output.flushIfFull()
    }
    try output.flush()
  }
}

extension SocialArchive {
  /// True if an error says that the reader of the output has gone away.
  public static func isClosedPipe(_ error: any Error) -> Bool {
    (error as? OutputError)?.isClosedPipe ?? false
  }
}
