import ArchiveExport
import ArchiveStore
import Foundation
import InboxModel

/// What came of writing a site.
public struct SiteResult: Sendable {
  public internal(set) var customers = 0
  public internal(set) var conversations = 0
  public internal(set) var messages = 0
  public internal(set) var files = 0
}

extension SocialArchive {
  /// Writes customers and conversations as a folder of pages that any browser opens: no script, nothing
  /// from outside. Times are those of the archive's zone.
  ///
  /// - Parameters:
  ///   - selection: Which of them.
  ///   - path: The folder; it has this name when it is whole.
  ///   - replaces: True if an earlier export of that name may be replaced.
  ///   - progress: Called now and then with the number of messages written.
  /// - Returns: What was written.
  /// - Throws: `ArchiveFailure`.
  public func exportSite(
    _ selection: ExportSelection, to path: String, replaces: Bool,
    progress: @escaping (Int) -> Void = { _ in }
  ) throws -> SiteResult {
    let archive = try snapshot()
    let zone = try archive.setting("timezone").flatMap(TimeZone.init(identifier:)) ?? .gmt
    do {
      let folder = try OutputFolder(path, replaces: replaces)
      var writer = SiteWriter(archive, folder, zone, progress)
      try writer.write(
        customers: try condition(selection.ofCustomers, .customers, archive),
        conversations: selection.isEmpty
          ? Condition() : try condition(selection, .conversations, archive),
        messages: try condition(selection.days, .messages, archive))
      try folder.finish()
      return writer.result
    } catch let problem as OutputProblem {
      throw ArchiveFailure.failed(problem.description)
    }
  }
}

/// Writes the pages of a site.
private struct SiteWriter {
  private let archive: ArchiveDatabase
  private let folder: OutputFolder
  private let zone: TimeZone
  private let progress: (Int) -> Void
  private(set) var result = SiteResult()
  /// The pages of each customer's conversations: title and link.
  private var links: [Int64: [(title: String, link: String)]] = [:]

  /// Messages of one page, and rows of one list.
  private static let perPage = 500
  private static let perList = 1_000
  /// Endings that a browser shows or that do nothing; all other files are `.bin`.
  private static let endings: Set<String> = [
    "jpg", "jpeg", "png", "gif", "webp", "mp4", "webm", "mov", "mp3", "m4a", "aac", "ogg", "opus",
    "wav", "amr", "pdf", "txt", "vcf", "zip", "doc", "docx", "xls", "xlsx", "csv",
  ]

  init(
    _ archive: ArchiveDatabase, _ folder: OutputFolder, _ zone: TimeZone,
    _ progress: @escaping (Int) -> Void
  ) {
    self.archive = archive
    self.folder = folder
    self.zone = zone
    self.progress = progress
  }

  mutating func write(
    customers: Condition, conversations: Condition, messages: Condition
  ) throws {
    for name in ["conversations", "customers", "media"] { try folder.makeFolder(name) }
    let chats = try archive.rows(
      """
      SELECT id, uid, platform, title, customer_id, last_message_at FROM conversations
      \(conversations.sql) ORDER BY last_message_at DESC, uid
      """, conversations.arguments)
    var index: [String] = []
    for chat in chats {
      let count = try write(chat, messages)
      guard count > 0 else { continue }
      let title = chat[3].text ?? "–"
      let link = "\(chat[1].text ?? "")-1.html"
      index.append(
        "<tr><td><a href=\"conversations/\(link)\"><bdi>\(HTMLText.escaped(title))</bdi></a></td>"
          + "<td>\(HTMLText.escaped(chat[2].text ?? ""))</td><td>\(count)</td>"
          + "<td>\((chat[5].text ?? "").prefix(10))</td></tr>")
      if let customer = chat[4].integer {
        links[customer, default: []].append((title, link))
      }
      result.conversations += 1
    }
    let people = try writeCustomers(customers)
    try list("index", "Customers", people, ["name", "platforms", "phones", "e-mails", "orders"])
    try list(
      "conversations", "Conversations", index, ["conversation", "platform", "messages", "last"])
    let record = JSONText.object([
      ("format", "site"), ("tool", "archive \(SocialArchive.version)"),
      ("made_at", SocialArchive.now()),
    ])
    try folder.write(OutputFolder.markName) { $0.write((record + "\n").utf8) }
  }

  // MARK: - Lists

  /// Pages of rows under a header.
  private func list(
    _ name: String, _ title: String, _ rows: [String], _ columns: [String]
  ) throws {
    let pages = max(1, (rows.count + SiteWriter.perList - 1) / SiteWriter.perList)
    func link(_ number: Int) -> String { number == 1 ? "\(name).html" : "\(name)-\(number).html" }
    for number in 1...pages {
      var page = SitePage(title: title, isRightToLeft: false)
      page.add(
        "<nav><a href=\"index.html\">Customers</a><a href=\"conversations.html\">Conversations</a></nav>"
      )
      page.add("<h1>\(title)</h1>")
      page.add(SiteWriter.pager(number, pages, link))
      let head = columns.map { "<th>\($0)</th>" }.joined()
      let start = (number - 1) * SiteWriter.perList
      page.add("<table><tr>\(head)</tr>")
      for row in rows[start..<min(start + SiteWriter.perList, rows.count)] { page.add(row) }
      page.add("</table>")
      try folder.write(link(number)) { $0.write(page.text.utf8) }
    }
  }

