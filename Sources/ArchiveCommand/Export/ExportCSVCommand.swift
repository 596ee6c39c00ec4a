import ArgumentParser
import Foundation
import SocialArchive

/// `archive export csv [TABLE]`
struct ExportCSVCommand: ParsableCommand {
  /// What can be written.
  enum Table: String, ExpressibleByArgument, CaseIterable {
    case customers, orders, conversations, messages, records, notes
    case orderLines = "order-lines"
    case contactPoints = "contact-points"
  }

  static let configuration = CommandConfiguration(
    commandName: "csv",
    abstract: "Writes a table as CSV, for any program or for one whose columns are known.",
    discussion: """
      TABLE: customers, orders, order-lines, conversations, messages, contact-points or records; customers if
      not said. CSV is RFC 4180 in UTF-8, text byte for byte.

      --for spreadsheet is for people: what a cell would run stands behind a ', and the separator is that of
      your country. --for NAME writes what the program NAME takes: customers, orders, notes; see
      `archive export presets`. What had to be cut, replaced or left out is counted, and listed in
      FILE.report.csv.

      EXAMPLES
        archive export csv --output customers.csv
        archive export csv messages --after 2024-05 --columns sent_at,sender,text > may.csv
        archive export csv orders --for hubspot --output deals.csv
      """)

  @Argument(help: "The table.")
  var table = Table.customers

  @Option(name: .customLong("for"), help: "plain, spreadsheet, a preset, or a preset's file.")
  var preset = "plain"

  @Option(help: "The columns, with commas between them; all if not said.")
  var columns: String?

  @Option(help: "For spreadsheets: comma, semicolon or tab; by your locale if not said.")
  var separator: String?

  @Option(help: "Where to list what did not fit, if not in FILE.report.csv.", completion: .file())
  var report: String?

  @OptionGroup var target: TargetOptions

  @OptionGroup var which: SelectionOptions

  @OptionGroup var archive: ArchiveOptions

  private static let separators: [String: Character] = [
    "comma": ",", "semicolon": ";", "tab": "\t",
  ]

  private var isPreset: Bool { !["plain", "spreadsheet"].contains(preset) }

  func validate() throws {
    if let separator, ExportCSVCommand.separators[separator] == nil {
      throw ValidationError("a separator is comma, semicolon or tab.")
    }
    if separator != nil, preset != "spreadsheet" {
      throw ValidationError("--separator goes with --for spreadsheet.")
    }
    if !isPreset, report != nil {
      throw ValidationError("--report goes with a preset: in plain CSV nothing is left out.")
    }
    if isPreset, columns != nil {
      throw ValidationError("a preset has its own columns: --columns goes with plain CSV.")
    }
    if isPreset, !["customers", "orders", "notes"].contains(table.rawValue) {
      throw ValidationError("a preset takes customers, orders or notes.")
    }
    if !isPreset, table == .notes {
      throw ValidationError("notes go with a preset; the column notes of customers has them.")
    }
  }

  func run() throws {
    try target.refuseInside(archive)
    let files = try ExportTarget(target.output, replaces: target.force, reportPath: report)
    if isPreset { return try writePreset(files) }
    guard let table = ArchiveTable(rawValue: table.rawValue) else { return }
    let form =
      preset == "plain"
      ? CSVForm.plain : .spreadsheet(separator: ExportCSVCommand.separator(separator))
    let names = columns?.split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let line = CountLine()
    defer { line.finish() }
    let result = try archive.opened.exportCSV(
      table, which.selection, columns: names, form: form, to: files, progress: line.show)
    try files.finish()
    line.finish()
    if archive.json { return target.say(json: result.json(files.names)) }
    if let file = files.names.first {
      Talk.say("\(result.rows) rows of \(table.rawValue) in \(VisibleText.line(file))")
    }
    if preset == "plain" { ExportCSVCommand.warn(result.formulas) }
  }

  private func writePreset(_ files: ExportTarget) throws {
    let result = try archive.opened.exportPreset(
      table.rawValue, for: preset, which.selection, to: files)
    try files.finish()
    if archive.json { return target.say(json: result.json(files.names)) }
    let names = files.names.map(VisibleText.line)
    Talk.say(
      "\(result.rows) rows for \(VisibleText.line(preset))"
        + (names.isEmpty ? "" : " in \(names.prefix(result.files).joined(separator: ", "))"))
    for (what, count) in result.notes.sorted(by: { $0.key < $1.key }) {
      Talk.say("  \(what): \(count)")
    }
    if names.count > result.files { Talk.say("  listed in \(names[result.files])") }
    if result.optedOut > 0 { Talk.say("\(result.optedOut) want no messages and were left out.") }
    if result.unknownConsent > 0 {
      Talk.say("Of \(result.unknownConsent) it is not known whether they agreed to messages.")
    }
    ExportCSVCommand.warn(result.formulas)
    Talk.say(VisibleText.line(result.about))
    if !result.unverified.isEmpty {
      Talk.say(
        "Some of it is not verified; see: archive export presets \(VisibleText.line(preset))")
    }
  }

  private static func warn(_ formulas: Int) {
    guard formulas > 0 else { return }
    Talk.say(
      "\(formulas) cells begin with = + - or @: a spreadsheet would run them. For people: --for spreadsheet"
    )
  }

  /// The separator that a spreadsheet of this locale expects.
  private static func separator(_ word: String?) -> Character {
    if let word { return separators[word] ?? "," }
    return Locale.current.decimalSeparator == "," ? ";" : ","
  }
}
