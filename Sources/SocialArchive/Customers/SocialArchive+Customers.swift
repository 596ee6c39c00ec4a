import ArchiveExport
import ArchiveStore
import CustomerMatching
import Foundation
import ImporterCatalog
import Importing
import InboxModel

/// Which customers are meant.
public struct CustomerFilter: Sendable {
  /// Part of any of their names.
  public var text: String?
  public var platform: String?
  /// True for those whom another way reaches if one platform is gone: a phone, an e-mail or a second
  /// platform; false for the others.
  public var isReachable: Bool?
  /// Those who wrote on that day or later, as a search names days.
  public var since: String?
  public var hasOrder = false
  public var tag: String?
  /// `customer` if nil; `all` for everybody.
  public var kind: String?
  public var consent: String?

  public init() {}

  /// True of a row of `customers` whom another way reaches if one platform is gone.
  static let reachable = "(phones <> '[]' OR emails <> '[]' OR json_array_length(platforms) > 1)"
}

extension SocialArchive {
  /// What somebody in the list of customers may be.
  public static let customerKinds = ["customer", "courier", "supplier", "bot", "spam", "other"]
  /// The platforms that importers read, as the archive calls them.
  public static let platforms = Set(ImporterCatalog.all.map(\.platform.rawValue)).sorted()

  /// True for what names a day, as in a search: `2024-05-01`, `2024-05`, `2024`, `yesterday`.
  public static func isDay(_ text: String) -> Bool {
    SearchDay.days(text, today: .now) != nil
  }

  /// What a customer may have said to messages from the business.
  public static let consents = ["unknown", "opted-in", "opted-out"]

  /// The customers that a filter lets through, those who wrote last first, as JSON Lines to an open
  /// file descriptor.
  ///
  /// - Throws: `ArchiveFailure`, or `OutputError`.
  public func listCustomersJSON(_ filter: CustomerFilter, to descriptor: Int32) throws {
    let (sql, arguments) = try statement("*", filter)
    try writeJSON(sql, arguments, prefix: nil, to: descriptor)
  }

  /// The same as text, for people.
  ///
  /// - Parameters:
  ///   - filter: Who is meant.
  ///   - columns: Columns of the view `customers`.
  /// - Returns: The rows; nil stands for NULL.
  /// - Throws: `ArchiveFailure`.
  public func customers(_ filter: CustomerFilter, columns: [String]) throws -> [[String?]] {
    // Lists stand with commas between what is in them.
    let lists: Set<String> = ["phones", "emails", "platforms", "aliases", "tags", "notes"]
    let cells = columns.map {
      lists.contains($0) ? "(SELECT group_concat(value, ', ') FROM json_each(\($0)))" : $0
    }
    let (sql, arguments) = try statement(cells.joined(separator: ", "), filter)
    return try reading().rows(sql, arguments).map { $0.map(\.text) }
  }

  private func statement(
    _ columns: String, _ filter: CustomerFilter
  ) throws -> (String, [Cell]) {
    var conditions: [String] = []
    var arguments: [Cell] = []
    func add(_ condition: String, _ value: String) {
      conditions.append(condition)
      arguments.append(.text(value))
    }
    if filter.kind != "all" { add("kind = ?", filter.kind ?? "customer") }
    if let platform = filter.platform {
      add("EXISTS (SELECT 1 FROM json_each(platforms) WHERE value = ?)", platform)
    }
    if let tag = filter.tag { add("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", tag) }
    if let consent = filter.consent { add("consent = ?", consent) }
    if let since = filter.since, let days = SearchDay.days(since, today: .now) {
      add("last_contact_at >= ?", ISOTime.text(days.lowerBound * 86_400_000))
    }
    if filter.hasOrder { conditions.append("order_count > 0") }
    if let isReachable = filter.isReachable {
      conditions.append(isReachable ? CustomerFilter.reachable : "NOT \(CustomerFilter.reachable)")
    }
    if let text = filter.text {
      let archive = try reading()
      conditions.append(
        "(id IN (\(try archive.customers(named: text))) OR id IN (\(SocialArchive.byContact)))")
      arguments.append(.text(try contactValue(text, archive)))
    }
    let whole = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    return (
      "SELECT \(columns) FROM customers \(whole) ORDER BY last_contact_at DESC, uid", arguments
    )
  }

