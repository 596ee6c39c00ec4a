import Foundation

/// The keys of a preset's file: a word that is none of them is a slip of the pen, which would do nothing.
enum PresetKeys {
  /// - Throws: `PresetProblem` if there is a key that means nothing.
  static func check(_ data: Data) throws {
    let object = try JSONSerialization.jsonObject(with: data)
    try check(object, Preset.CodingKeys.self, "the file")
    let tables = (object as? [String: Any])?["tables"] as? [String: Any] ?? [:]
    for (name, value) in tables.sorted(by: { $0.key < $1.key }) {
      try check(value, Preset.Table.CodingKeys.self, "the table \(name)")
      let columns = (value as? [String: Any])?["columns"] as? [[String: Any]] ?? []
      for one in columns {
        try check(
          one, Preset.Column.CodingKeys.self, "the column \(one["header"] as? String ?? "")")
      }
    }
  }

  private static func check<Keys: CodingKey & CaseIterable>(
    _ value: Any, _ keys: Keys.Type, _ place: String
  ) throws {
    let known = Set(keys.allCases.map(\.stringValue))
    guard let found = (value as? [String: Any])?.keys,
      let key = found.sorted().first(where: { !known.contains($0) })
    else { return }
    throw PresetProblem(
      description:
        "\(place) has the key \(key), which means nothing. There are: \(known.sorted().joined(separator: ", "))."
    )
  }
}
