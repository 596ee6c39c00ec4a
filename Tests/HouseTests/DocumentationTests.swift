import Foundation
import TestSupport
import Testing

/// Documentation that cannot fall behind: what exists is documented, examples run.
@Suite struct DocumentationTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: TestFolders.project + "/" + path, encoding: .utf8)
  }

  @Test func everyCommandIsInTheReadme() throws {
    let readme = try text("README.md")
    let help = try Program.run(["--help"]).output
    let commands = help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
      .compactMap {
        $0.hasPrefix("  ") && !$0.hasPrefix("   ")
          ? $0.split(separator: " ").first.map(String.init) : nil
      }
    #expect(commands.contains("import"))
    for command in commands where !["help", "See"].contains(command) {
      #expect(readme.contains("archive \(command)"), "\(command)")
    }
  }

  /// Each line `$ archive …` of the README runs on the samples and ends well.
  @Test func readmeExamplesRun() throws {
    let commands = try text("README.md").split(separator: "\n").filter {
      $0.hasPrefix("$ archive ")
    }
    #expect(commands.count > 3)
    try TestFolders.withScratch { scratch in
      for command in commands {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.currentDirectoryURL = URL(fileURLWithPath: TestFolders.project)
        let line = command.dropFirst(2).dropFirst("archive".count)
        shell.arguments = ["-c", "'\(Program.path)'\(line)"]
        shell.environment = ProcessInfo.processInfo.environment.merging([
          "ARCHIVE_DIR": scratch + "/archive", "SCRATCH": scratch,
        ]) { $1 }
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0, "\(command)")
      }
    }
  }

  @Test func everyImporterHasAReadme() throws {
    for importer in ["Facebook", "Instagram", "WhatsApp"] {
      #expect(try text("Importers/\(importer)/README.md").count > 200, "\(importer)")
    }
  }
}
