import ForeignDatabases
import InboxModel
import TextDecoding

/// The tables beside `message` that hold what a message carries, asked by the message's row.
///
/// Tables and columns differ between versions: what is missing reads as NULL.
struct AndroidDetails {
  private let db: ForeignDatabase
  private var statements: [String: ForeignStatement?] = [:]

  init(_ db: ForeignDatabase) { self.db = db }

  /// The first row of a table for a message, columns as asked for; nil if there is none.
  mutating func row(
    _ table: String, _ columns: [String], of message: Int64, key: String = "message_row_id"
  ) throws -> ForeignStatement? {
    guard let statement = try statement(table, columns, key) else { return nil }
    statement.reset(message)
    return try statement.step() ? statement : nil
  }

  /// All rows of a table for a message.
  mutating func forEach(
    _ table: String, _ columns: [String], of message: Int64, key: String = "message_row_id",
    _ body: (ForeignStatement) -> Void
  ) throws {
    guard let statement = try statement(table, columns, key) else { return }
    statement.reset(message)
    while try statement.step() { body(statement) }
  }

  private mutating func statement(
    _ table: String, _ columns: [String], _ key: String
  ) throws -> ForeignStatement? {
    let name = table + "." + columns.joined(separator: ",")
    if let known = statements[name] { return known }
    let present = db.columns(of: table)
    guard present.contains(key) else {
      statements[name] = .some(nil)
      return nil
    }
    let list = columns.map { present.contains($0) ? $0 : "NULL" }.joined(separator: ", ")
    let statement = try db.statement("SELECT \(list) FROM \(table) WHERE \(key) = ?")
    statements[name] = statement
    return statement
  }

  /// The file of a message.
  mutating func attachment(_ kind: AttachmentKind, of message: Int64) throws -> Attachment? {
    let columns = ["file_path", "media_name", "file_hash", "mime_type"]
    guard let row = try row("message_media", columns, of: message) else { return nil }
    return Attachment.ofPhone(
      kind, path: row.text(0), name: row.text(1), hash: row.text(2))
  }

  /// A document's words, which newer versions keep beside the file.
  mutating func caption(of message: Int64) throws -> String? {
    try row("message_media", ["media_caption"], of: message)?.text(0).flatMap {
      $0.isEmpty ? nil : $0
    }
  }

  /// What the customer wrote to an order.
  mutating func note(ofOrder message: Int64) throws -> String? {
    try row("message_order", ["message"], of: message)?.text(0)
  }

  mutating func place(of message: Int64) throws -> String? {
    let columns = ["place_name", "place_address", "latitude", "longitude"]
    guard let row = try row("message_location", columns, of: message) else { return nil }
    return DatabaseAmounts.place(
      name: row.text(0), address: row.text(1), latitude: row.real(2), longitude: row.real(3))
  }

  /// The cards of a message as text.
  mutating func cards(of message: Int64) throws -> String? {
    var cards: [String] = []
    try forEach("message_vcard", ["vcard"], of: message) { row in
      if let card = row.text(0).flatMap(ContactCard.text) { cards.append(card) }
    }
    return cards.isEmpty ? nil : cards.joined(separator: "\n\n")
  }

  /// A poll's options with their votes, a line each.
  mutating func options(of message: Int64) throws -> [String] {
    var options: [String] = []
    try forEach("message_poll_option", ["option_name", "vote_total"], of: message) { row in
      let votes = row.integer(1).map { " (\($0))" } ?? ""
      options.append((row.text(0) ?? "?") + votes)
    }
    return options
  }

  mutating func order(of message: Int64) throws -> PlatformOrder? {
    let columns = ["order_id", "order_title", "item_count", "total_amount_1000", "currency_code"]
    guard let row = try row("message_order", columns, of: message) else { return nil }
    let currency = row.text(4)
    return PlatformOrder(
      kind: .order, reference: row.text(0), title: row.text(1), quantity: row.integer(2),
      total: row.integer(3).map {
        DatabaseAmounts.decimal(thousandths: $0, currency: currency)
      }, currency: currency)
  }

  /// A product of the catalogue: its title, price, description and address.
  mutating func product(of message: Int64) throws -> String? {
    let columns = ["title", "amount_1000", "currency_code", "description", "url"]
    guard let row = try row("message_product", columns, of: message) else { return nil }
    let currency = row.text(2)
    let price = row.integer(1).map {
      DatabaseAmounts.decimal(thousandths: $0, currency: currency) + " " + (currency ?? "")
    }
    let lines = [row.text(0), price, row.text(3), row.text(4)].compactMap(\.self)
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  mutating func payment(of message: Int64) throws -> PlatformOrder? {
    let columns = ["id", "amount_1000", "currency_code"]
    guard let row = try row("pay_transaction", columns, of: message) else { return nil }
    let currency = row.text(2)
    return PlatformOrder(
      kind: .payment, reference: row.text(0),
      total: row.integer(1).map { DatabaseAmounts.decimal(thousandths: $0, currency: currency) },
      currency: currency)
  }

  /// The text of buttons, lists and templates.
  mutating func elements(of message: Int64) throws -> String? {
    let template = try row(
      "message_template", ["content_text_data", "footer_text_data"], of: message)
    if let template { return AndroidDetails.joined([template.text(0), template.text(1)]) }
    let columns = ["element_content", "description", "reply_description"]
    guard let row = try row("message_ui_elements", columns, of: message) else { return nil }
    return AndroidDetails.joined([row.text(1), row.text(0)])
  }

  static func joined(_ texts: [String?]) -> String? {
    let lines = texts.compactMap(\.self).filter { !$0.isEmpty }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
