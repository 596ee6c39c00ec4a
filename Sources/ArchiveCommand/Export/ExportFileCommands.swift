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
    try target.refuseInside(archive)
    let files = try ExportTarget(target.output, replaces: target.force)
    let line = CountLine()
    defer { line.finish() }
    let result = try archive.opened.exportWorkbook(
      which.selection, to: files, progress: line.show)
    try files.finish()
    line.finish()
    if archive.json { return target.say(json: result.json(files.names)) }
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
    try target.refuseInside(archive)
    if each, let folder = target.output {
      let count = try archive.opened.exportVCards(
        which.selection, version: version, toFolder: folder, replaces: target.force)
      if archive.json { return target.say(json: SocialArchive.json(cards: count, [folder])) }
      return Talk.say("\(count) cards in \(VisibleText.line(folder))")
    }
    let files = try ExportTarget(target.output, replaces: target.force)
    let count = try archive.opened.exportVCards(which.selection, version: version, to: files)
    try files.finish()
    if archive.json { return target.say(json: SocialArchive.json(cards: count, files.names)) }
    Talk.say("\(count) cards" + (files.names.first.map { " in \(VisibleText.line($0))" } ?? ""))
  }
}

/// `archive export html`
struct ExportSiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "html",
    abstract:
      "Writes customers and conversations as pages that any browser opens, also in twenty years.",
    discussion: """
      A folder of plain pages with the photos and voice messages beside them: no script, nothing from outside.
      Begin with index.html.

      EXAMPLES
        archive export html --output shop
        archive export html --customer "Rania Haddad" --output rania
      """)

  @OptionGroup var target: TargetOptions

  @OptionGroup var which: SelectionOptions

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if target.output == nil || target.output == "-" {
      throw ValidationError("say --output FOLDER: a site is a folder.")
    }
  }

  func run() throws {
    try target.refuseInside(archive)
    let line = CountLine()
    defer { line.finish() }
    let result = try archive.opened.exportSite(
      which.selection, to: target.output ?? "", replaces: target.force, progress: line.show)
    line.finish()
    if archive.json { return target.say(json: result.json([target.output ?? ""])) }
    Talk.say(
      "\(result.customers) customers, \(result.conversations) conversations, \(result.messages) messages, "
        + "\(result.files) files in \(VisibleText.line(target.output ?? ""))")
  }
}

/// `archive export jsonl`
struct ExportLinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonl",
    abstract: "Writes all that the archive holds as JSON Lines, for other programs.",
    discussion: """
      Each line says what it is: {"is":"message",…}. The first names the form's version, the last the number of
      lines: without it the file is not whole. --output FOLDER has the lines, schema.json, which describes them, and a
      record that all is there; with --with-originals also the imported files: `archive import FOLDER` then makes an
      equal archive.

      EXAMPLES
        archive export jsonl > archive.jsonl
        archive export jsonl --with-originals --output copy
        archive export jsonl --customer "Rania Haddad" --output rania
      """)

  @Flag(name: .customLong("with-originals"), help: "Also the files that were imported.")
  var withOriginals = false

  @OptionGroup var target: TargetOptions

  @OptionGroup var which: SelectionOptions

  @OptionGroup var archive: ArchiveOptions

  private var folder: String? { target.output == "-" ? nil : target.output }

  func validate() throws {
    if withOriginals, folder == nil {
      throw ValidationError("--with-originals needs --output FOLDER.")
    }
    if withOriginals, !which.selection.isEmpty {
      throw ValidationError(
        "originals hold everything: export them without a choice of customers or days.")
    }
  }

  func run() throws {
    try target.refuseInside(archive)
    let line = CountLine()
    defer { line.finish() }
    guard let folder else {
      let files = try ExportTarget(nil, replaces: false)
      let result = FolderResult(
        lines: try archive.opened.exportJSONLines(
          which.selection, to: files, progress: line.show))
      line.finish()
      return archive.json ? target.say(json: result.json([])) : Talk.say("\(result.lines) lines")
    }
    let result = try archive.opened.exportFolder(
      which.selection, withOriginals: withOriginals, to: folder, replaces: target.force,
      progress: line.show)
    line.finish()
    try FolderText.say(result, target, archive)
  }
}

/// `archive export bag`
struct ExportBagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bag",
    abstract: "Writes all that the archive holds as a bag (BagIt, RFC 8493), to keep for ever.",
    discussion: """
      Lines, tables as CSV and the originals, each with its hash: `sha256sum -c manifest-sha256.txt` checks them in
      any year, and `archive import FOLDER` makes an equal archive.

      EXAMPLES
        archive export bag --output shop-2024
      """)

  @OptionGroup var target: TargetOptions

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if target.output == nil || target.output == "-" {
      throw ValidationError("say --output FOLDER: a bag is a folder.")
    }
  }

  func run() throws {
    try target.refuseInside(archive)
    let line = CountLine()
    defer { line.finish() }
    let result = try archive.opened.exportBag(
      to: target.output ?? "", replaces: target.force, progress: line.show)
    line.finish()
    try FolderText.say(result, target, archive)
  }
}

/// What came of writing a folder.
private enum FolderText {
  static func say(
    _ result: FolderResult, _ target: TargetOptions, _ archive: ArchiveOptions
  ) throws {
    let folder = target.output ?? ""
    if archive.json {
      target.say(json: result.json([folder]))
    } else {
      let originals = result.originals > 0 ? " and \(result.originals) originals" : ""
      Talk.say("\(result.lines) lines\(originals) in \(VisibleText.line(folder))")
      for hash in result.damaged {
        Talk.say("The original \(hash) is missing or has changed. See: archive verify")
      }
    }
    if !result.damaged.isEmpty { throw ExitCode(ExitStatus.partly) }
  }
}
