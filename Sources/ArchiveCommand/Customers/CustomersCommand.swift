import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// `archive customers …`
struct CustomersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customers",
    abstract: "Lists customers, shows who they are and why, joins and parts them.",
    discussion: """
      A customer is one or more profiles: a person on one platform each. The program joins two by itself
      only if both own the same mobile number, mailbox or handle; what is weaker is a suggestion. Each
      link can say why, each can be undone, and what you decide stays on every later import.

      CUSTOMER is a number from the list, a uid, a phone number, an e-mail or a name.

      EXAMPLES
        archive customers
        archive customers list --unreachable
        archive customers show "Rania Haddad"
        archive customers why 12 40
        archive customers merge 12 40
        archive customers undo
      """,
    subcommands: [
      CustomerListCommand.self, CustomerShowCommand.self, CustomerWhyCommand.self,
      CustomerSuggestionsCommand.self, CustomerMergeCommand.self, CustomerSplitCommand.self,
      CustomerUndoCommand.self, CustomerDecisionsCommand.self, CustomerRenameCommand.self,
      CustomerNoteCommand.self, CustomerTagCommand.self, CustomerConsentCommand.self,
      CustomerKindCommand.self,
    ], defaultSubcommand: CustomerListCommand.self)
}

/// `archive customers list`
struct CustomerListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists customers, those who wrote last first.")

  @Argument(help: "Part of any of their names.")
  var name: String?

  @Option(help: "Only those on this platform: facebook, instagram, whatsapp.")
  var platform: String?

  @Flag(help: "Only those with a phone, an e-mail or a second platform.")
  var reachable = false

  @Flag(help: "Only those whom nobody can reach if their platform is gone.")
  var unreachable = false

  @Option(help: "Only those who wrote on this day or later, such as 2024-05-01.")
  var since: String?

  @Flag(name: .customLong("with-orders"), help: "Only those with an order.")
  var withOrders = false

  @Option(help: "Only those with this tag.")
  var tag: String?

  @Option(help: "customer (if not said), courier, supplier, bot, spam, other, or all.")
  var kind: String?

  @Option(help: "unknown, opted-in or opted-out.")
  var consent: String?

  @OptionGroup var archive: ArchiveOptions

  private static let columns = [
    "id", "name", "platforms", "phones", "emails", "message_count", "order_count",
    "last_contact_at",
  ]

  func validate() throws {
    if reachable, unreachable {
      throw ValidationError("--reachable and --unreachable exclude each other.")
    }
    let kinds = SocialArchive.customerKinds + ["all"]
    if let kind, !kinds.contains(kind) {
      throw ValidationError("a kind is one of \(kinds.joined(separator: ", ")).")
    }
    if let consent, !SocialArchive.consents.contains(consent) {
      throw ValidationError("consent is \(SocialArchive.consents.joined(separator: ", ")).")
    }
    if let since, !SocialArchive.isDay(since) {
      throw ValidationError("--since takes a day such as 2024-05-01.")
    }
    if let platform, !SocialArchive.platforms.contains(platform) {
      throw ValidationError("a platform is \(SocialArchive.platforms.joined(separator: ", ")).")
    }
  }

  func run() throws {
    var filter = CustomerFilter()
    filter.text = name
    filter.platform = platform
    filter.isReachable = reachable ? true : unreachable ? false : nil
    filter.since = since
    filter.hasOrder = withOrders
    filter.tag = tag
    filter.kind = kind
    filter.consent = consent
    if archive.json { return try archive.opened.listCustomersJSON(filter, to: STDOUT_FILENO) }
    let rows = try archive.opened.customers(filter, columns: CustomerListCommand.columns)
    TextTable.print(header: CustomerListCommand.columns, rows: rows)
    Talk.say("\(rows.count) customers")
    guard kind == nil else { return }
    filter.kind = "all"
    let others = try archive.opened.customers(filter, columns: ["kind"]).count - rows.count
    if others > 0 { Talk.say("\(others) who are no customers: archive customers list --kind all") }
  }
}

/// `archive customers show CUSTOMER`
struct CustomerShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Shows a customer: profiles, ways to reach them with the proofs, conversations, orders.")

  @Argument(help: "A number, a uid, a phone number, an e-mail or a name.")
  var customer: String

  @OptionGroup var archive: ArchiveOptions

  func run() throws { CustomerText.print(try archive.opened.customer(customer), archive.json) }
}

/// `archive customers why A B`
struct CustomerWhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Says why two are one customer, or why not.",
    discussion: """
      A and B are customers, or profiles by the number that `show` gives, such as p17.

      EXAMPLES
        archive customers why "Rania Haddad" "رانيا حداد"
        archive customers why p17 p40
      """)

  @Argument(help: "A customer or a profile.")
  var first: String

  @Argument(help: "Another.")
  var second: String

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let (isOne, findings) = try archive.opened.why(first, second)
    if archive.json {
      return Talk.print(LinkFinding.json(isOne: isOne, findings))
    }
    Talk.print(isOne ? "They are one customer." : "They are two customers.")
    for finding in findings {
      Talk.print("  \(finding.verdict): \(VisibleText.line(finding.reason))")
      for message in finding.evidence { Talk.print("    archive show \(message)") }
    }
    if findings.isEmpty { Talk.print("  Nothing that the archive knows links them directly.") }
  }
}
