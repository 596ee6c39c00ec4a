import Foundation

/// The keys of a preset's file: a word that is none of them is a slip of the pen, which would do nothing.
enum PresetKeys {
  private static let file: Set<String> = [
    "name", "title", "about", "page", "read", "verified", "unverified", "isMarketing", "separator",
    "byteOrderMark", "replaced", "tables",
  ]
  private static let table: Set<String> = ["rows", "maxRows", "key", "needs", "feeItem", "columns"]
  private static let column: Set<String> = [
    "header", "source", "value", "format", "maxBytes", "maxCharacters", "map", "firstOnly",
    "verified",
  ]

  /// - Throws: `PresetProblem` if there is a key that means nothing.
  static func check(_ data: Data) throws {
    let object = try JSONSerialization.jsonObject(with: data)
    try check(object, file, "the file")
    let tables = (object as? [String: Any])?["tables"] as? [String: Any] ?? [:]
    for (name, value) in tables.sorted(by: { $0.key < $1.key }) {
      try check(value, table, "the table \(name)")
      let columns = (value as? [String: Any])?["columns"] as? [[String: Any]] ?? []
      for one in columns {
        try check(one, column, "the column \(one["header"] as? String ?? "")")
      }
    }
  }

  private static func check(_ value: Any, _ known: Set<String>, _ place: String) throws {
    guard let keys = (value as? [String: Any])?.keys,
      let key = keys.sorted().first(where: { !known.contains($0) })
    else { return }
    throw PresetProblem(
      description:
        "\(place) has the key \(key), which means nothing. There are: \(known.sorted().joined(separator: ", "))."
    )
  }
}
