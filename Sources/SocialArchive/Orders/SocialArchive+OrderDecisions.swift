import ArchiveStore
import CustomerMatching
import Foundation
import InboxModel
import OrderReading

/// What is to be other about an order, as people type it; an empty text takes a fact away.
public struct OrderEdit: Sendable {
  public var status: String?
  /// A day, such as `2024-05-01`.
  public var placed: String?
  public var total: String?
  /// ISO 4217.
  public var currency: String?
  public var deliveryFee: String?
  public var address: String?
  public var phone: String?
  /// Lines behind those that there are, such as `2 kilo x baklava @ 9`.
  public var addedLines: [String] = []
  /// Lines in the place of others, by number from 1.
  public var changedLines: [(number: Int, text: String)] = []
  /// Lines that go, by number from 1.
  public var droppedLines: [Int] = []

  public init() {}
}

extension SocialArchive {
  /// What can be said of an order that the program read.
  public enum OrderAnswer: Sendable {
    case confirm, reject
    /// What later messages say other than was confirmed is so, or is not.
    case accept, keep

    fileprivate var answer: ArchiveStore.OrderAnswer {
      switch self {
      case .confirm: .confirm
      case .reject: .reject
      case .accept: .accept
      case .keep: .keep
      }
    }
  }

  /// Confirms or rejects orders, or answers what later messages say: all or none. It stays on every
  /// later import.
  ///
  /// - Parameter answers: Orders by number or uid, each with what is said of it.
  /// - Returns: The numbers by which it can be undone, and the orders as they are then.
  /// - Throws: `ArchiveFailure` if an order is not there, or has nothing to answer.
  public func answer(
    _ answers: [(order: String, answer: OrderAnswer)]
  ) throws -> (decisions: [Int64], [OrderCard]) {
    let archive = try writingExisting()
    var seen: Set<Int64> = []
    let meant = try answers.map { (try orderID($0.order, archive), $0.answer) }
      .filter { seen.insert($0.0).inserted }
    for (id, answer) in meant { try check(answer, of: try orderCard(id, archive).entry) }
    return try decide(meant.map { ($0.0, $0.1.answer) }, archive)
  }

  /// The same answer for some orders.
  public func answer(
    _ names: [String], _ answer: OrderAnswer
  ) throws -> (decisions: [Int64], [OrderCard]) {
    try self.answer(names.map { ($0, answer) })
  }

  private func check(_ answer: OrderAnswer, of entry: OrderEntry) throws {
    switch answer {
    case .accept, .keep:
      if entry.suggestedFacts.isEmpty {
        throw ArchiveFailure.failed("no later message says anything other of order \(entry.id).")
      }
    case .confirm where entry.review == "confirmed":
      throw ArchiveFailure.failed(
        entry.suggestedFacts.isEmpty
          ? "order \(entry.id) is confirmed already."
          : "order \(entry.id) is confirmed; later messages say other. See: archive orders suggestions"
      )
    case .reject where entry.review == "rejected":
      throw ArchiveFailure.failed("order \(entry.id) is rejected already.")
    case .reject where entry.source == "manual":
      throw ArchiveFailure.failed(
        "order \(entry.id) was added by hand: take that back with `undo`.")
    default: break
    }
  }

  /// Changes facts of an order; it counts as confirmed then.
  ///
  /// - Returns: The number by which it can be undone, and the order as it is then.
  /// - Throws: `ArchiveFailure` if it is not there, or a value cannot be read.
  public func edit(
    _ name: String, _ edit: OrderEdit
  ) throws -> (decisions: [Int64], [OrderCard]) {
    let archive = try writingExisting()
    let id = try orderID(name, archive)
    let change = try change(edit, of: try orderCard(id, archive).entry, archive)
    guard !change.isEmpty else { throw ArchiveFailure.failed("nothing was said to change.") }
    return try decide([(id, .edit(change))], archive)
  }

