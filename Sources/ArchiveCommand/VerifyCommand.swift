import ArgumentParser
import SocialArchive

/// `archive verify`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Looks for damage in the database, the index and the originals.")

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let findings = try archive.opened.verify()
    if archive.json {
      Talk.print(SocialArchive.json(findings: findings))
    } else {
      for finding in findings { Talk.print(VisibleText.line(finding)) }
      Talk.say(findings.isEmpty ? "No damage found." : "\(findings.count) findings.")
    }
    if !findings.isEmpty { throw ExitCode(ExitStatus.damage) }
  }
}
