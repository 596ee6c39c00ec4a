import ArchiveExport
import ArchiveStore
import CustomerMatching
import InboxModel

/// What speaks for or against two customers being one.
public struct LinkFinding: Sendable {
  /// `joined`, `suggested`, `refused`; `merged` and `split` by the user.
  public let verdict: String
  public let reason: String
  /// The messages that show it.
  public let evidence: [String]

  /// The finding as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("verdict", verdict)
    text.add("reason", reason)
    text.add("evidence", json: JSONText.list(evidence.map(JSONText.string)))
    return text.text
  }
}

/// Two customers who may be one.
public struct CustomerSuggestion: Sendable {
  /// By which it is accepted or rejected.
  public let number: Int64
  public let first: Int64
  public let firstName: String?
  public let second: Int64
  public let secondName: String?
  public let rules: [String]
  public let reasons: [String]

  /// The suggestion as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("number", number)
    text.add("first", first)
    text.add("first_name", firstName)
    text.add("second", second)
    text.add("second_name", secondName)
    text.add("rules", json: JSONText.list(rules.map(JSONText.string)))
    text.add("reasons", json: JSONText.list(reasons.map(JSONText.string)))
    return text.text
  }
}

extension LinkFinding {
  /// What `why` answers, as one JSON object.
  public static func json(isOne: Bool, _ findings: [LinkFinding]) -> String {
    var text = JSONText()
    text.add("is_one", isOne)
    text.add("findings", json: JSONText.list(findings.map(\.json)))
    return text.text
  }
}

extension SocialArchive {
  /// What speaks for or against two customers being one: each key that they share, what was made of
  /// it and why, and what the user decided.
  ///
  /// - Returns: Whether they are one, and all findings; none if nothing links them.
  /// - Throws: `ArchiveFailure` if nobody or several are meant.
  public func why(_ first: String, _ second: String) throws -> (isOne: Bool, [LinkFinding]) {
    let archive = try reading()
    let (left, right) = try profilesToCompare(first, second, archive)
    var findings = try archive.findings(left, right, CustomerMatcher()).map { link in
      LinkFinding(
        verdict: link.verdict.rawValue, reason: link.reason,
        evidence: try [link.firstContact, link.secondContact].compactMap {
          try message($0, archive)
        })
    }
    findings += try archive.userFindings(left, right).map {
      LinkFinding(verdict: $0.verdict, reason: $0.reason, evidence: [])
    }
    let customers = try customersOf(left.union(right), archive)
    return (customers.count == 1 && customers[0] != nil, findings)
  }

  /// The profiles of both; of one customer, those of the two names or numbers of profiles.
  private func profilesToCompare(
    _ first: String, _ second: String, _ archive: ArchiveDatabase
  ) throws -> (Set<Int64>, Set<Int64>) {
    func profiles(_ name: String) throws -> Set<Int64> {
      if name.hasPrefix("p"), let id = Int64(name.dropFirst()) {
        guard try archive.cell("SELECT 1 FROM profile WHERE id = ?", [.integer(id)]) != .null else {
          throw ArchiveFailure.unknown("there is no profile \(name). See: archive customers show")
        }
        return [id]
      }
      let id = try customerID(name, archive)
      return Set(try archive.profiles(ofCustomer: id))
    }
    return (try profiles(first), try profiles(second))
  }

  private func customersOf(_ profiles: Set<Int64>, _ archive: ArchiveDatabase) throws -> [Int64?] {
    let list = profiles.map(String.init).joined(separator: ",")
    return try archive.rows(
      "SELECT DISTINCT customer_id FROM profile WHERE id IN (\(list)) ORDER BY 1"
    ).map { $0[0].integer }
  }

  private func message(_ contact: Int64?, _ archive: ArchiveDatabase) throws -> String? {
    guard let contact else { return nil }
    return try archive.cell(
      "SELECT source_message_uid FROM contact_points WHERE id = ?", [.integer(contact)]
    ).text
  }

  /// Customers who may be one, with the reasons; not those that the user has kept apart.
  ///
  /// - Throws: `ArchiveFailure`.
  public func customerSuggestions() throws -> [CustomerSuggestion] {
    let archive = try reading()
    let rows = try archive.rows(
      """
      SELECT min(l.id), p.customer_id, a.name, q.customer_id, b.name,
        json_group_array(DISTINCT l.rule), json_group_array(DISTINCT l.reason)
      FROM profile_link l JOIN profile p ON p.id = l.first_id JOIN profile q ON q.id = l.second_id
      JOIN customer a ON a.id = p.customer_id JOIN customer b ON b.id = q.customer_id
      WHERE p.customer_id <> q.customer_id AND (l.verdict = 'suggested' OR l.verdict = 'joined')
      GROUP BY min(p.customer_id, q.customer_id), max(p.customer_id, q.customer_id) ORDER BY 1
      """)
    let apart = try archive.customersKeptApart()
    return rows.compactMap { row in
      guard let number = row[0].integer, let first = row[1].integer, let second = row[3].integer,
        !apart.contains([first, second])
      else { return nil }
      return CustomerSuggestion(
        number: number, first: first, firstName: row[2].text, second: second,
        secondName: row[4].text, rules: StoredList.values(row[5].text ?? "[]"),
        reasons: StoredList.values(row[6].text ?? "[]"))
    }
  }

