import Foundation

/// What a target program reads: columns, formats, limits, and how that is known.
package struct Preset: Decodable, Sendable {
  /// One file that the target takes.
  package struct Table: Decodable, Sendable {
    /// What makes a row, where the table is one of orders.
    package enum Rows: String, Decodable, Sendable { case order, line }

    package let rows: Rows?
    /// More rows go into further files; nil for any number.
    package let maxRows: Int?
    /// The header by which the target knows a row again.
    package let key: String?
    /// Of each of these lists of headers one at least must have a value.
    package let needs: [[String]]?
    /// In a table of lines the name of a further line with the delivery fee; nil for none.
    package let feeItem: String?
    package let columns: [Column]

    enum CodingKeys: String, CodingKey, CaseIterable {
      case rows, maxRows, key, needs, feeItem, columns
    }
  }

  package struct Column: Decodable, Sendable {
    package let header: String
    /// The name of a field; nil for a constant.
    package let source: String?
    package let value: String?
    package let format: String?
    /// In bytes of UTF-8.
    package let maxBytes: Int?
    package let maxCharacters: Int?
    /// The target's words for ours.
    package let map: [String: String]?
    /// Empty on all but the first row of an order.
    package let firstOnly: Bool?
    /// False if no page of the target was read that has this header.
    package let verified: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case header, source, value, format, maxBytes, maxCharacters, map, firstOnly, verified
    }
  }

  /// The word by which users ask for it.
  package let name: String
  package let title: String
  /// Where to import the file, and what to choose there.
  package let about: String
  /// The page that it was taken from; empty if none is known.
  package let page: String
  /// The day on which that was read, `2026-11-21`.
  package let read: String
  package let verified: Bool
  /// What is not verified, a sentence each.
  package let unverified: [String]
  /// True if whoever wants no messages is left out.
  package let isMarketing: Bool
  package let separator: String?
  package let byteOrderMark: Bool?
  /// Characters that the target forbids, and what stands for them.
  package let replaced: [String: String]?
  package let tables: [String: Table]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, title, about, page, read, verified, unverified, isMarketing, separator
    case byteOrderMark, replaced, tables
  }

  package var dialect: CSVDialect {
    var dialect = CSVDialect()
    dialect.separator = separator?.utf8.first ?? UInt8(ascii: ",")
    dialect.hasByteOrderMark = byteOrderMark ?? false
    return dialect
  }
}

/// A preset that cannot be used, and why.
package struct PresetProblem: Error, CustomStringConvertible {
  package let description: String
}

/// The presets that come with the program, and those of users.
package enum PresetShelf {
  /// The presets that come with the program, by name.
  ///
  /// - Throws: `PresetProblem`.
  package static func all() throws -> [Preset] {
    let folder = Bundle.module.url(forResource: "Files", withExtension: nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder?.path ?? "")
    return try files.filter { $0.hasSuffix(".json") }.sorted().map {
      try read((folder?.path ?? "") + "/" + $0)
    }
  }

  /// The file of a preset that comes with the program, as a beginning for one's own; nil if there is
  /// none of this name.
  package static func text(_ name: String) -> String? {
    guard let folder = Bundle.module.url(forResource: "Files", withExtension: nil),
      name.allSatisfy({ $0.isLetter || $0 == "-" }),
      let data = FileManager.default.contents(atPath: "\(folder.path)/\(name).json")
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// The preset of a name, or of a user's file: what ends in `.json` or has a slash is one.
  ///
  /// - Throws: `PresetProblem` if there is none, or it is not in order.
  package static func preset(_ name: String) throws -> Preset {
    if name.contains("/") || name.hasSuffix(".json") { return try read(name) }
    let presets = try all()
    guard let preset = presets.first(where: { $0.name == name }) else {
      throw PresetProblem(
        description:
          "there is no preset \(name). There are: plain, spreadsheet, \(presets.map(\.name).joined(separator: ", ")); or name a file of your own."
      )
    }
    return preset
  }

  private static func read(_ path: String) throws -> Preset {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PresetProblem(description: "\(path) cannot be read.")
    }
    do {
      let preset = try JSONDecoder().decode(Preset.self, from: data)
      try PresetKeys.check(data)
      try preset.check()
      return preset
    } catch let error as DecodingError {
      throw PresetProblem(description: "\(path) is no preset: \(PresetShelf.reason(error))")
    } catch let problem as PresetProblem {
      throw PresetProblem(description: "\(path): \(problem.description)")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context)) has no \(key.stringValue)."
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)) is of another kind."
    case .dataCorrupted(let context):
      "\(place(context)) cannot be read. \(context.debugDescription)"
    @unknown default: "it cannot be read."
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "the file" : path
  }
}

extension Preset {
  /// - Throws: `PresetProblem` if a column asks for what there is not.
  fileprivate func check() throws {
    func fail(_ text: String) -> PresetProblem { PresetProblem(description: text) }
    if let separator, ![",", ";", "\t"].contains(separator) {
      throw fail("a separator is a comma, a semicolon or a tab.")
    }
    for (name, table) in tables {
      guard let fields = PresetFields.names(name, table.rows) else {
        throw fail("there is no table \(name); there are customers, orders and notes.")
      }
      let headers = Set(table.columns.map(\.header))
      for header in (table.needs ?? []).joined() where !headers.contains(header) {
        throw fail("\(name) needs \(header), which is no column.")
      }
      for column in table.columns {
        guard (column.source == nil) != (column.value == nil) else {
          throw fail("the column \(column.header) has a source or a value, one of both.")
        }
        if let source = column.source, !fields.contains(source) {
          throw fail("the column \(column.header) asks for \(source), which \(name) do not have.")
        }
        if let format = column.format, ValueFormat(format) == nil {
          throw fail("the column \(column.header) has the format \(format), which there is not.")
        }
      }
    }
  }
}

/// The names under which presets find what is known.
package enum PresetFields {
  package static let customer: Set<String> = [
    "id", "name", "first_name", "last_name", "aliases", "phone", "phone_2", "phone_3", "phones",
    "phone_national", "phone_country", "phone_calling_code", "whatsapp", "email", "email_2",
    "email_3", "emails", "emails_rest", "instagram", "facebook", "address", "country", "platforms",
    "tags", "notes", "kind", "consent", "first_contact", "last_contact", "message_count",
    "order_count", "spent", "summary", "notes_and_summary",
  ]
  private static let order: Set<String> = [
    "order_id", "order_number", "order_title", "order_status", "order_placed", "order_total",
    "order_currency", "order_fee", "order_address", "order_phone", "order_items", "order_source",
    "order_review", "order_reason",
  ]
  private static let line: Set<String> = [
    "item", "quantity", "unit", "unit_price", "line_total", "line_number", "line_id",
  ]
  private static let note: Set<String> = ["note_text", "note_date", "note_title"]

  /// The fields of a table; nil if there is no such table.
  static func names(_ table: String, _ rows: Preset.Table.Rows?) -> Set<String>? {
    switch table {
    case "customers": customer
    case "orders": customer.union(order).union(rows == .line ? line : [])
    case "notes": customer.union(note)
    default: nil
    }
  }
}
