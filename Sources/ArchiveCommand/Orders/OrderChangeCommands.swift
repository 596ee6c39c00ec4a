import ArgumentParser
import SocialArchive

/// `archive orders confirm ORDER …`
struct OrderConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Says that orders are right as they are; later messages change them no more.")

  @Argument(help: "Numbers or uids.")
  var orders: [String]

  @OptionGroup var archive: ArchiveOptions

  func run() throws { OrderText.print(try archive.opened.answer(orders, .confirm), archive.json) }
}

/// `archive orders reject ORDER …`
struct OrderRejectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Says that these are no orders; they stay out of all counts.")

  @Argument(help: "Numbers or uids.")
  var orders: [String]

  @OptionGroup var archive: ArchiveOptions

  func run() throws { OrderText.print(try archive.opened.answer(orders, .reject), archive.json) }
}

/// The facts of an order, as they are typed.
struct OrderFactOptions: ParsableArguments {
  @Option(help: "requested, confirmed, paid, shipped or cancelled.")
  var status: String?

  @Option(help: "The day on which it was placed, such as 2024-05-01.")
  var placed: String?

  @Option(help: "The total, with a point: 12.500. Empty takes it away, as with those below.")
  var total: String?

  @Option(
    help: "The currency's three letters, such as JOD or EUR; of a new order that of the region.")
  var currency: String?

  @Option(help: "What the delivery costs.")
  var fee: String?

  @Option(help: "Where it goes.")
  var address: String?

  @Option(help: "The phone of whoever gets it.")
  var phone: String?

  var edit: OrderEdit {
    var edit = OrderEdit()
    edit.status = status
    edit.placed = placed
    edit.total = total
    edit.currency = currency
    edit.deliveryFee = fee
    edit.address = address
    edit.phone = phone
    return edit
  }
}

/// `archive orders edit ORDER …`
struct OrderEditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Corrects facts of an order; it counts as confirmed then.",
    discussion: """
      A line is an item, with quantity, unit and price if they are known: "cake", "2 x cake",
      "1.5 kilo x baklava @ 9.500", "3 x soap = 10" for all three. "2=…" is the second line's new text.

      EXAMPLES
        archive orders edit 12 --status shipped
        archive orders edit 12 --line "2=3 x cake @ 12.500" --drop-line 3 --total 40
      """)

  @Argument(help: "A number or a uid.")
  var order: String

  @OptionGroup var facts: OrderFactOptions

  @Option(help: "A line more, or N=LINE in the place of the line N.")
  var line: [String] = []

  @Option(name: .customLong("drop-line"), help: "The number of a line that goes.")
  var dropLine: [Int] = []

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    var edit = facts.edit
    for text in line {
      let pieces = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pieces.count == 2, let number = Int(pieces[0]) {
        edit.changedLines.append((number, String(pieces[1])))
      } else {
        edit.addedLines.append(text)
      }
    }
    edit.droppedLines = dropLine
    OrderText.print(try archive.opened.edit(order, edit), archive.json)
  }
}

/// `archive orders add CUSTOMER --line LINE`
struct OrderAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds an order that no message tells of, or none that was understood.",
    discussion: """
      It is confirmed and placed today if nothing else is said.

      EXAMPLES
        archive orders add "Rania Haddad" --line "2 x cake @ 12.500" --currency JOD --placed 2024-05-01
        archive orders add 12 --line cake --message a57348a907049741-1743694440000-0
      """)

  @Argument(help: "The customer: a number, a uid, a phone, an e-mail or a name.")
  var customer: String

  @Option(help: "A line, such as \"2 kilo x baklava @ 9.500\".")
  var line: [String]

  @Option(help: "The uid of the message that speaks of it.")
  var message: String?

  @OptionGroup var facts: OrderFactOptions

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    var edit = facts.edit
    edit.addedLines = line
    OrderText.print(
      try archive.opened.addOrder(customer, edit, message: message), archive.json)
  }
}

/// `archive orders suggestions`
struct OrderSuggestionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggestions",
    abstract: "Lists confirmed orders of which later messages say other; accepts or rejects that.",
    discussion: """
      EXAMPLES
        archive orders suggestions
        archive orders suggestions --accept 12 --reject 13
      """)

  @Option(help: "An order: what later messages say is so.")
  var accept: [String] = []

  @Option(help: "An order: it stays as it is.")
  var reject: [String] = []

  @OptionGroup var archive: ArchiveOptions

  func validate() throws {
    if let both = accept.first(where: reject.contains) {
      throw ValidationError("order \(both) cannot be accepted and rejected.")
    }
  }

  func run() throws {
    guard accept.isEmpty, reject.isEmpty else {
      let answers = accept.map { ($0, SocialArchive.OrderAnswer.accept) }
      return OrderText.print(
        try archive.opened.answer(answers + reject.map { ($0, .keep) }), archive.json)
    }
    var filter = OrderFilter()
    filter.hasSuggestion = true
    var count = 0
    try archive.opened.forEachOrder(filter) { order in
      count += 1
      if archive.json { return Talk.print(order.json) }
      Talk.print(VisibleText.line("\(order.id)  \(order.customerName ?? "–")  \(order.status)"))
      for fact in order.suggestedFacts { Talk.print("    \(VisibleText.line(fact))") }
    }
    if !archive.json { Talk.say("\(count) suggestions") }
  }
}

/// `archive orders undo [N]`
struct OrderUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Takes back what was decided about an order: the last, or the one of a number.")

  @Argument(help: "The number of a decision, as `show` lists them.")
  var number: Int64?

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let entry = try archive.opened.undo(number, ofOrders: true)
    if archive.json { return Talk.print(entry.json) }
    Talk.say("Undone: \(CustomerText.line(entry))")
  }
}

/// `archive orders reread`
struct OrderRereadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reread",
    abstract: "Reads all chats for orders again, with a newer program; what was decided stays.")

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    let (before, after) = try archive.opened.readOrdersAgain()
    if archive.json { return Talk.print("{\"before\":\(before),\"after\":\(after)}") }
    Talk.say("\(after) orders; \(before) before.")
  }
}