  /// Joins customers; the reason is that the user says so.
  ///
  /// - Returns: The number by which each joining can be undone, and the card of the one customer.
  /// - Throws: `ArchiveFailure` if nobody or several are meant.
  public func merge(_ names: [String]) throws -> (decisions: [Int64], CustomerCard) {
    let archive = try writingExisting()
    let ids = try names.map { try customerID($0, archive) }
    guard Set(ids).count > 1 else {
      throw ArchiveFailure.failed("these are one customer already.")
    }
    let first = try archive.profiles(ofCustomer: ids[0])
    var seen: Set<Int64> = [ids[0]]
    let drafts = try ids.filter { seen.insert($0).inserted }.map {
      ArchiveDatabase.Draft(.merge, first, try archive.profiles(ofCustomer: $0))
    }
    let decisions = try decide(drafts, archive)
    return (decisions, try card(of: first, archive))
  }

  /// Keeps profiles apart from the rest of their customer, for ever.
  ///
  /// - Parameters:
  ///   - name: The customer.
  ///   - profiles: Numbers of profiles, as the customer's card shows them.
  /// - Returns: The number by which it can be undone, and the cards of both.
  /// - Throws: `ArchiveFailure` if the profiles are not the customer's, or all of them are given.
  public func split(
    _ name: String, _ profiles: [Int64]
  ) throws -> (decision: Int64, [CustomerCard]) {
    let archive = try writingExisting()
    let all = try archive.profiles(ofCustomer: try customerID(name, archive))
    let rest = all.filter { !profiles.contains($0) }
    guard all.count > 1 else {
      throw ArchiveFailure.failed("\(name) has one profile only: there is nothing to part.")
    }
    guard profiles.allSatisfy(all.contains), !profiles.isEmpty else {
      throw ArchiveFailure.failed(
        "the profiles of \(name) are \(all.map(String.init).joined(separator: ", ")).")
    }
    guard !rest.isEmpty else {
      throw ArchiveFailure.failed(
        "one profile at least must stay. See: archive customers show \(name)")
    }
    let numbers = try decide([ArchiveDatabase.Draft(.split, profiles, rest)], archive)
    return (numbers[0], [try card(of: rest, archive), try card(of: profiles, archive)])
  }

  /// Answers suggestions, rejections first: what is then joined respects them.
  ///
  /// - Parameters:
  ///   - rejected: Numbers of suggestions whose customers are kept apart.
  ///   - accepted: Numbers of suggestions whose customers are one.
  /// - Returns: The numbers of the decisions.
  /// - Throws: `ArchiveFailure` if there is no such suggestion; nothing is decided then.
  public func answer(rejecting rejected: [Int64], accepting accepted: [Int64]) throws -> [Int64] {
    let known = Dictionary(
      uniqueKeysWithValues: try customerSuggestions().map { ($0.number, $0) })
    if let number = (rejected + accepted).first(where: { known[$0] == nil }) {
      throw ArchiveFailure.unknown(
        "there is no suggestion \(number). See: archive customers suggestions")
    }
    let archive = try writingExisting()
    // By profiles: an answer may change whose customer the next one is about.
    let sides = try (rejected + accepted).map { number -> ([Int64], [Int64]) in
      guard let suggestion = known[number] else { return ([], []) }
      return (
        try archive.profiles(ofCustomer: suggestion.first),
        try archive.profiles(ofCustomer: suggestion.second)
      )
    }
    let drafts = sides.enumerated().map { place, side in
      ArchiveDatabase.Draft(place < rejected.count ? .split : .merge, side.0, side.1)
    }
    return try decide(drafts, archive)
  }

  func card(of profiles: [Int64], _ archive: ArchiveDatabase) throws -> CustomerCard {
    guard
      let id = try archive.cell(
        "SELECT customer_id FROM profile WHERE id = ?", [.integer(profiles[0])]
      ).integer
    else { throw ArchiveFailure.failed("nobody of these writes to the business directly.") }
    return try CustomerCardMaker(archive: archive).card(id)
  }
}
