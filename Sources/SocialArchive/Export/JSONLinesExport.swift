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
    var selected: ArchiveTable?
  }

  static let sections = [
    Section(name: "setting", table: "setting", order: "key"),
    Section(
      name: "import", table: "import",
      columns: "id, started_at, finished_at, state, tool_version, manifest"),
    Section(name: "file", table: "files"),
    Section(name: "customer", table: "customers", selected: .customers),
    Section(name: "profile", table: "profiles"),
    Section(name: "contact_point", table: "contact_points", selected: .contactPoints),
    Section(name: "conversation", table: "conversations", selected: .conversations),
    Section(name: "message", table: "messages", selected: .messages),
    Section(name: "attachment", table: "attachments"),
    Section(name: "reaction", table: "reactions", order: "message_uid, profile_id, actor"),
    Section(name: "sighting", table: "sightings", order: "message_uid, file_id, locator"),
    Section(name: "order", table: "orders", selected: .orders),
    Section(
      name: "order_line", table: "order_lines", order: "order_id, position", selected: .orderLines),
    Section(name: "record", table: "records"),
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
  /// - Returns: The number of lines.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportJSONLines(_ selection: ExportSelection, to target: ExportTarget) throws -> Int {
    var output = ByteOutput(descriptor: try target.next())
    let count = try writeLines(selection, try snapshot(), to: &output)
    try output.flush()
    return count
  }

  /// The same into an open output.
  func writeLines(
    _ selection: ExportSelection, _ archive: ArchiveDatabase, to output: inout ByteOutput
  ) throws -> Int {
    var lines = 0
    func write(_ line: [UInt8]) throws {
      output.write(line)
      output.write(0x0A)
      lines += 1
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
      guard selection.isEmpty || section.selected != nil else { continue }
      let condition =
        selection.isEmpty
        ? Condition() : try section.selected.map { try self.condition(selection, $0, archive) }
      try archive.forEachJSONLine(
        "SELECT \(section.columns) FROM \(section.table) \(condition?.sql ?? "") ORDER BY \(section.order)",
        condition?.arguments ?? [], prefix: section.name,
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