  /// Adds an order that no message tells of; without a currency it has that of the archive's region.
  ///
  /// - Parameters:
  ///   - customer: Whose, by number, uid, phone, e-mail or name.
  ///   - edit: Its facts: a line at least.
  ///   - message: The uid of the message that speaks of it, if there is one.
  /// - Returns: The number by which it can be undone, and the order.
  /// - Throws: `ArchiveFailure` if the customer is not there, or a value cannot be read.
  public func addOrder(
    _ customer: String, _ edit: OrderEdit, message: String?
  ) throws -> (decisions: [Int64], [OrderCard]) {
    let archive = try writingExisting()
    let profiles = try archive.profiles(ofCustomer: try customerID(customer, archive))
    guard !edit.addedLines.isEmpty else {
      throw ArchiveFailure.failed("say what was ordered, such as: --line \"2 x cake @ 12.500\"")
    }
    let now = SocialArchive.now()
    let blank = OrderEntry.blank(placedAt: String(now.prefix(10)) + "T00:00:00.000Z")
    var edit = edit
    let region = edit.currency == nil ? try archive.setting("region") : nil
    if let region { edit.currency = OrderReader.currency(ofRegion: region) }
    var facts = blank.facts.changed(by: try change(edit, of: blank, archive))
    if region != nil, facts.currency != nil {
      facts.currencyBasis = ReadOrder.CurrencyBasis.region.rawValue
    }
    let place = try message.map { try messageID($0, profiles, archive) }
    let number = try archive.add(
      AddedOrder(profiles: profiles, message: place, facts: facts), at: now, CustomerMatcher(),
      try orderReader(archive))
    return ([number], try cards([number], archive))
  }

  /// Reads all conversations for orders again; what was decided stays.
  ///
  /// - Returns: How many orders there were, and are.
  /// - Throws: `ArchiveFailure`.
  public func readOrdersAgain() throws -> (before: Int, after: Int) {
    let archive = try writingExisting()
    func count() throws -> Int {
      Int(
        try archive.cell("SELECT count(*) FROM purchase WHERE review <> 'rejected'").integer ?? 0)
    }
    let before = try count()
    try archive.readOrdersAgain(CustomerMatcher(), try orderReader(archive))
    return (before, try count())
  }

  private func decide(
    _ answers: [(order: Int64, answer: ArchiveStore.OrderAnswer)], _ archive: ArchiveDatabase
  ) throws -> (decisions: [Int64], [OrderCard]) {
    let numbers = try archive.decide(
      answers, at: SocialArchive.now(), CustomerMatcher(), try orderReader(archive))
    return (numbers, try cards(numbers, archive))
  }

  /// The orders that decisions are about.
  private func cards(_ decisions: [Int64], _ archive: ArchiveDatabase) throws -> [OrderCard] {
    let wanted = Set(decisions)
    return try archive.decisions().filter { wanted.contains($0.number) }.compactMap { decision in
      guard let conversation = try archive.conversation(ofOrderIn: decision) else { return nil }
      return try archive.cell(
        """
        SELECT o.id FROM purchase o, json_each(o.decisions) j
        WHERE o.conversation_id = ? AND j.value = ?
        """, [.integer(conversation), .integer(decision.number)]
      ).integer
    }.map { try orderCard($0, archive) }
  }

  /// A message of one of some people.
  private func messageID(
    _ uid: String, _ profiles: [Int64], _ archive: ArchiveDatabase
  ) throws -> Int64 {
    let resolved = try resolve(uid, archive)
    let list = profiles.map(String.init).joined(separator: ",")
    let conversations = try archive.rows(
      """
      SELECT c.id FROM conversation c JOIN participant t ON t.conversation_id = c.id
      WHERE c.uid = ? AND t.profile_id IN (\(list))
      """, [.text(resolved.split(separator: "-").first.map(String.init) ?? "")])
    for row in conversations {
      if let id = try archive.message(resolved, in: row[0].integer ?? 0) { return id }
    }
    throw ArchiveFailure.unknown("there is no message \(uid) of this customer.")
  }
}