  /// A customer by number, uid, phone, e-mail or name.
  ///
  /// - Throws: `ArchiveFailure` if nobody or several are meant.
  public func customer(_ name: String) throws -> CustomerCard {
    let archive = try reading()
    return try CustomerCardMaker(archive: archive).card(try customerID(name, archive))
  }

  /// The number of the one customer who is meant.
  func customerID(_ name: String, _ archive: ArchiveDatabase) throws -> Int64 {
    let found = try candidates(name, archive)
    guard found.count <= 1 else {
      let list = try archive.rows(
        "SELECT id, name FROM customer WHERE id IN (\(found.map(String.init).joined(separator: ","))) LIMIT 8"
      ).map { "\($0[0].text ?? "") \($0[1].text ?? "")" }
      throw ArchiveFailure.ambiguous(
        "\(name) may be \(list.joined(separator: ", ")). Say the number.")
    }
    guard let id = found.first else {
      throw ArchiveFailure.unknown("there is no customer \(name). See: archive customers")
    }
    return id
  }

  private static let byContact = """
    SELECT DISTINCT p.customer_id FROM contact_point t JOIN profile p ON p.id = t.profile_id
    WHERE t.ownership = 'self' AND t.kind IN ('phone', 'email') AND p.customer_id IS NOT NULL
      AND t.value = ?
    """

  /// A number or mail address as the archive has it, however it is typed.
  private func contactValue(_ text: String, _ archive: ArchiveDatabase) throws -> String {
    PhoneText.e164(text, region: try archive.setting("region")) ?? text.lowercased()
  }

  private func candidates(_ name: String, _ archive: ArchiveDatabase) throws -> [Int64] {
    guard !name.allSatisfy(\.isWhitespace) else { return [] }
    func ids(_ sql: String, _ value: String) throws -> [Int64] {
      try archive.rows(sql, [.text(value)]).compactMap { $0[0].integer }
    }
    if Int64(name) != nil {
      let found = try ids("SELECT id FROM customer WHERE id = CAST(? AS INTEGER)", name)
      if !found.isEmpty { return found }
    }
    // The uid of each of their profiles is a customer's, too: merging makes none of them untrue.
    if name.hasPrefix("c") {
      for uid in [name, try resolve(name, archive)] {
        let found = try ids("SELECT DISTINCT customer_id FROM profile WHERE 'c' || uid = ?1", uid)
        if !found.isEmpty { return found }
      }
    }
    let byContact = try ids(SocialArchive.byContact, try contactValue(name, archive))
    if !byContact.isEmpty { return byContact }
    let exact = try ids(
      """
      SELECT id FROM customer WHERE name = ?1
      UNION SELECT k.id FROM customer k, json_each(k.aliases) j WHERE j.value = ?1
      """, name)
    if !exact.isEmpty { return exact }
    return try archive.customers(named: name).split(separator: ",").compactMap { Int64($0) }
  }
}

/// Puts a customer's card together.
struct CustomerCardMaker {
  let archive: ArchiveDatabase

  private func texts(_ list: Cell) -> [String] { StoredList.values(list.text ?? "[]") }

