import ArchiveExport

/// Writes fitted rows into as many files as the target wants, and beside them what did not fit.
final class PresetWriter {
  private let preset: Preset
  private let fitter: RowFitter
  private let target: ExportTarget
  private let dialect: CSVDialect
  private var output: ByteOutput
  private var report: ByteOutput?
  private var rowsInFile = 0
  private var result = PresetResult()
  /// A field that no column has: what a stated total has other than the lines.
  static let difference = "order_difference"

  init(_ preset: Preset, _ fitter: RowFitter, _ target: ExportTarget) throws {
    self.preset = preset
    self.fitter = fitter
    self.target = target
    dialect = preset.dialect
    output = ByteOutput(descriptor: try target.next())
    result.about = preset.about
    result.unverified = preset.unverified
    begin()
  }

  private func begin() {
    dialect.begin(&output)
    dialect.line(fitter.headers, to: &output)
    rowsInFile = 0
  }

  /// Writes what belongs together: it stands in one file.
  func write(
    _ rows: [[String: FieldValue]], of customer: CustomerFields.Customer?
  ) throws {
    if preset.isMarketing, let customer {
      if customer.consent == "opted-out" {
        result.optedOut += 1
        return try tell(
          RowFitter.Note(column: "", what: "left out", detail: "wants no messages"), customer)
      }
      if customer.consent == "unknown" { result.unknownConsent += 1 }
    }
    if fitter.rows == .line, let text = rows.first?[PresetWriter.difference]?.texts.first {
      try tell(RowFitter.Note(column: "", what: "total differs", detail: text), customer)
    }
    var cells: [[String]] = []
    for (number, row) in rows.enumerated() {
      let fitted = fitter.fit(row, isFirst: number == 0)
      for note in fitted.notes { try tell(note, customer) }
      guard let row = fitted.cells else { return }
      cells.append(row)
    }
    if let most = fitter.maxRows, rowsInFile > 0, rowsInFile + cells.count > most, target.canSplit {
      try output.flush()
      output = ByteOutput(descriptor: try target.next())
      result.files += 1
      begin()
    }
    for row in cells {
      result.formulas += row.count(where: FormulaGuard.isRun)
      dialect.line(row, to: &output)
    }
    rowsInFile += cells.count
    result.rows += cells.count
    try output.flushIfFull()
  }

  private func tell(_ note: RowFitter.Note, _ customer: CustomerFields.Customer?) throws {
    result.notes[note.what, default: 0] += 1
    if report == nil, let descriptor = try target.report() {
      var first = ByteOutput(descriptor: descriptor)
      CSVDialect.people.begin(&first)
      report = consume first
      report?.writeLine(["customer_id", "customer", "what", "column", "detail"])
    }
    let id = customer.map { String($0.id) } ?? ""
    report?.writeLine([id, customer?.name ?? "", note.what, note.column, note.detail])
    try report?.flushIfFull()
  }

  /// Writes out all that is waiting.
  func finish() throws -> PresetResult {
    try output.flush()
    try report?.flush()
    return result
  }
}

extension ByteOutput {
  fileprivate mutating func writeLine(_ fields: [String]) {
    CSVDialect.people.line(fields, to: &self)
  }
}
