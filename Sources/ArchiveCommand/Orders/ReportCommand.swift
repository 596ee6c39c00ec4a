import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive report orders`
struct ReportCommand: ParsableCommand {
  /// What can be reported.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case orders
  }

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Adds up orders by month, status, customer and item; lists open promises.",
    discussion: """
      Sold is what was confirmed, paid or shipped; each currency is added up alone. A promise is open that
      was confirmed or paid and never shipped: it stands with how to reach the customer. Where no total
      was stated, the lines are added up.

      EXAMPLES
        archive report orders
        archive report orders --by promises --csv > promises.csv
        archive report orders --after 2024-01 --json
      """)

  @Argument(help: "orders.")
  var subject = Subject.orders

  @Option(help: "Only one table: month, status, customer, item or promises.")
  var by: String?

  @Flag(help: "The table of --by as CSV.")
  var csv = false

  @OptionGroup var which: OrderFilterOptions

  @OptionGroup var archive: ArchiveOptions

  private static let titles = [
    "month": "By month", "status": "By status", "customer": "By customer", "item": "By item",
    "promises": "Open promises",
  ]

  func validate() throws {
    if let by, ReportCommand.titles[by] == nil {
      throw ValidationError("--by takes month, status, customer, item or promises.")
    }
    if csv, by == nil { throw ValidationError("--csv needs --by: a CSV is one table.") }
    if csv, archive.json { throw ValidationError("--csv and --json exclude each other.") }
  }

  func run() throws {
    let report = try archive.opened.reportOrders(which.filter)
    let tables = report.tables.filter { by == nil || $0.name == by }
    if archive.json { return Talk.print(ReportTable.json(tables)) }
    if csv { return try tables.forEach { try $0.writeCSV(to: STDOUT_FILENO) } }
    for (number, table) in tables.enumerated() {
      if number > 0 { Talk.print("") }
      Talk.print(ReportCommand.titles[table.name] ?? table.name)
      TextTable.print(header: table.columns, rows: table.rows.map { $0.map(\.text) })
    }
    Talk.say("\(report.orders) orders")
    if report.unreviewed > 0 {
      Talk.say(
        "\(report.unreviewed) of them nobody has looked at: archive orders list --unreviewed")
    }
  }
}
