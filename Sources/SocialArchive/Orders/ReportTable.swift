import ArchiveExport

/// A part of a report: rows under named columns.
public struct ReportTable: Sendable {
  /// The value of a column in a row.
  public enum Value: Sendable, Equatable {
    case none
    case count(Int)
    /// Text, sums as exact decimal text among it.
    case text(String)
    case list([String])

    init(_ text: String?) { self = text.map(Value.text) ?? .none }

    /// The value as one text.
    public var text: String? {
      switch self {
      case .none: nil
      case .count(let count): String(count)
      case .text(let text): text
      case .list(let texts): texts.joined(separator: ", ")
      }
    }

    fileprivate var json: String {
      switch self {
      case .none: "null"
      case .count(let count): String(count)
      case .text(let text): JSONText.string(text)
      case .list(let texts): JSONText.list(texts.map(JSONText.string))
      }
    }
  }

  /// A word by which it can be asked for.
  public let name: String
  public let columns: [String]
  public let rows: [[Value]]

  /// The rows as a list of JSON objects.
  public var json: String {
    JSONText.list(
      rows.map { row in
        var text = JSONText()
        for (column, value) in zip(columns, row) { text.add(column, json: value.json) }
        return text.text
      })
  }

  /// Tables as one JSON object, by their names.
  public static func json(_ tables: [ReportTable]) -> String {
    var text = JSONText()
    for table in tables { text.add(table.name, json: table.json) }
    return text.text
  }

  /// Writes the rows as CSV for people (UTF-8 with its mark, no cell is run) to an open file descriptor.
  ///
  /// - Throws: `OutputError` if the output cannot be written.
  public func writeCSV(to descriptor: Int32) throws {
    var output = ByteOutput(descriptor: descriptor)
    CSVDialect.people.begin(&output)
    CSVDialect.people.line(columns, to: &output)
    for row in rows { CSVDialect.people.line(row.map { $0.text ?? "" }, to: &output) }
    try output.flush()
  }
}
