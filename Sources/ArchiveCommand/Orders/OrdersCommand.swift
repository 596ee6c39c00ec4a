import ArgumentParser
import SocialArchive

/// `archive orders …`
struct OrdersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orders",
    abstract: "Lists orders, shows what proves them, confirms, corrects and adds them.",
    discussion: """
      An order is recorded by a platform, read out of a chat with the messages that prove it, or added by
      hand. What is read is a guess until you confirm it. What you confirm stays as it is: later messages
      that say other are suggestions. All that you decide stays on every later import, and goes with undo.

      ORDER is a number from the list, or a uid.

      EXAMPLES
        archive orders
        archive orders list --status confirmed --after 2024-05
        archive orders show 12
        archive orders confirm 12 13
        archive orders edit 12 --status shipped --line "2=3 x cake @ 12.500"
        archive orders add "Rania Haddad" --line "1 x cake @ 20" --currency JOD
        archive orders undo
        archive report orders
      """,
    subcommands: [
      OrderListCommand.self, OrderShowCommand.self, OrderWhyCommand.self,
      OrderConfirmCommand.self, OrderRejectCommand.self, OrderEditCommand.self,
      OrderAddCommand.self, OrderSuggestionsCommand.self, OrderUndoCommand.self,
      OrderRereadCommand.self,
    ], defaultSubcommand: OrderListCommand.self)
}

/// Which orders are meant.
struct OrderFilterOptions: ParsableArguments {
  @Option(help: "requested, confirmed, paid, shipped or cancelled.")
  var status: String?

  @Option(help: "Only those of this customer: a number, a uid, a phone, an e-mail or a name.")
  var customer: String?

  @Option(help: "Only those placed on this day or later, such as 2024-05-01 or 2024-05.")
  var after: String?

  @Option(help: "Only those placed before this day.")
  var before: String?

  @Option(help: "unreviewed, confirmed, rejected or all; all but the rejected if not said.")
  var review: String?

  var filter: OrderFilter {
    var filter = OrderFilter()
    filter.status = status
    filter.customer = customer
    filter.after = after
    filter.before = before
    filter.review = review
    return filter
  }

  func validate() throws {
    if let status, !SocialArchive.orderStatuses.contains(status) {
      throw ValidationError(
        "a status is one of \(SocialArchive.orderStatuses.joined(separator: ", ")).")
    }
    if let review, !SocialArchive.orderReviews.contains(review) {
      throw ValidationError(
        "--review takes one of \(SocialArchive.orderReviews.joined(separator: ", ")).")
    }
    for day in [after, before].compactMap(\.self) where !SocialArchive.isDay(day) {
      throw ValidationError("\(day) is no day. Write one such as 2024-05-01.")
    }
  }
}

/// `archive orders list`
struct OrderListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists orders, the last first.")

  @OptionGroup var which: OrderFilterOptions

  @Flag(help: "Only those that nobody has looked at.")
  var unreviewed = false

  @OptionGroup var archive: ArchiveOptions

  private static let header = [
    "id", "placed", "customer", "status", "review", "total", "currency", "items",
  ]

  func validate() throws {
    if unreviewed, which.review != nil {
      throw ValidationError("--unreviewed and --review exclude each other.")
    }
  }

  func run() throws {
    var filter = which.filter
    if unreviewed { filter.review = "unreviewed" }
    if archive.json { return try archive.opened.forEachOrder(filter) { Talk.print($0.json) } }
    var rows: [[String?]] = []
    var suggested = 0
    try archive.opened.forEachOrder(filter) { order in
      if !order.suggestedFacts.isEmpty { suggested += 1 }
      rows.append([
        String(order.id), order.placedAt.map { String($0.prefix(10)) }, order.customerName,
        order.status, order.review, order.total ?? order.linesTotal.map { "(\($0))" },
        order.currency, order.lines.map(OrderEntry.text).joined(separator: "; "),
      ])
    }
    TextTable.print(header: OrderListCommand.header, rows: rows)
    Talk.say("\(rows.count) orders")
    if suggested > 0 {
      Talk.say("\(suggested) of which later messages say other: archive orders suggestions")
    }
  }
}

/// `archive orders show ORDER`
struct OrderShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows an order and the talk around it, with what proves its facts marked.")

  @Argument(help: "A number or a uid.")
  var order: String

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let card = try archive.opened.order(order)
    Talk.print(archive.json ? card.json : OrderText.text(card))
  }
}

/// `archive orders why ORDER`
struct OrderWhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Says of each fact of an order which words of which message show it.")

  @Argument(help: "A number or a uid.")
  var order: String

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let card = try archive.opened.order(order)
    Talk.print(archive.json ? card.json : OrderText.reasons(card))
  }
}
