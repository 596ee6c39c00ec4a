import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// Where the program begins.
@main
enum Main {
  static func main() {
    // A closed pipe or a full quota is an error to report, not a reason to die.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let arguments = CommandLineShape.normalized(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try ArchiveTool.parseAsRoot(arguments)
      try command.run()
    } catch let failure as ArchiveFailure {
      Talk.error(failure.description)
      exit(ExitStatus.code(failure))
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      if ExitStatus.isOwnParsing(error) { ArchiveTool.exit(withError: error) }
      if ExitStatus.isClosedPipe(error) { exit(0) }
      Talk.error("\(error)")
      exit(ExitStatus.failed)
    }
  }
}

/// The command line before it is parsed.
enum CommandLineShape {
  /// Moves a leading `--archive DIR` behind the command and its arguments, where every command takes
  /// it.
  static func normalized(_ arguments: [String]) -> [String] {
    let count = arguments.first == "--archive" ? 2 : 1
    guard arguments.count > count,
      arguments[0] == "--archive" || arguments[0].hasPrefix("--archive=")
    else { return arguments }
    let rest = arguments.dropFirst(count)
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + arguments.prefix(count) + rest[end...]
  }
}
