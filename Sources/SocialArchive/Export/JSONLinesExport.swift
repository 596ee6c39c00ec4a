import ArchiveExport
import ArchiveStore
import Foundation

/// All that an archive holds, as JSON Lines: the kinds of lines, and the rows behind them.
enum JSONLinesExport {
  /// The version of the lines' form; it grows when a key changes its meaning or goes away.
  static let schemaVersion: Int64 = 1
  /// The name of the lines in a folder, and that of what describes them.
  static let linesName = "archive.jsonl"
  static let schemaName = "schema.json"
  /// What an export of this kind calls itself in its mark.
  static let format = "archive-jsonl"

  /// A kind of line.
  struct Section {
    let name: String
    /// The view or table; its columns are the keys.
    let table: String
    var columns = "*"
    var order = "id"
    /// What of it a selection means; nil for what is written in a whole export only.
    var selected: Choice?
  }

  /// Which rows of a section a selection means.
  enum Choice {
    /// Those that it means of a table.
    case rows(ArchiveTable)
    /// Those for which this is true of what it means of other tables, each written as `{table}`.
    case belonging(String, [ArchiveTable])
  }

  private static let ofMessages = Choice.belonging(
    "message_uid IN (SELECT uid FROM messages {messages})", [.messages])

  static let sections = [
    Section(name: "setting", table: "setting", order: "key"),
    Section(
      name: "import", table: "import",
      columns: "id, started_at, finished_at, state, tool_version, manifest"),
    Section(
      name: "file", table: "files",
      selected: .belonging(
        """
        id IN (SELECT file_id FROM sightings WHERE message_uid IN (SELECT uid FROM messages {messages}))
        """, [.messages])),
    Section(name: "customer", table: "customers", selected: .rows(.customers)),
    Section(
      name: "profile", table: "profiles",
      selected: .belonging(
        """
        id IN (SELECT sender_profile_id FROM messages {messages})
          OR customer_id IN (SELECT id FROM customers {customers})
        """, [.messages, .customers])),
    Section(
      name: "contact_point", table: "contact_points",
      selected: .belonging(
        "customer_id IN (SELECT id FROM customers {customers})", [.customers])),
    Section(name: "conversation", table: "conversations", selected: .rows(.conversations)),
    Section(name: "message", table: "messages", selected: .rows(.messages)),
    Section(name: "attachment", table: "attachments", selected: ofMessages),
    Section(
      name: "reaction", table: "reactions", order: "message_uid, profile_id, actor",
      selected: ofMessages),
    Section(
      name: "sighting", table: "sightings", order: "message_uid, file_id, locator",
      selected: ofMessages),
    Section(name: "order", table: "orders", selected: .rows(.orders)),
    Section(
      name: "order_line", table: "order_lines", order: "order_id, position",
      selected: .rows(.orderLines)),
    Section(name: "record", table: "records", selected: .rows(.records)),
  ]

  /// Settings that the program keeps for itself.
  static let ownSettings: Set<String> = ["folding"]

  /// Columns whose values are whole numbers; all others are texts or lists of texts.
  private static let numbers: Set<String> = [
    "id", "bytes", "position", "is_owner", "is_edited", "is_deleted", "sent_at_ms", "import_id",
    "download", "file_id", "records_read", "records_skipped",
  ]

  /// What a line of each kind looks like: JSON Schema, 2020-12.
  static func schema(_ archive: ArchiveDatabase) throws -> String {
    var kinds: [String] = [
      object(
        "archive",
        ["schema_version": "integer", "tool": "string", "made_at": "string", "is_whole": "boolean"]),
      object("decision", ["decision": "object"]), object("end", ["lines": "integer"]),
    ]
    for section in sections {
      let names =
        section.columns == "*"
        ? try archive.columns(of: section.table)
        : section.columns.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      kinds.append(
        object(section.name, Dictionary(uniqueKeysWithValues: names.map { ($0, type($0)) })))
    }
    var text = JSONText()
    text.add("$schema", "https://json-schema.org/draft/2020-12/schema")
    text.add("title", "A line of an archive")
    text.add("version", schemaVersion)
    text.add("oneOf", json: JSONText.list(kinds))
    return text.text + "\n"
  }

  private static func type(_ column: String) -> String {
    if ShownValue.lists.contains(column) { return "array" }
    let isNumber = numbers.contains(column) || column.hasSuffix("_count") || column.hasSuffix("_id")
    return isNumber ? "integer" : "string"
  }

