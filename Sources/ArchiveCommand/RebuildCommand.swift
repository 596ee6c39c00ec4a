import ArgumentParser
import SocialArchive

/// `archive rebuild`
struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Makes the database again from the originals that the archive keeps.",
    discussion: """
      Also where the database is damaged: it is put aside as archive.sqlite.broken. Where originals are missing
      nothing is done, unless --partial is said.
      """)

  @Flag(help: "Go on without originals that are missing.")
  var partial = false

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let line = ProgressLine()
    let result = try archive.opened.rebuild(isPartial: partial) { line.show($0) }
    line.finish()
    if archive.json {
      Talk.print("{\"imports\":\(result.imports),\"missing\":\(result.missing.count)}")
    } else {
      Talk.say("Made again from \(result.imports) imports.")
      for hash in result.missing { Talk.say("Missing: the original \(hash)") }
    }
    if !result.missing.isEmpty { throw ExitCode(ExitStatus.partly) }
  }
}
