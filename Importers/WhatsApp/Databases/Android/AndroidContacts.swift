import ForeignDatabases
import Importing
import InboxModel

/// The address book of an Android phone as WhatsApp keeps it: `wa.db`.
enum AndroidContacts {
  static func fits(_ db: ForeignDatabase) -> Bool { db.has("wa_contacts", ["jid"]) }

  static func read(_ db: ForeignDatabase, _ emit: (ImportEvent) throws -> Void) throws {
    let verified = try verifiedNames(db)
    let wanted = [
      "jid", "display_name", "wa_name", "nickname", "company", "title", "status", "number",
    ]
    let columns = wanted.map { db.has("wa_contacts", [$0]) ? $0 : "NULL" }.joined(separator: ", ")
    var number: Int64 = 0
    var nobodies = 0
    try db.forEach("SELECT \(columns) FROM wa_contacts") { row in
      number += 1
      guard let jid = row.text(0).flatMap(JID.init), let handle = jid.handle else {
        nobodies += 1
        return
      }
      let own = [row.text(1), verified[jid.text], row.text(2), row.text(3)]
      let name = own.compactMap(\.self).first { !$0.isEmpty }
      if let name { try emit(.person(PersonName(handle: handle, name: name))) }
      let detail = zip(["company", "title", "about", "number"], [4, 5, 6, 7] as [Int32]).compactMap
      {
        label, column in
        row.text(column).flatMap { $0.isEmpty ? nil : Record.Detail(label: label, value: $0) }
      }
      try emit(
        .record(
          Record(
            kind: .contact, name: name, contacts: jid.kind == .phone ? [handle] : [],
            detail: detail, place: RecordPlace(offset: number, length: 0))))
    }
    if nobodies > 0 {
      let reason = "entries of the address book that are groups or lists: \(nobodies)"
      try emit(.issue(ImportIssue(.note, reason)))
    }
  }

  /// Names of businesses that WhatsApp has looked into.
  private static func verifiedNames(_ db: ForeignDatabase) throws -> [String: String] {
    var names: [String: String] = [:]
    guard db.has("wa_vnames", ["jid", "verified_name"]) else { return names }
    try db.forEach("SELECT jid, verified_name FROM wa_vnames") { row in
      if let jid = row.text(0).flatMap(JID.init), let name = row.text(1) { names[jid.text] = name }
    }
    return names
  }
}
