import ArgumentParser
import SocialArchive

/// `archive settings [KEY [VALUE]]`
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Shows or changes what the archive remembers.",
    discussion: """
      KEY: region (two letters), timezone (such as Asia/Amman), date-order, language, owner (a name you write
      under). A change interprets anew what was imported.

      EXAMPLES
        archive settings
        archive settings region GR
      """)

  @Argument(help: "The setting.")
  var key: String?

  @Argument(help: "Its new value.")
  var value: String?

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    if let key, let value {
      let gone = try archive.opened.set(key, value)
      guard gone > 0 else { return }
      Talk.say(
        "\(gone) texts stay as they were read before: their originals are missing. See: archive verify"
      )
      throw ExitCode(ExitStatus.partly)
    }
    let settings = try archive.opened.settings().filter { key == nil || $0.key == key }
    if archive.json {
      return Talk.print(SocialArchive.json(settings))
    }
    for setting in settings { Talk.print("\(setting.key)  \(VisibleText.line(setting.value))") }
    if settings.isEmpty, let key {
      Talk.say("\(key) is not set.")
      throw ExitCode(ExitStatus.no)
    }
  }
}