  private static func pager(_ number: Int, _ pages: Int, _ link: (Int) -> String) -> String {
    guard pages > 1 else { return "" }
    var links: [String] = []
    if number > 1 { links.append("<a href=\"\(link(number - 1))\">←</a>") }
    links.append("<span>\(number) / \(pages)</span>")
    if number < pages { links.append("<a href=\"\(link(number + 1))\">→</a>") }
    return "<nav>\(links.joined())</nav>"
  }

  // MARK: - Customers

  /// Writes a page for each customer; gives the rows of the list.
  private mutating func writeCustomers(_ condition: Condition) throws -> [String] {
    var rows: [String] = []
    var written = 0
    let links = links
    try CustomerFields(archive).forEach(condition) { customer in
      let uid = customer.fields["id"]?.texts.first ?? ""
      let page = try self.page(customer, links[customer.id] ?? [])
      try folder.write("customers/\(uid).html") { $0.write(page.text.utf8) }
      func cell(_ name: String) -> String {
        let texts = (customer.fields[name]?.texts ?? []).map {
          "<bdi>\(HTMLText.escaped($0))</bdi>"
        }
        return "<td>\(texts.joined(separator: "<br>"))</td>"
      }
      let name = HTMLText.escaped(customer.name ?? "–")
      rows.append(
        "<tr><td><a href=\"customers/\(uid).html\"><bdi>\(name)</bdi></a></td>"
          + ["platforms", "phones", "emails", "order_count"].map(cell).joined() + "</tr>")
      written += 1
    }
    result.customers = written
    return rows
  }

  private func page(
    _ customer: CustomerFields.Customer, _ links: [(title: String, link: String)]
  ) throws -> SitePage {
    let name = customer.name ?? "–"
    var page = SitePage(title: name, isRightToLeft: HTMLText.isRightToLeft(name))
    page.add(
      "<nav><a href=\"../index.html\">Customers</a><a href=\"../conversations.html\">Conversations</a></nav>"
    )
    page.add("<h1><bdi>\(HTMLText.escaped(name))</bdi></h1><table>")
    for (title, field) in [
      ("Also called", "aliases"), ("Phones", "phones"), ("E-mails", "emails"),
      ("Address", "address"),
      ("Platforms", "platforms"), ("Tags", "tags"), ("Notes", "notes"), ("Consent", "consent"),
      ("First contact", "first_contact"), ("Last contact", "last_contact"), ("Sold", "spent"),
    ] {
      let isDay = field.hasSuffix("_contact")
      let texts = (customer.fields[field]?.texts ?? []).map { isDay ? String($0.prefix(10)) : $0 }
      guard !texts.isEmpty else { continue }
      let shown = texts.map { "<bdi>\(HTMLText.escaped($0))</bdi>" }.joined(separator: "<br>")
      page.add("<tr><th>\(title)</th><td class=\"text\">\(shown)</td></tr>")
    }
    page.add("</table>")
    try addOrders(of: customer.id, to: &page)
    page.add("<h2>Conversations</h2><ul>")
    for (title, link) in links {
      page.add(
        "<li><a href=\"../conversations/\(link)\"><bdi>\(HTMLText.escaped(title))</bdi></a></li>")
    }
    page.add("</ul>")
    return page
  }

  private func addOrders(of customer: Int64, to page: inout SitePage) throws {
    var orders: [Int64: [[Cell]]] = [:]
    var order: [Int64] = []
    for row in try archive.rows(
      """
      \(OrderEntry.sql) WHERE o.customer_id = ? AND o.review <> 'rejected'
      ORDER BY o.placed_at DESC, o.uid, l.position
      """, [.integer(customer)])
    {
      let id = row[0].integer ?? 0
      if orders[id] == nil { order.append(id) }
      orders[id, default: []].append(row)
    }
    guard !order.isEmpty else { return }
    page.add(
      "<h2>Orders</h2><table><tr><th>placed</th><th>status</th><th>goods</th><th>total</th></tr>")
    for rows in order.compactMap({ orders[$0] }) {
      let entry = OrderEntry(rows[0], lines: rows)
      let goods = entry.lines.map { "<bdi>\(HTMLText.escaped(OrderEntry.text($0)))</bdi>" }
      let review = entry.review == "unreviewed" ? " <span class=\"small\">(unreviewed)</span>" : ""
      let total = [entry.total ?? entry.linesTotal, entry.currency].compactMap(\.self)
      page.add(
        "<tr><td>\(HTMLText.escaped(String((entry.placedAt ?? "").prefix(10))))</td><td>\(HTMLText.escaped(entry.status))\(review)</td>"
          + "<td>\(goods.joined(separator: "<br>"))</td>"
          + "<td>\(HTMLText.escaped(total.joined(separator: " ")))</td></tr>")
    }
    page.add("</table>")
  }

