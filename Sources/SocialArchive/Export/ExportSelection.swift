import ArchiveStore
import InboxModel

/// What of the archive is to be exported.
public struct ExportSelection: Sendable {
  /// A customer, by number, uid, phone, e-mail or name.
  public var customer: String?
  public var platform: String?
  /// What happened on that day or later, as a search names days; customers who wrote since then.
  public var after: String?
  /// What happened before that day; customers who wrote before it.
  public var before: String?
  public var tag: String?
  public var hasPhone = false
  public var hasEmail = false
  public var hasOrder = false
  /// True for customers whom another way reaches if one platform is gone; false for the others.
  public var isReachable: Bool?
  /// What they are, such as `courier`; everybody in plain tables, and `customer` for other programs, if nil.
  public var kind: String?

  public init() {}

  /// True if all is meant.
  public var isEmpty: Bool { !isAboutCustomers && platform == nil && after == nil && before == nil }

  /// The same for programs that want customers only, unless it says other.
  var ofCustomers: ExportSelection {
    var selection = self
    selection.kind = kind ?? "customer"
    return selection
  }

  /// Only its days.
  var days: ExportSelection {
    var selection = ExportSelection()
    (selection.after, selection.before) = (after, before)
    return selection
  }

  /// True if only some customers are meant.
  var isAboutCustomers: Bool {
    customer != nil || tag != nil || hasPhone || hasEmail || hasOrder || isReachable != nil
      || kind != nil
  }
}

/// A condition of SQL with the values for its `?`.
struct Condition {
  private(set) var parts: [String] = []
  private(set) var arguments: [Cell] = []

  mutating func add(_ part: String, _ values: [Cell] = []) {
    parts.append(part)
    arguments += values
  }

  /// `WHERE …`, or nothing.
  var sql: String { parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ") }
}

extension SocialArchive {
  /// Which rows of a table a selection means.
  func condition(
    _ selection: ExportSelection, _ table: ArchiveTable, _ archive: ArchiveDatabase
  ) throws -> Condition {
    var condition = Condition()
    let days = try Days(selection)
    switch table {
    case .customers:
      condition = try customers(selection, archive)
    case .orders:
      try addCustomers(selection, "customer_id", archive, to: &condition)
      days.add("placed_at", to: &condition)
      if let platform = selection.platform {
        condition.add(
          "conversation_id IN (SELECT id FROM conversations WHERE platform = ?)", [.text(platform)])
      }
    case .orderLines:
      let orders = try self.condition(selection, .orders, archive)
      if !orders.parts.isEmpty {
        condition.add("order_id IN (SELECT id FROM orders \(orders.sql))", orders.arguments)
      }
    case .conversations:
      try addCustomers(selection, "customer_id", archive, to: &condition)
      if let platform = selection.platform { condition.add("platform = ?", [.text(platform)]) }
      if let after = days.after { condition.add("last_message_at >= ?", [.text(after)]) }
      if let before = days.before { condition.add("first_message_at < ?", [.text(before)]) }
    case .messages:
      try addCustomers(selection, "customer_id", archive, to: &condition)
      if let platform = selection.platform { condition.add("platform = ?", [.text(platform)]) }
      days.addMilliseconds("sent_at_ms", to: &condition)
    case .contactPoints:
      guard selection.after == nil, selection.before == nil else {
        throw ArchiveFailure.failed(
          "contact points have no day: choose by customer and platform only.")
      }
      try addCustomers(selection, "customer_id", archive, to: &condition)
      if let platform = selection.platform {
        condition.add(
          "profile_id IN (SELECT id FROM profiles WHERE platform = ?)", [.text(platform)])
      }
    case .records:
      if selection.isAboutCustomers {
        throw ArchiveFailure.failed(
          "records belong to no customer: choose by day and platform only.")
      }
      if let platform = selection.platform { condition.add("platform = ?", [.text(platform)]) }
      days.add("happened_at", to: &condition)
    case .imports, .files, .suggestions: break
    }
    return condition
  }

  /// Which customers a selection means.
  private func customers(
    _ selection: ExportSelection, _ archive: ArchiveDatabase
  ) throws -> Condition {
    var condition = Condition()
    if let customer = selection.customer {
      condition.add("id = ?", [.integer(try customerID(customer, archive))])
    } else if let kind = selection.kind, kind != "all" {
      condition.add("kind = ?", [.text(kind)])
    }
    if let platform = selection.platform {
      condition.add(
        "EXISTS (SELECT 1 FROM json_each(platforms) WHERE value = ?)", [.text(platform)])
    }
    if let tag = selection.tag {
      condition.add("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", [.text(tag)])
    }
    if selection.hasPhone { condition.add("phones <> '[]'") }
    if selection.hasEmail { condition.add("emails <> '[]'") }
    if selection.hasOrder { condition.add("order_count > 0") }
    if let isReachable = selection.isReachable {
      condition.add(isReachable ? CustomerFilter.reachable : "NOT \(CustomerFilter.reachable)")
    }
    let days = try Days(selection)
    if let after = days.after { condition.add("last_contact_at >= ?", [.text(after)]) }
    if let before = days.before { condition.add("first_contact_at < ?", [.text(before)]) }
    return condition
  }

  private func addCustomers(
    _ selection: ExportSelection, _ column: String, _ archive: ArchiveDatabase,
    to condition: inout Condition
  ) throws {
    guard selection.isAboutCustomers else { return }
    var of = selection
    (of.platform, of.after, of.before) = (nil, nil, nil)
    let customers = try self.customers(of, archive)
    condition.add("\(column) IN (SELECT id FROM customers \(customers.sql))", customers.arguments)
  }
}

/// The days between which something happened, as ISO 8601 in UTC.
private struct Days {
  private(set) var after: String?
  private(set) var before: String?
  private var first: Int64?
  private var end: Int64?

  init(_ selection: ExportSelection) throws {
    first = try selection.after.map(SocialArchive.start(of:))
    end = try selection.before.map(SocialArchive.start(of:))
    after = first.map(ISOTime.text)
    before = end.map(ISOTime.text)
  }

  func add(_ column: String, to condition: inout Condition) {
    if let after { condition.add("\(column) >= ?", [.text(after)]) }
    if let before { condition.add("\(column) < ?", [.text(before)]) }
  }

  func addMilliseconds(_ column: String, to condition: inout Condition) {
    if let first { condition.add("\(column) >= ?", [.integer(first)]) }
    if let end { condition.add("\(column) < ?", [.integer(end)]) }
  }
}

extension SocialArchive {
  /// When a day, month or year begins, milliseconds since 1970.
  static func start(of text: String) throws -> Int64 {
    guard let days = SearchDay.days(text, today: .now) else {
      throw ArchiveFailure.failed("\(text) is no day. Write one such as 2024-05-01.")
    }
    return days.lowerBound * 86_400_000
  }
}