  func card(_ id: Int64) throws -> CustomerCard {
    let row = try archive.rows(
      """
      SELECT uid, name, aliases, kind, kind_reason, consent, consent_reason, tags, notes,
        first_contact_at, last_contact_at FROM customers WHERE id = ?
      """, [.integer(id)]
    )[0]
    return CustomerCard(
      id: id, uid: row[0].text ?? "", name: row[1].text, aliases: texts(row[2]),
      kind: row[3].text ?? "", kindReason: row[4].text, consent: row[5].text ?? "",
      consentReason: row[6].text, tags: texts(row[7]), notes: texts(row[8]),
      firstContact: row[9].text, lastContact: row[10].text, profiles: try profiles(id),
      contacts: try contacts(id), links: try links(id),
      conversations: try entries(
        """
        SELECT id, uid, platform || ', ' || message_count || ' messages, until '
          || substr(last_message_at, 1, 10) || ': ' || coalesce(title, '')
        FROM conversations WHERE customer_id = ? ORDER BY last_message_at DESC
        """, id),
      orders: try entries(
        """
        SELECT id, uid, status || ' ' || coalesce(substr(placed_at, 1, 10), '') || ' '
          || coalesce(total, '') || ' ' || coalesce(currency, '')
        FROM orders WHERE customer_id = ? AND review <> 'rejected' ORDER BY placed_at DESC
        """, id))
  }

  private func profiles(_ id: Int64) throws -> [CustomerCard.Profile] {
    try archive.rows(
      """
      SELECT p.id, p.platform, p.name, p.handle, min(c.first_message_at), max(c.last_message_at)
      FROM profile p LEFT JOIN participant t ON t.profile_id = p.id
      LEFT JOIN conversations c ON c.id = t.conversation_id AND c.kind = 'direct'
      WHERE p.customer_id = ? GROUP BY p.id ORDER BY p.platform, p.uid
      """, [.integer(id)]
    ).map {
      CustomerCard.Profile(
        id: $0[0].integer ?? 0, platform: $0[1].text ?? "", name: $0[2].text, handle: $0[3].text,
        firstContact: $0[4].text, lastContact: $0[5].text)
    }
  }

  private func contacts(_ id: Int64) throws -> [CustomerCard.Contact] {
    try archive.rows(
      """
      SELECT kind, value, raw, ownership, reason, source_message_uid, profile_id
      FROM contact_points WHERE customer_id = ?
      ORDER BY ownership = 'self' DESC, kind, value, source_message_uid
      """, [.integer(id)]
    ).map {
      CustomerCard.Contact(
        kind: $0[0].text ?? "", value: $0[1].text ?? "", raw: $0[2].text ?? "",
        ownership: $0[3].text ?? "", reason: $0[4].text ?? "", message: $0[5].text,
        profile: $0[6].integer ?? 0)
    }
  }

  private func links(_ id: Int64) throws -> [CustomerCard.Link] {
    let rules = try archive.rows(
      """
      SELECT l.first_id, l.second_id, l.rule, l.reason, a.source_message_uid, b.source_message_uid
      FROM profile_link l JOIN profile p ON p.id = l.first_id JOIN profile q ON q.id = l.second_id
      LEFT JOIN contact_points a ON a.id = l.first_contact
      LEFT JOIN contact_points b ON b.id = l.second_contact
      WHERE p.customer_id = ?1 AND q.customer_id = ?1 AND l.verdict = 'joined' ORDER BY l.id
      """, [.integer(id)]
    ).map { row in
      CustomerCard.Link(
        first: row[0].integer ?? 0, second: row[1].integer ?? 0, rule: row[2].text ?? "",
        reason: row[3].text ?? "", evidence: [row[4].text, row[5].text].compactMap(\.self),
        decision: nil)
    }
    let members = Set(try profiles(id).map(\.id))
    return rules
      + (try archive.userLinks().filter {
        members.contains($0.first) && members.contains($0.second)
      }.map {
        CustomerCard.Link(
          first: $0.first, second: $0.second, rule: "user", reason: "joined by hand on \($0.day)",
          evidence: [], decision: $0.decision)
      })
  }

  private func entries(_ sql: String, _ id: Int64) throws -> [CustomerCard.Entry] {
    try archive.rows(sql, [.integer(id)]).map {
      CustomerCard.Entry(id: $0[0].integer ?? 0, uid: $0[1].text ?? "", text: $0[2].text ?? "")
    }
  }
}
