import ArgumentParser
import Foundation
import SocialArchive

/// The root of all commands.
struct ArchiveTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Keeps a shop's chats, customers and orders in one folder that the shop owns.",
    discussion: """
      Downloads from Facebook, Messenger, Instagram and WhatsApp go in; every message stands once.

      EXAMPLES
        archive import facebook-rania-2024-11-18-abc.zip
        archive search cake -chocolate
        archive export csv customers --output customers.csv

      The archive is in the folder of --archive, else $ARCHIVE_DIR, else $XDG_DATA_HOME/archive
      (~/.local/share/archive). Data goes to standard output, talk to standard error.

      EXIT CODES
        0 done   1 the answer is no   2 failed   3 partly done   4 damage found
        10 no archive   11 locked   13 newer archive   64 usage   130 interrupted
      """,
    version: SocialArchive.version,
    subcommands: [
      ImportCommand.self, SearchCommand.self, ShowCommand.self, ListCommand.self,
      CustomersCommand.self, OrdersCommand.self, ReportCommand.self, ExportCommand.self,
      SettingsCommand.self, VerifyCommand.self,
      RebuildCommand.self,
      DumpCommand.self, GuideCommand.self,
    ])
}

/// Options of every command.
struct ArchiveOptions: ParsableArguments {
  @Option(name: .long, help: "The archive's folder.")
  var archive: String?

  @Flag(name: .long, help: "JSON instead of text.")
  var json = false

  var opened: SocialArchive { SocialArchive(folder: ArchiveOptions.folder(archive)) }

  /// The archive's folder: as given, else by the environment.
  static func folder(_ given: String?) -> String {
    let environment = ProcessInfo.processInfo.environment
    if let given { return given }
    if let folder = environment["ARCHIVE_DIR"], !folder.isEmpty { return folder }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/archive" }
    return (environment["HOME"] ?? ".") + "/.local/share/archive"
  }
}
