import ArgumentParser
import SocialArchive

/// `archive rebuild`
struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Makes the database again from the originals that the archive keeps.")

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let line = ProgressLine()
    let imports = try archive.opened.rebuild { line.show($0) }
    line.finish()
    if archive.json { return Talk.print("{\"imports\":\(imports)}") }
    Talk.say("Made again from \(imports) imports.")
  }
}
