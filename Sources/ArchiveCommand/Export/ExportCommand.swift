import ArgumentParser
import Foundation
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive export FORMAT …`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes customers, orders and conversations for other programs.",
    discussion: """
      A file gets its name when it is whole; one that is there already stays, unless --force is said. With --json
      what came of it is told as one object, on standard error where the export itself goes to standard output.

      EXAMPLES
        archive export csv --output customers.csv
        archive export csv --for hubspot --output hubspot.csv
        archive export csv orders --for odoo --after 2024 --output orders.csv
        archive export csv messages --customer "Rania Haddad" > rania.csv
        archive export csv customers --for spreadsheet --unreachable --output unreachable.csv
        archive export xlsx --output shop.xlsx
        archive export vcard --has-phone --output customers.vcf
        archive export html --output shop
        archive export bag --output shop-2024
        archive export presets
      """,
    subcommands: [
      ExportCSVCommand.self, ExportWorkbookCommand.self, ExportVCardCommand.self,
      ExportSiteCommand.self, ExportLinesCommand.self, ExportBagCommand.self,
      ExportPresetsCommand.self,
    ])
}

/// What of the archive is to be exported.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Only this customer: a number, a uid, a phone, an e-mail or a name.")
  var customer: String?

  @Option(help: "Only this platform: facebook, instagram, whatsapp.")
  var platform: String?

  @Option(help: "Only what happened on this day or later, such as 2024-05-01 or 2024.")
  var after: String?

  @Option(help: "Only what happened before this day.")
  var before: String?

  @Option(help: "Only customers with this tag.")
  var tag: String?

  @Flag(name: .customLong("has-phone"), help: "Only customers with a phone number.")
  var hasPhone = false

  @Flag(name: .customLong("has-email"), help: "Only customers with an e-mail address.")
  var hasEmail = false

  @Flag(name: .customLong("with-orders"), help: "Only customers with an order.")
  var withOrders = false

  @Flag(help: "Only customers with a phone, an e-mail or a second platform.")
  var reachable = false

  @Flag(help: "Only customers whom nobody can reach if their platform is gone.")
  var unreachable = false

  @Option(help: "customer, courier, supplier, bot, spam, other or all.")
  var kind: String?

  func validate() throws {
    if reachable, unreachable {
      throw ValidationError("--reachable and --unreachable exclude each other.")
    }
    if let platform, !SocialArchive.platforms.contains(platform) {
      throw ValidationError("a platform is \(SocialArchive.platforms.joined(separator: ", ")).")
    }
    let kinds = SocialArchive.customerKinds + ["all"]
    if let kind, !kinds.contains(kind) {
      throw ValidationError("a kind is one of \(kinds.joined(separator: ", ")).")
    }
    for day in [after, before].compactMap(\.self) where !SocialArchive.isDay(day) {
      throw ValidationError("\(day) is no day. Write one such as 2024-05-01.")
    }
  }

  var selection: ExportSelection {
    var selection = ExportSelection()
    selection.customer = customer
    selection.platform = platform
    selection.after = after
    selection.before = before
    selection.tag = tag
    selection.hasPhone = hasPhone
    selection.hasEmail = hasEmail
    selection.hasOrder = withOrders
    selection.isReachable = reachable ? true : unreachable ? false : nil
    selection.kind = kind
    return selection
  }
}

/// Where an export goes.
struct TargetOptions: ParsableArguments {
  @Option(help: "The file to write; standard output if not said, or -.", completion: .file())
  var output: String?

  @Flag(help: "Replace a file that is there already.")
  var force = false

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("--output needs a name.") }
  }

  /// Says what came of an export in JSON: on standard output, unless the export is there.
  func say(json: String) {
    if output == nil || output == "-" { Talk.say(json) } else { Talk.print(json) }
  }

  /// Refuses to write into the archive itself.
  func refuseInside(_ archive: ArchiveOptions) throws {
    guard let output, output != "-" else { return }
    let target = URL(fileURLWithPath: output).resolvingSymlinksInPath().path
    let folder = URL(fileURLWithPath: archive.opened.folder).resolvingSymlinksInPath().path
    guard target != folder, !target.hasPrefix(folder + "/") else {
      throw ValidationError("\(output) is in the archive's own folder: write somewhere else.")
    }
  }
}

/// `archive export presets`
struct ExportPresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets",
    abstract: "Lists the programs whose columns are known, and how well.",
    discussion: """
      `archive export csv --for NAME` writes what such a program takes. NAME may also be a file of your own:
      --as-file prints one to begin with.

      EXAMPLES
        archive export presets hubspot
        archive export presets hubspot --as-file > mine.json
        archive export csv --for ./mine.json --output mine.csv
      """)

  @Argument(help: "All that is known of one of them.")
  var name: String?

  @Flag(name: .customLong("as-file"), help: "The file of that preset.")
  var asFile = false

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if asFile, name == nil {
      throw ValidationError("say which preset: --as-file goes with a name.")
    }
  }

  func run() throws {
    if asFile, let name, let text = SocialArchive.presetFile(name) {
      return Talk.write(text, to: STDOUT_FILENO)
    }
    let presets = try SocialArchive.presets()
    let shown = name.map { name in presets.filter { $0.name == name } } ?? presets
    if let name, shown.isEmpty {
      throw ArchiveFailure.unknown("there is no preset \(name). See: archive export presets")
    }
    if archive.json { return shown.forEach { Talk.print($0.json) } }
    guard name == nil else { return shown.forEach { Talk.print(ExportPresetsCommand.text($0)) } }
    TextTable.print(
      header: ["name", "for", "tables", "verified"],
      rows: [
        ["plain", "Any program: byte for byte", "all", "yes"],
        ["spreadsheet", "People: no cell is run", "all", "yes"],
      ]
        + shown.map {
          [$0.name, $0.title, $0.tables.joined(separator: ", "), $0.isVerified ? "yes" : "partly"]
        })
  }

  private static func text(_ preset: PresetEntry) -> String {
    ([
      "\(preset.title)  (--for \(preset.name): \(preset.tables.joined(separator: ", ")))",
      preset.about,
    ] + (preset.page.isEmpty ? [] : ["Taken from \(preset.page), read on \(preset.read)."])
      + preset.unverified.map { "  Not verified: \($0)" }).joined(separator: "\n")
  }
}
