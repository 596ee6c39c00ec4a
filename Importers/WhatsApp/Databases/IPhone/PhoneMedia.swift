import ForeignDatabases
import InboxModel
import TextDecoding

/// What an iPhone's messages carry, and the messages that they answer.
struct PhoneMedia {
  struct Item {
    let path: String?
    let title: String?
    let card: String?
    let hash: String?
    let latitude: Double?
    let longitude: Double?
    /// The id of the message that is answered.
    let quotedStanza: String?

    func attachment(_ kind: AttachmentKind) -> Attachment {
      Attachment.ofPhone(
        kind, path: path.map { "Message/" + $0 }, name: kind == .file ? title : nil, hash: hash)
    }

    /// The cards as text; several stand in one column.
    var cards: String? {
      let cards = (card ?? "").split(separator: "_$!<VCard-Separator>!$_").compactMap {
        ContactCard.text(String($0))
      }
      return cards.isEmpty ? nil : cards.joined(separator: "\n\n")
    }

    var place: String? {
      DatabaseAmounts.place(
        name: title, address: nil, latitude: latitude, longitude: longitude)
    }
  }

  private let items: ForeignStatement?
  private let byRow: ForeignStatement
  private let db: ForeignDatabase

  init(_ db: ForeignDatabase) throws {
    self.db = db
    let table = "ZWAMEDIAITEM"
    let wanted = [
      "ZMEDIALOCALPATH", "ZTITLE", "ZVCARDSTRING", "ZVCARDNAME", "ZLATITUDE", "ZLONGITUDE",
      "ZMETADATA",
    ]
    let columns = wanted.map { db.has(table, [$0]) ? $0 : "NULL" }.joined(separator: ", ")
    items =
      db.has(table, ["Z_PK"])
      ? try db.statement("SELECT \(columns) FROM \(table) WHERE Z_PK = ?") : nil
    byRow = try db.statement("SELECT ZMESSAGEDATE FROM ZWAMESSAGE WHERE Z_PK = ?")
  }

  func item(_ row: Int64) throws -> Item? {
    guard let items else { return nil }
    items.reset(row)
    guard try items.step() else { return nil }
    let metadata = items.bytes(6).map { WireMessage($0[...]) }
    func text(_ column: Int32) -> String? {
      items.text(column).flatMap { $0.isEmpty ? nil : $0 }
    }
    let path = text(0).map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    return Item(
      path: path, title: text(1), card: text(2), hash: text(3), latitude: items.real(4),
      longitude: items.real(5), quotedStanza: metadata?.text(5))
  }

  /// When a message was sent, milliseconds since 1970.
  func time(ofMessage row: Int64) throws -> Int64? {
    byRow.reset(row)
    return try byRow.step() ? PhoneTime.time(byRow.real(0))?.milliseconds : nil
  }

  /// The same by WhatsApp's own id of the message.
  func time(ofStanza stanza: String) throws -> Int64? {
    guard db.has("ZWAMESSAGE", ["ZSTANZAID"]),
      stanza.utf8.allSatisfy({ (0x30...0x7A).contains($0) })
    else { return nil }
    let sql = "SELECT ZMESSAGEDATE FROM ZWAMESSAGE WHERE ZSTANZAID = '\(stanza)' LIMIT 1"
    let statement = try db.statement(sql)
    return try statement.step() ? PhoneTime.time(statement.real(0))?.milliseconds : nil
  }
}