  // MARK: - Conversations

  /// Writes the pages of a conversation; gives the number of its messages.
  private mutating func write(_ chat: [Cell], _ condition: Condition) throws -> Int {
    var condition = condition
    condition.add("conversation_id = ?", [.integer(chat[0].integer ?? 0)])
    let count = Int(
      try archive.cell("SELECT count(*) FROM messages \(condition.sql)", condition.arguments)
        .integer ?? 0)
    guard count > 0 else { return 0 }
    let uid = chat[1].text ?? ""
    let title = chat[3].text ?? "–"
    let pages = (count + SiteWriter.perPage - 1) / SiteWriter.perPage
    var last: Int64 = .min
    for number in 1...pages {
      let messages = try self.messages(condition, after: last)
      last = messages.last?.id ?? last
      // Each message has a vote; the title decides where they are even.
      let votes = messages.compactMap(\.shown.text).reduce(0) {
        $0 + (HTMLText.isRightToLeft($1) ? 1 : -1)
      }
      var page = SitePage(
        title: pages > 1 ? "\(title) (\(number)/\(pages))" : title,
        isRightToLeft: votes > 0 || votes == 0 && HTMLText.isRightToLeft(title))
      page.add(
        "<nav><a href=\"../index.html\">Customers</a><a href=\"../conversations.html\">Conversations</a></nav>"
      )
      page.add("<h1><bdi>\(HTMLText.escaped(title))</bdi></h1>")
      page.add(
        "<p class=\"small\">\(HTMLText.escaped(chat[2].text ?? "")), \(count) messages, times in \(HTMLText.escaped(zone.identifier))</p>"
      )
      let pager = SiteWriter.pager(number, pages) { "\(uid)-\($0).html" }
      page.add(pager)
      var day = ""
      for message in messages.map(\.shown) {
        if message.time.prefix(10) != day {
          day = String(message.time.prefix(10))
          page.add("<h2 class=\"day\">\(day)</h2>")
        }
        page.add(message.markup)
      }
      page.add(pager)
      try folder.write("conversations/\(uid)-\(number).html") { $0.write(page.text.utf8) }
      result.messages += messages.count
      progress(result.messages)
    }
    return count
  }

  /// The next messages of a conversation, with their files and reactions.
  private mutating func messages(
    _ condition: Condition, after last: Int64
  ) throws -> [(id: Int64, shown: SiteMessage)] {
    var condition = condition
    condition.add("id > ?", [.integer(last)])
    let rows = try archive.rows(
      """
      SELECT id, uid, sender, is_owner, sent_at_ms, kind, text, is_edited, is_deleted,
        attachment_count, reaction_count
      FROM messages \(condition.sql) ORDER BY id LIMIT \(SiteWriter.perPage)
      """, condition.arguments)
    return try rows.map { row in
      let id = row[0].integer ?? 0
      let files = row[9].integer == 0 ? [] : try files(id)
      let reactions = row[10].integer == 0 ? [] : try reactions(id)
      return (
        id,
        SiteMessage(
          uid: row[1].text ?? "", sender: row[2].text, isOwner: row[3].integer == 1,
          time: local(row[4].integer ?? 0), kind: row[5].text ?? "", text: row[6].text,
          isEdited: row[7].integer == 1, isDeleted: row[8].integer == 1, files: files,
          reactions: reactions)
      )
    }
  }

  private mutating func files(_ message: Int64) throws -> [SiteMessage.File] {
    let rows = try archive.rows(
      """
      SELECT a.kind, a.file_name, s.sha256, a.state, a.reason FROM attachment a
      LEFT JOIN source s ON s.id = a.source_id WHERE a.message_id = ? ORDER BY a.position
      """, [.integer(message)])
    return try rows.map { row in
      var path: String?
      if let hash = row[2].text, archive.objects.contains(hash) {
        let ending = (row[1].text ?? "").split(separator: ".").last?.lowercased() ?? ""
        let name = "media/\(hash).\(SiteWriter.endings.contains(ending) ? ending : "bin")"
        try folder.copy(archive.objects.path(hash), to: name)
        path = "../" + name
        result.files += 1
      }
      return SiteMessage.File(
        kind: row[0].text ?? "file", name: row[1].text, path: path,
        reason: row[4].text ?? row[3].text)
    }
  }

  private func reactions(_ message: Int64) throws -> [String] {
    try archive.rows(
      """
      SELECT r.reaction, coalesce(p.name, r.actor) FROM reaction r
      LEFT JOIN profile p ON p.id = r.profile_id WHERE r.message_id = ? ORDER BY r.position
      """, [.integer(message)]
    ).map { "\($0[0].text ?? "") \($0[1].text ?? "")" }
  }

  /// What the clock on the wall showed, to the minute.
  private func local(_ milliseconds: Int64) -> String {
    let text = ISOTime.text(zone.local(milliseconds))
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
