import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive list imports|files|conversations|customers|orders|records|suggestions`
struct ListCommand: ParsableCommand {
  /// What can be listed.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case imports, files, conversations, customers, orders, records, suggestions

    var table: ArchiveTable {
      switch self {
      case .imports: .imports
      case .files: .files
      case .conversations: .conversations
      case .customers: .customers
      case .orders: .orders
      case .records: .records
      case .suggestions: .suggestions
      }
    }

    /// The columns that people want to see.
    var columns: [String] {
      switch self {
      case .imports: ["id", "started_at", "finished_at", "state"]
      case .files: ["import_id", "outcome", "path", "reason"]
      case .conversations: ["id", "platform", "kind", "message_count", "last_message_at", "title"]
      case .customers: ["id", "name", "platforms", "phones", "emails", "last_contact_at"]
      case .orders: ["id", "status", "placed_at", "total", "currency", "phone"]
      case .records: ["id", "kind", "name", "amount", "currency", "happened_at", "text"]
      case .suggestions:
        ["id", "first_conversation_id", "second_conversation_id", "first_title", "reason"]
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists imports, files, conversations, customers, orders, records or suggestions.",
    discussion: """
      A record is what a download holds beside the messages: a friend, an address book's entry, a
      payment, a comment. `--json` shows all that it says.
      A suggestion is a link that the program does not make by itself, such as two conversations
      that may be one.

      EXAMPLES
        archive list customers
        archive list files --json
      """)

  @Argument(help: "imports, files, conversations, customers, orders, records or suggestions.")
  var kind: Kind

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    if archive.json { return try archive.opened.listJSON(kind.table, to: STDOUT_FILENO) }
    let rows =
      kind == .customers
      ? try archive.opened.customers(CustomerFilter(), columns: kind.columns)
      : try archive.opened.list(kind.table, columns: kind.columns)
    TextTable.print(header: kind.columns, rows: rows)
    Talk.say("\(rows.count) \(kind.rawValue)")
  }
}
