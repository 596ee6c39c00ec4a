import ArchiveExport
import ArchiveStore
import CustomerMatching
import Foundation
import InboxModel

/// Customers with all that a target program may ask for, by the names of `PresetFields`.
struct CustomerFields {
  private let archive: ArchiveDatabase
  /// So many are looked up together.
  private static let portion = 500

  init(_ archive: ArchiveDatabase) { self.archive = archive }

  /// A customer.
  struct Customer {
    let id: Int64
    let name: String?
    let consent: String
    var fields: [String: FieldValue]
  }

  /// Hands out customers in the order of their numbers.
  ///
  /// - Parameters:
  ///   - condition: Which rows of the view `customers`.
  ///   - body: Gets one after the other.
  /// - Throws: What SQLite reports, or `body` throws.
  func forEach(_ condition: Condition, _ body: (Customer) throws -> Void) throws {
    let ids = try archive.rows(
      "SELECT id FROM customers \(condition.sql) ORDER BY id", condition.arguments
    )
    .compactMap { $0[0].integer }
    for start in stride(from: 0, to: ids.count, by: CustomerFields.portion) {
      let some = Array(ids[start..<min(start + CustomerFields.portion, ids.count)])
      for customer in try customers(some) { try body(customer) }
    }
  }

  /// Customers by their numbers, in that order.
  func customers(_ ids: [Int64]) throws -> [Customer] {
    let list = ids.map(String.init).joined(separator: ",")
    let handles = try handles(list)
    let addresses = try addresses(list)
    let sold = try sold(list)
    var found: [Int64: Customer] = [:]
    for row in try archive.rows(
      """
      SELECT id, uid, name, phones, emails, platforms, message_count, order_count, first_contact_at,
        last_contact_at, kind, consent, aliases, tags, notes FROM customers WHERE id IN (\(list))
      """)
    {
      guard let id = row[0].integer else { continue }
      found[id] = customer(id, row, handles[id] ?? [:], addresses[id], sold[id] ?? [:])
    }
    return ids.compactMap { found[$0] }
  }

  private func customer(
    _ id: Int64, _ row: [Cell], _ handles: [String: String], _ address: String?,
    _ sold: [String: Decimal]
  ) -> Customer {
    func list(_ index: Int) -> [String] { StoredList.values(row[index].text ?? "[]") }
    let (phones, emails, tags, notes) = (list(3), list(4), list(13), list(14))
    let (aliases, platforms) = (list(12), list(5))
    let parts = NameParts(row[2].text ?? "")
    let phone = phones.first.flatMap(PhoneText.parts)
    let spent = sold.sorted { $0.key < $1.key }.map { currency, sum in
      currency.isEmpty
        ? Money.plain(sum) : Money.text(sum, currency: currency) + " " + currency
    }
    func at(_ values: [String], _ index: Int) -> FieldValue {
      values.indices.contains(index) ? .text(values[index]) : .none
    }
    let first = row[8].text.map { String($0.prefix(10)) }
    let last = row[9].text.map { String($0.prefix(10)) }
    let summary = [
      platforms.isEmpty ? nil : "Wrote on \(platforms.joined(separator: ", "))",
      first.map { "from \($0) to \(last ?? $0)" },
      row[7].integer.map { "orders: \($0)" },
      spent.isEmpty ? nil : "sold: \(spent.joined(separator: ", "))",
      aliases.isEmpty ? nil : "also called \(aliases.joined(separator: ", "))",
    ].compactMap(\.self).joined(separator: "; ")
    return Customer(
      id: id, name: row[2].text, consent: row[11].text ?? "unknown",
      fields: [
        "id": .init(row[1].text), "name": .init(row[2].text),
        "first_name": .init(parts.first), "last_name": .init(parts.last),
        "aliases": .list(aliases), "phone": at(phones, 0), "phone_2": at(phones, 1),
        "phone_3": at(phones, 2), "phones": .list(phones),
        "phone_national": .init(phone?.national), "phone_country": .init(phone?.country),
        "phone_calling_code": .init(phone?.callingCode), "whatsapp": .init(handles["whatsapp"]),
        "email": at(emails, 0), "email_2": at(emails, 1), "email_3": at(emails, 2),
        "emails": .list(emails), "emails_rest": .list(Array(emails.dropFirst())),
        "instagram": .init(handles["instagram"]), "facebook": .init(handles["facebook"]),
        "address": .init(address), "country": .init(phone?.country),
        "platforms": .list(platforms), "tags": .list(tags),
        "notes": .init(notes.isEmpty ? nil : notes.joined(separator: "\n")),
        "kind": .init(row[10].text), "consent": .init(row[11].text),
        "first_contact": .init(row[8].text), "last_contact": .init(row[9].text),
        "message_count": .init(row[6].text), "order_count": .init(row[7].text),
        "spent": .list(spent), "summary": .init(summary),
        "notes_and_summary": .text((notes + [summary]).joined(separator: "\n")),
      ])
  }

  /// The handle on each platform.
  private func handles(_ list: String) throws -> [Int64: [String: String]] {
    var found: [Int64: [String: String]] = [:]
    for row in try archive.rows(
      """
      SELECT customer_id, platform, handle FROM profiles
      WHERE customer_id IN (\(list)) AND handle IS NOT NULL ORDER BY uid DESC
      """)
    {
      found[row[0].integer ?? 0, default: [:]][row[1].text ?? ""] = row[2].text
    }
    // What was said of a handle in a chat counts where the platform shows none.
    for row in try archive.rows(
      """
      SELECT p.customer_id, t.value FROM profile p CROSS JOIN contact_point t ON t.profile_id = p.id
      WHERE p.customer_id IN (\(list)) AND +t.kind = 'handle' AND t.ownership = 'self'
      ORDER BY t.value DESC
      """)
    {
      let pieces = (row[1].text ?? "").split(separator: ":", maxSplits: 1).map(String.init)
      guard pieces.count == 2, found[row[0].integer ?? 0]?[pieces[0]] == nil else { continue }
      found[row[0].integer ?? 0, default: [:]][pieces[0]] = pieces[1]
    }
    return found
  }

  /// The address of their own that was given last.
  private func addresses(_ list: String) throws -> [Int64: String] {
    var found: [Int64: String] = [:]
    for row in try archive.rows(
      """
      SELECT p.customer_id, t.raw FROM profile p CROSS JOIN contact_point t ON t.profile_id = p.id
      WHERE p.customer_id IN (\(list)) AND +t.kind = 'address' AND t.ownership = 'self' ORDER BY t.id
      """)
    { found[row[0].integer ?? 0] = row[1].text }
    return found
  }

  /// What was sold to each, by currency.
  private func sold(_ list: String) throws -> [Int64: [String: Decimal]] {
    var found: [Int64: [String: Decimal]] = [:]
    var waiting: [[Cell]] = []
    func add() {
      guard let first = waiting.first else { return }
      let order = OrderEntry(first, lines: waiting)
      waiting.removeAll(keepingCapacity: true)
      guard OrderReport.isSold(order), let worth = order.worth, let customer = order.customer else {
        return
      }
      found[customer, default: [:]][order.currency ?? "", default: 0] += worth
    }
    for row in try archive.rows(
      """
      \(OrderEntry.sql) WHERE o.customer_id IN (\(list)) AND o.review <> 'rejected'
      ORDER BY o.id, l.position
      """)
    {
      if let last = waiting.last, last[0] != row[0] { add() }
      waiting.append(row)
    }
    add()
    return found
  }
}
