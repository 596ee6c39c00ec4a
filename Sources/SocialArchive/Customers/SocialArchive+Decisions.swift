import ArchiveExport
import ArchiveStore
import CustomerMatching
import Foundation

/// What the user decided, in words.
public struct DecisionEntry: Sendable {
  public let number: Int64
  /// ISO 8601, UTC.
  public let madeAt: String
  /// `merge`, `split`, `rename`, `note`, `tag`, `untag`, `consent`, `kind`; `order-confirm`,
  /// `order-reject`, `order-edit`, `order-keep` or `order-add`.
  public let kind: String
  public let value: String?
  /// Names of the customers concerned, as they are now.
  public let customers: [String]
  public let undoneAt: String?

  /// The decision as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("number", number)
    text.add("made_at", madeAt)
    text.add("kind", kind)
    text.add("value", value)
    text.add("customers", json: JSONText.list(customers.map(JSONText.string)))
    text.add("undone_at", undoneAt)
    return text.text
  }
}

/// Something to be said of a customer.
public enum CustomerChange: Sendable {
  case name(String)
  case note(String)
  case tag(String)
  case untag(String)
  /// One of `SocialArchive.consents`.
  case consent(String)
  /// One of `SocialArchive.customerKinds`.
  case kind(String)

  fileprivate var decision: (Decision.Kind, String) {
    switch self {
    case .name(let value): (.rename, value)
    case .note(let value): (.note, value)
    case .tag(let value): (.tag, value)
    case .untag(let value): (.untag, value)
    case .consent(let value): (.consent, value)
    case .kind(let value): (.kind, value)
    }
  }
}

extension SocialArchive {
  /// Says something of a customer; it stays on every later import, and can be undone.
  ///
  /// - Returns: The number by which it can be undone, and the card.
  /// - Throws: `ArchiveFailure` if nobody or several are meant, or the word is not known.
  public func change(
    _ name: String, _ change: CustomerChange
  ) throws -> (decision: Int64, CustomerCard) {
    let (kind, value) = change.decision
    guard !value.allSatisfy(\.isWhitespace) else {
      throw ArchiveFailure.failed("nothing was said to write down.")
    }
    if kind == .consent, !SocialArchive.consents.contains(value) {
      throw ArchiveFailure.failed(
        "consent is \(SocialArchive.consents.joined(separator: ", ")), not \(value).")
    }
    if kind == .kind, !SocialArchive.customerKinds.contains(value) {
      throw ArchiveFailure.failed(
        "a kind is one of \(SocialArchive.customerKinds.joined(separator: ", ")), not \(value).")
    }
    let archive = try writingExisting()
    let id = try customerID(name, archive)
    if kind == .untag, try !CustomerCardMaker(archive: archive).card(id).tags.contains(value) {
      throw ArchiveFailure.unknown("\(name) has no tag \(value).")
    }
    let profiles = try archive.profiles(ofCustomer: id)
    let numbers = try decide([ArchiveDatabase.Draft(kind, profiles, value: value)], archive)
    return (numbers[0], try card(of: profiles, archive))
  }

  /// Takes a decision back.
  ///
  /// - Parameters:
  ///   - number: Which; nil for the last that counts.
  ///   - ofOrders: True if only decisions about orders are meant.
  /// - Returns: The decision that was taken back.
  /// - Throws: `ArchiveFailure` if there is none.
  public func undo(_ number: Int64?, ofOrders: Bool = false) throws -> DecisionEntry {
    let archive = try writingExisting()
    guard
      let decision = try archive.undo(
        number, ofOrders: ofOrders, at: SocialArchive.now(), CustomerMatcher(),
        try orderReader(archive))
    else {
      throw ArchiveFailure.unknown(
        number.map { "there is no decision \($0) that counts. See: archive customers decisions" }
          ?? "there is nothing to undo.")
    }
    return try entry(decision, archive)
  }

  /// All decisions, the last first, those that were taken back too.
  ///
  /// - Throws: `ArchiveFailure`.
  public func decisions() throws -> [DecisionEntry] {
    let archive = try reading()
    return try archive.decisions().reversed().map { try entry($0, archive) }
  }

  func entry(_ decision: Decision, _ archive: ArchiveDatabase) throws -> DecisionEntry {
    var customers = try archive.customerNames(of: decision)
    if customers.isEmpty, let name = try orderCustomer(decision, archive) { customers = [name] }
    return DecisionEntry(
      number: decision.number, madeAt: decision.madeAt, kind: decision.kind.rawValue,
      value: decision.words, customers: customers, undoneAt: decision.undoneAt)
  }

  /// Whose order a decision is about.
  private func orderCustomer(_ decision: Decision, _ archive: ArchiveDatabase) throws -> String? {
    guard let conversation = try archive.conversation(ofOrderIn: decision) else { return nil }
    return try archive.cell(
      """
      SELECT coalesce(k.name, c.title) FROM conversation c
      LEFT JOIN customer k ON k.id = c.customer_id WHERE c.id = ?
      """, [.integer(conversation)]
    ).text
  }

  /// Writes decisions about customers and acts on them.
  func decide(
    _ drafts: [ArchiveDatabase.Draft], _ archive: ArchiveDatabase
  ) throws -> [Int64] {
    try archive.decide(
      drafts, at: SocialArchive.now(), CustomerMatcher(), try orderReader(archive))
  }
}