extension SocialArchive {
  private func change(
    _ edit: OrderEdit, of entry: OrderEntry, _ archive: ArchiveDatabase
  ) throws -> OrderChange {
    var change = OrderChange()
    if let status = edit.status {
      guard SocialArchive.orderStatuses.contains(status) else {
        throw ArchiveFailure.failed(
          "a status is one of \(SocialArchive.orderStatuses.joined(separator: ", ")), not \(status)."
        )
      }
      change.status = status
    }
    if let day = edit.placed {
      change.placedAt = ISOTime.text(try SocialArchive.start(of: day))
    }
    if let currency = edit.currency {
      guard currency.isEmpty || Money.isCurrency(currency.uppercased()) else {
        throw ArchiveFailure.failed(
          "\(currency) is no currency. Write its three letters, such as JOD or EUR.")
      }
      change.currency = currency.uppercased()
    }
    let currency = change.currency.map { $0.isEmpty ? nil : $0 } ?? entry.currency
    change.total = try edit.total.map { try money($0, currency) }
    change.fee = try edit.deliveryFee.map { try money($0, currency) }
    change.address = edit.address
    if let phone = edit.phone {
      let region = try archive.setting("region")
      guard phone.isEmpty || PhoneText.e164(phone, region: region) != nil else {
        throw ArchiveFailure.failed(
          "\(phone) is no phone number here. Write it with + and the country's digits.")
      }
      change.phone = PhoneText.e164(phone, region: region) ?? ""
    }
    change.lines = try lines(edit, entry, currency)
    return change
  }

  private func money(_ text: String, _ currency: String?) throws -> String {
    if text.isEmpty { return "" }
    guard let number = OrderLineText.number(text), let value = Money.exact(number) else {
      throw ArchiveFailure.failed("\(text) is no sum. Write it with a point, such as 12.500.")
    }
    return Money.text(value, currency: currency)
  }

  private func lines(
    _ edit: OrderEdit, _ entry: OrderEntry, _ currency: String?
  ) throws -> [OrderFacts.Line]? {
    guard !edit.addedLines.isEmpty || !edit.changedLines.isEmpty || !edit.droppedLines.isEmpty
    else { return nil }
    var lines: [OrderFacts.Line?] = entry.lines.map(\.facts)
    for number in edit.changedLines.map(\.number) + edit.droppedLines
    where !lines.indices.contains(number - 1) {
      throw ArchiveFailure.failed("there is no line \(number); there are \(lines.count).")
    }
    for (number, text) in edit.changedLines { lines[number - 1] = try line(text, currency) }
    for number in edit.droppedLines { lines[number - 1] = nil }
    return try lines.compactMap(\.self) + edit.addedLines.map { try line($0, currency) }
  }

  private func line(_ text: String, _ currency: String?) throws -> OrderFacts.Line {
    guard let line = OrderLineText.line(text) else {
      throw ArchiveFailure.failed(
        "\(text) is no line. Write one such as: 2 kilo x baklava @ 9.500")
    }
    var facts = line.facts
    facts.unitPrice = try facts.unitPrice.map { try money($0, currency) }
    facts.lineTotal = try facts.lineTotal.map { try money($0, currency) }
    return facts
  }
}

extension OrderEntry {
  /// An order of which nothing is said yet.
  fileprivate static func blank(placedAt: String) -> OrderEntry {
    OrderEntry(
      id: 0, uid: "", customer: nil, customerName: nil, conversation: nil, platform: nil,
      status: "confirmed", statusReason: nil, placedAt: placedAt, total: nil, currency: nil,
      currencyBasis: "unknown", deliveryFee: nil, address: nil, phone: nil, source: "manual",
      review: "confirmed", evidence: [], suggestion: nil, lines: [])
  }

  fileprivate var facts: OrderFacts { OrderFacts(status: status, placedAt: placedAt) }
}

extension OrderEntry.Line {
  fileprivate var facts: OrderFacts.Line {
    OrderFacts.Line(
      item: item, quantity: quantity, unit: unit, unitPrice: unitPrice, lineTotal: lineTotal)
  }
}
