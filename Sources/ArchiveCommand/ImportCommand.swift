import ArgumentParser
import SocialArchive

/// `archive import PATH...`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes downloads into the archive: folders, zips, tars or chat texts.",
    discussion: """
      Parts of one download may be given together or one after the other, in any order; what is
      known already is not taken twice. The original files are kept.

      EXAMPLES
        archive import facebook-rania-2024-11-18-abc.zip
        archive import ~/Downloads --region JO --timezone Asia/Amman
        archive import "WhatsApp Chat with Dana.zip" --me "Rania"
        archive import shop-2024        (made by `export bag` or `export jsonl --with-originals`)
      """)

  @Argument(help: "Folders, zips, tars or files.", completion: .file())
  var paths: [String]

  @Option(help: "The business's country, two letters: how national phone numbers are read.")
  var region: String?

  @Option(help: "The zone of times without one, such as Asia/Amman.")
  var timezone: String?

  @Option(
    help: """
      How dates are written that may be read either way: day/month/year, month/day/year or
      year/month/day.
      """)
  var dateOrder: String?

  @Option(help: "A name under which you write.")
  var me: String?

  @Option(
    name: .customLong("key-file"),
    help: "The key of a phone's sealed backup: its key file, or the 64 digits. Kept nowhere.")
  var keys: [String] = []

  @Flag(help: "Say what would be imported, and change nothing.")
  var dryRun = false

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let exports = paths.filter(SocialArchive.isExport)
    guard exports.isEmpty else { return try restore(exports) }
    var options = ImportOptions()
    options.region = region
    options.timezone = timezone
    options.dateOrder = dateOrder
    options.ownerName = me
    options.keys = keys
    let line = ProgressLine()
    let receipt =
      dryRun
      ? try archive.opened.rehearseImport(paths, options: options)
      : try archive.opened.importDownloads(paths, options: options) { line.show($0) }
    line.finish()
    let text = ReceiptText(receipt, isRehearsal: dryRun)
    Talk.print(archive.json ? text.json : text.lines.joined(separator: "\n"))
    if receipt.hasWrongKey { throw ExitCode(ExitStatus.wrongKey) }
    if receipt.isPartial {
      let hasRead = (receipt.files["read"] ?? 0) > 0 || receipt.messagesRead > 0
      if !hasRead, receipt.files["attachment"] ?? 0 == 0 {
        Talk.error(
          "nothing in it could be read. A download was expected whose messages are JSON or chat text; see the files above."
        )
        throw ExitCode(ExitStatus.failed)
      }
      throw ExitCode(ExitStatus.partly)
    }
  }

  /// Takes in exports of an archive.
  private func restore(_ exports: [String]) throws {
    guard exports.count == paths.count else {
      throw ValidationError("import an archive's export by itself, and downloads in another run.")
    }
    if dryRun || region != nil || timezone != nil || dateOrder != nil || me != nil || !keys.isEmpty
    {
      throw ValidationError("an export is taken over as it is: the options are for downloads.")
    }
    var isDamaged = false
    for path in exports {
      let line = ProgressLine()
      let result = try archive.opened.restore(path) { line.show($0) }
      line.finish()
      isDamaged = isDamaged || !result.damaged.isEmpty
      if archive.json {
        Talk.print(result.json)
        continue
      }
      for hash in result.damaged {
        Talk.say("The original \(hash) is missing in the export, or has changed.")
      }
      Talk.print(
        "Taken over: \(result.imports) imports, \(result.originals) originals, \(result.decisions) decisions; \(result.messages) messages in the archive."
      )
      if !result.keptSettings.isEmpty {
        Talk.say(
          "Settings that stayed as they were: \(result.keptSettings.joined(separator: ", "))")
      }
    }
    if isDamaged { throw ExitCode(ExitStatus.partly) }
  }
}
