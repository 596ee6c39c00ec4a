import ArgumentParser
import SocialArchive

/// `archive export xlsx`
struct ExportWorkbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xlsx",
    abstract: "Writes customers, orders and messages as an Excel workbook.",
    discussion: """
      Phones and ids are text, times are those of the archive's zone, sheets in Arabic or Hebrew run from
      right to left. What one cell or one sheet cannot hold goes on in the next.

      EXAMPLES
        archive export xlsx --output shop.xlsx
        archive export xlsx --customer "Rania Haddad" --output rania.xlsx
      """)

  @OptionGroup var target: TargetOptions

  @OptionGroup var which: SelectionOptions

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if target.output == nil || target.output == "-" {
      throw ValidationError("say --output FILE: a workbook is no text.")
    }
  }

  func run() throws {
    let files = try ExportTarget(target.output, replaces: target.force)
    let result = try archive.opened.exportWorkbook(which.selection, to: files)
    try files.finish()
    let sheets = result.sheets.map { "\($0.rows) \($0.name)" }.joined(separator: ", ")
    Talk.say("\(sheets) in \(VisibleText.line(files.names[0]))")
    if result.continued > 0 {
      Talk.say("\(result.continued) rows go on where a text is longer than a cell.")
    }
    if result.full > 0 { Talk.say("\(result.full) sheets were full and go on in further ones.") }
  }
}

/// `archive export vcard`
struct ExportVCardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vcard",
    abstract: "Writes customers as cards for phones and address books.",
    discussion: """
      EXAMPLES
        archive export vcard --has-phone --output customers.vcf
        archive export vcard --version 4.0 --each --output cards
      """)

  @Option(help: "3.0, which most phones read, or 4.0.")
  var version = "3.0"

  @Flag(help: "A file for each customer, in the folder --output.")
  var each = false

  @OptionGroup var target: TargetOptions

  @OptionGroup var which: SelectionOptions

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    guard SocialArchive.vCardVersions.contains(version) else {
      throw ValidationError(
        "a version is \(SocialArchive.vCardVersions.joined(separator: " or ")).")
    }
    if each, target.output == nil || target.output == "-" {
      throw ValidationError("say --output FOLDER for a file each.")
    }
  }

  func run() throws {
    if each, let folder = target.output {
      let count = try archive.opened.exportVCards(
        which.selection, version: version, toFolder: folder, replaces: target.force)
      return Talk.say("\(count) cards in \(VisibleText.line(folder))")
    }
    let files = try ExportTarget(target.output, replaces: target.force)
    let count = try archive.opened.exportVCards(which.selection, version: version, to: files)
    try files.finish()
    Talk.say("\(count) cards" + (files.names.first.map { " in \(VisibleText.line($0))" } ?? ""))
  }
}
