import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive dump --canonical`
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Prints the whole content as sorted JSON Lines; equal archives print equal bytes.")

  @Flag(help: "Without local numbers, times of import or paths; the only form there is.")
  var canonical = false

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    guard canonical else { throw ValidationError("Say --canonical.") }
  }

  func run() throws { try archive.opened.dump(to: STDOUT_FILENO) }
}
