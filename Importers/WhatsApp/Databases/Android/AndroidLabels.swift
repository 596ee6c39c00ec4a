import ForeignDatabases
import Importing
import InboxModel

/// The labels that a business puts on its chats.
enum AndroidLabels {
  static func read(
    _ db: ForeignDatabase, _ people: AndroidPeople, _ emit: (ImportEvent) throws -> Void
  ) throws {
    guard db.has("labels", ["_id", "label_name"]),
      db.has("labeled_jid", ["label_id", "jid_row_id"])
    else { return }
    let sql = """
      SELECT l.label_name, j.jid_row_id, l._id FROM labeled_jid j
      JOIN labels l ON l._id = j.label_id
      """
    try db.forEach(sql) { row in
      guard let label = row.text(0), let address = people.address(row.integer(1)) else { return }
      try emit(
        .record(
          Record(
            kind: RecordKind(rawValue: "label"), name: address.conversation, text: label,
            contacts: address.kind == .phone ? [address.conversation] : [],
            place: RecordPlace(offset: row.integer(2) ?? 0, length: 0))))
    }
  }
}
