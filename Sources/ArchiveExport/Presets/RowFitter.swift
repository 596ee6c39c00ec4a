/// Fits what is known into the columns of a target, and says what did not fit.
package struct RowFitter {
  /// What became of a value on its way.
  package struct Note: Sendable, Equatable {
    package let column: String
    /// `cut`, `replaced`, `no column` or `left out`.
    package let what: String
    /// What is not there any more, or why.
    package let detail: String

    package init(column: String, what: String, detail: String) {
      self.column = column
      self.what = what
      self.detail = detail
    }
  }

  private let preset: Preset
  private let table: Preset.Table
  private let formats: [ValueFormat?]
  /// Sources of which a target without a column loses something that no other column has.
  private let homeless: [String]

  /// - Parameters:
  ///   - preset: The target.
  ///   - name: Which of its tables; nil if it has none of that name.
  package init?(_ preset: Preset, _ name: String) {
    guard let table = preset.tables[name] else { return nil }
    self.preset = preset
    self.table = table
    formats = table.columns.map { $0.format.flatMap(ValueFormat.init) }
    let sources = Set(table.columns.compactMap(\.source))
    homeless =
      name != "customers"
      ? []
      : ["phone_2", "phone_3", "email_2", "email_3", "address", "notes", "tags"].filter {
        guard !sources.contains($0) else { return false }
        if $0.hasPrefix("phone") { return !sources.contains("phones") }
        if $0.hasPrefix("email") {
          return !sources.contains("emails") && !sources.contains("emails_rest")
        }
        return true
      }
  }

  package var headers: [String] { table.columns.map(\.header) }
  package var rows: Preset.Table.Rows { table.rows ?? .order }
  package var feeItem: String? { table.feeItem }
  package var maxRows: Int? { table.maxRows }

  /// One row.
  ///
  /// - Parameters:
  ///   - fields: What is known, by the names of `PresetFields`.
  ///   - isFirst: False for further rows of an order.
  /// - Returns: The cells, nil if the target cannot take the row; and what did not fit.
  package func fit(
    _ fields: [String: FieldValue], isFirst: Bool = true
  ) -> (cells: [String]?, notes: [Note]) {
    var notes: [Note] = []
    var filled: Set<String> = []
    var cells: [String] = []
    cells.reserveCapacity(table.columns.count)
    for (place, column) in table.columns.enumerated() {
      if !isFirst, column.firstOnly == true {
        cells.append("")
        continue
      }
      let text = cell(column, formats[place], fields, &notes)
      if !text.isEmpty { filled.insert(column.header) }
      cells.append(text)
    }
    if isFirst {
      for need in table.needs ?? [] where filled.isDisjoint(with: need) {
        let detail = "it has no \(need.joined(separator: ", no "))"
        return (nil, [Note(column: need[0], what: "left out", detail: detail)])
      }
      for source in homeless {
        guard let value = fields[source], !value.isEmpty else { continue }
        notes.append(
          Note(column: source, what: "no column", detail: value.texts.joined(separator: ", ")))
      }
    }
    return (cells, notes)
  }

  private func cell(
    _ column: Preset.Column, _ format: ValueFormat?, _ fields: [String: FieldValue],
    _ notes: inout [Note]
  ) -> String {
    guard let source = column.source else { return column.value ?? "" }
    var value = fields[source] ?? .none
    if let map = column.map { value = .list(value.texts.map { map[$0] ?? $0 }) }
    var text = format?.text(value) ?? value.texts.joined(separator: ", ")
    if let replaced = preset.replaced, text.contains(where: { replaced[String($0)] != nil }) {
      notes.append(Note(column: column.header, what: "replaced", detail: text))
      text = text.map { replaced[String($0)] ?? String($0) }.joined()
    }
    let short = RowFitter.cut(text, column)
    if short.utf8.count < text.utf8.count {
      notes.append(
        Note(
          column: column.header, what: "cut", detail: String(text.dropFirst(short.count))))
    }
    return short
  }

  /// A text cut to a column's limit, between characters as people see them.
  private static func cut(_ text: String, _ column: Preset.Column) -> String {
    var text = text
    if let most = column.maxCharacters, text.count > most { text = String(text.prefix(most)) }
    guard let most = column.maxBytes, text.utf8.count > most else { return text }
    var bytes = 0
    var end = text.startIndex
    for index in text.indices {
      let size = text[index].utf8.count
      if bytes + size > most { break }
      bytes += size
      end = text.index(after: index)
    }
    return String(text[..<end])
  }
}