  private static func object(_ name: String, _ columns: [String: String]) -> String {
    var properties = JSONText()
    properties.add("is", json: "{\"const\":\"\(name)\"}")
    for (column, type) in columns.sorted(by: { $0.key < $1.key }) {
      let list = type == "array" ? ",\"items\":{\"type\":\"string\"}" : ""
      properties.add(column, json: "{\"type\":[\"\(type)\",\"null\"]\(list)}")
    }
    var text = JSONText()
    text.add("type", "object")
    text.add("properties", json: properties.text)
    let required = ["is"] + columns.keys.sorted()
    text.add("required", json: JSONText.list(required.map(JSONText.string)))
    text.add("additionalProperties", false)
    return text.text
  }
}

extension SocialArchive {
  /// Writes all that the archive holds, or what a selection means of it, as JSON Lines.
  ///
  /// The first line names the form, the last one the number of lines: without it the file is not whole.
  ///
  /// - Parameters:
  ///   - selection: What of it; records, which belong to nobody, are left out where it is about customers.
  ///   - target: Where to; its file is not finished yet.
  ///   - progress: Called now and then with the number of lines written.
  /// - Returns: The number of lines.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportJSONLines(
    _ selection: ExportSelection, to target: ExportTarget, progress: (Int) -> Void = { _ in }
  ) throws -> Int {
    var output = ByteOutput(descriptor: try target.next())
    let count = try writeLines(selection, try snapshot(), to: &output, progress)
    try output.flush()
    return count
  }

  /// The same into an open output.
  func writeLines(
    _ selection: ExportSelection, _ archive: ArchiveDatabase, to output: inout ByteOutput,
    _ progress: (Int) -> Void
  ) throws -> Int {
    var lines = 0
    func write(_ line: [UInt8]) throws {
      output.write(line)
      output.write(0x0A)
      lines += 1
      if lines % 10_000 == 0 { progress(lines) }
      try output.flushIfFull()
    }
    var head = JSONText()
    head.add("is", "archive")
    head.add("schema_version", JSONLinesExport.schemaVersion)
    head.add("tool", "archive \(SocialArchive.version)")
    head.add("made_at", SocialArchive.now())
    head.add("is_whole", selection.isEmpty)
    try write(head.finished)
    for section in JSONLinesExport.sections {
      guard let condition = try condition(selection, section, archive) else { continue }
      try archive.forEachJSONLine(
        "SELECT \(section.columns) FROM \(section.table) \(condition.sql) ORDER BY \(section.order)",
        condition.arguments, prefix: section.name,
        where: { section.name != "setting" || !JSONLinesExport.ownSettings.contains($0) }, write)
    }
    if selection.isEmpty {
      for decision in try archive.decisionLines() {
        var line = JSONText()
        line.add("is", "decision")
        line.add("decision", json: decision)
        try write(line.finished)
      }
    }
    var end = JSONText()
    end.add("is", "end")
    end.add("lines", Int64(lines + 1))
    try write(end.finished)
    return lines
  }

  /// Which rows of a section a selection means; nil for none.
  private func condition(
    _ selection: ExportSelection, _ section: JSONLinesExport.Section, _ archive: ArchiveDatabase
  ) throws -> Condition? {
    if selection.isEmpty { return Condition() }
    switch section.selected {
    case nil: return nil
    case .rows(.records) where selection.isAboutCustomers: return nil
    case .rows(let table): return try condition(selection, table, archive)
    case .belonging(var sql, let tables):
      var arguments: [Cell] = []
      for table in tables {
        let part = try condition(selection, table, archive)
        sql = sql.replacingOccurrences(of: "{\(table.rawValue)}", with: part.sql)
        arguments += part.arguments
      }
      var condition = Condition()
      condition.add(sql, arguments)
      return condition
    }
  }
}

extension ArchiveDatabase {
  /// Hands out rows as JSON objects, the kind first.
  ///
  /// - Parameters:
  ///   - sql: A query.
  ///   - arguments: Values for its `?`.
  ///   - prefix: The kind; nil for none.
  ///   - isWanted: Gets the first column of each row as text.
  ///   - body: Gets the bytes of each line, without its end.
  /// - Throws: What SQLite reports, or `body` throws.
  func forEachJSONLine(
    _ sql: String, _ arguments: [Cell], prefix: String?,
    where isWanted: (String) -> Bool = { _ in true }, _ body: ([UInt8]) throws -> Void
  ) throws {
    var names: [String] = []
    try forEachRow(
      sql, arguments, header: { names = $0 },
      { row in
        guard isWanted(row.cell(0).text ?? "") else { return true }
        var line = JSONText()
        if let prefix { line.add("is", prefix) }
        for (index, name) in names.enumerated() {
          switch row.cell(index) {
          case .null: line.add(name, nil as String?)
          case .integer(let value): line.add(name, value)
          case .text(let value) where ShownValue.lists.contains(name):
            line.add(name, json: JSONText.list(StoredList.values(value).map(JSONText.string)))
          case .text(let value): line.add(name, value)
          }
        }
        try body(line.finished)
        return true
      })
  }
}
