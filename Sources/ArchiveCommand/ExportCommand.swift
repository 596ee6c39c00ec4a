import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive export csv [TABLE]`
struct ExportCommand: ParsableCommand {
  /// How to write it.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
  }

  /// What can be written.
  enum Table: String, ExpressibleByArgument, CaseIterable {
    case customers, orders, conversations, messages, records
    case orderLines = "order-lines"
    case contactPoints = "contact-points"

    var table: ArchiveTable { ArchiveTable(rawValue: rawValue) ?? .customers }
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a table for other programs.",
    discussion: """
      TABLE: customers, orders, order-lines, conversations, messages, contact-points or records;
      customers if not said. CSV is RFC 4180 in UTF-8, text byte for byte.

      EXAMPLES
        archive export csv --output customers.csv
        archive export csv messages > messages.csv
      """)

  @Argument(help: "csv.")
  var format: Format

  @Argument(help: "The table.")
  var table = Table.customers

  @Option(help: "The file to write; standard output if not said.", completion: .file())
  var output: String?

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    guard let output else {
      try archive.opened.exportCSV(table.table, to: STDOUT_FILENO)
      return
    }
    let descriptor = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ArchiveFailure.failed(
        "\(output) cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let rows = try archive.opened.exportCSV(table.table, to: descriptor)
    guard fsync(descriptor) == 0 else {
      throw ArchiveFailure.failed(
        "\(output) cannot be written: \(String(cString: strerror(errno)))")
    }
    Talk.say("\(rows) rows of \(table.rawValue) in \(output)")
  }
}
