import ForeignDatabases
import InboxModel

/// The addresses in an Android database, and who stands behind them.
struct AndroidPeople {
  private var addresses: [Int64: JID] = [:]
  /// For a hidden number's row, the row of the telephone number.
  private var phones: [Int64: Int64] = [:]
  private(set) var names: [PersonName] = []
  /// What the owner is called; `You` where the database does not say.
  private(set) var owner = OwnerFacts.unnamed

  init(_ db: ForeignDatabase) throws {
    if db.has("jid", ["_id", "raw_string"]) {
      try db.forEach("SELECT _id, raw_string, user, server FROM jid") { row in
        let text = row.text(1) ?? "\(row.text(2) ?? "")@\(row.text(3) ?? "")"
        if let id = row.integer(0), let jid = JID(text) { addresses[id] = jid }
      }
    }
    if db.has("jid_map", ["lid_row_id", "jid_row_id"]) {
      try db.forEach("SELECT lid_row_id, jid_row_id FROM jid_map") { row in
        if let hidden = row.integer(0), let phone = row.integer(1) { phones[hidden] = phone }
      }
    }
    if db.has("lid_display_name", ["lid_row_id", "display_name"]) {
      try db.forEach("SELECT lid_row_id, display_name FROM lid_display_name") { row in
        guard let id = row.integer(0), let handle = handle(id), let name = row.text(1),
          !name.isEmpty
        else { return }
        names.append(PersonName(handle: handle, name: name))
      }
    }
    if db.has("props", ["key", "value"]) {
      try db.forEach("SELECT value FROM props WHERE key = 'user_push_name'") { row in
        if let name = row.text(0), !name.isEmpty { owner = name }
      }
    }
  }

  /// The address in a row, a hidden number replaced by the telephone number where that is known.
  func address(_ row: Int64?) -> JID? {
    guard let row else { return nil }
    return addresses[phones[row] ?? row] ?? addresses[row]
  }

  /// The handle of the person in a row; nil for groups and for rows that are not there.
  func handle(_ row: Int64?) -> String? { address(row)?.handle }
}
