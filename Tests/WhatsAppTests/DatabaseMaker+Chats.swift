import Foundation
import TestSupport

extension DatabaseMaker {
  static let phoneSchema = """
    CREATE TABLE ZWACHATSESSION(Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZSESSIONTYPE INTEGER,
      ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
    CREATE TABLE ZWAMESSAGE(Z_PK INTEGER PRIMARY KEY, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER,
      ZGROUPEVENTTYPE INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER,
      ZPARENTMESSAGE INTEGER, ZMESSAGEDATE TIMESTAMP, ZFROMJID VARCHAR, ZSTANZAID VARCHAR,
      ZTEXT VARCHAR, ZTOJID VARCHAR);
    CREATE TABLE ZWAMEDIAITEM(Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZLATITUDE FLOAT,
      ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR,
      ZVCARDSTRING VARCHAR, ZMETADATA BLOB);
    CREATE TABLE ZWAGROUPMEMBER(Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZMEMBERJID VARCHAR,
      ZCONTACTNAME VARCHAR);
    CREATE TABLE ZWAPROFILEPUSHNAME(Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR);
    CREATE TABLE ZWAMESSAGEINFO(Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZRECEIPTINFO BLOB);
    """

  /// The invented chat in Android's tables, 137 milliseconds after each whole second.
  static func android(_ chat: InventedChat, number: String, owner: String?) -> String {
    var sql = androidSchema
    if let owner {
      sql += "INSERT INTO props(key, value) VALUES ('user_push_name', \(quoted(owner)));"
    }
    sql += """
      INSERT INTO jid VALUES (1, '\(number)', 's.whatsapp.net', 0, 0, 0, '\(number)@s.whatsapp.net');
      INSERT INTO chat(_id, jid_row_id) VALUES (1, 1);
      """
    for (index, message) in chat.messages.enumerated() {
      let id = index + 2
      let time = Int64(message.date.timeIntervalSince1970) * 1_000 + 137
      var (type, text) = (0, String?.none)
      switch message.content {
      case .text(let words): text = words
      case .edited(let words):
        text = words
        sql += "INSERT INTO message_edit_info VALUES (\(id), 'K', \(time));"
      case .photo(let caption):
        (type, text) = (1, caption)
        sql += """
          INSERT INTO message_media(message_row_id, file_path) VALUES
            (\(id), 'Media/WhatsApp Images/IMG-2023-WA000\(index % 10).jpg');
          """
      case .deleted: type = 15
      case .missedCall: type = 10
      }
      sql += """
        INSERT INTO message(_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp,
          message_type, text_data) VALUES (\(id), 1, \(message.isOwner ? 1 : 0), 'K\(id)', 0, \(time),
          \(type), \(quoted(text)));
        """
    }
    return sql
  }

  /// The same in an iPhone's tables, at whole seconds.
  static func phone(_ chat: InventedChat, number: String) -> String {
    var sql =
      phoneSchema + """
        INSERT INTO ZWACHATSESSION VALUES (1, 4, 0, '\(number)@s.whatsapp.net', \(quoted("\u{200E}" + chat.customer)));
        """
    for (index, message) in chat.messages.enumerated() {
      let id = index + 1
      let time = Int64(message.date.timeIntervalSince1970) - 978_307_200
      var (type, text, media) = (0, String?.none, "NULL")
      switch message.content {
      case .text(let words), .edited(let words): text = words
      case .photo(let caption):
        (type, media) = (1, String(id))
        sql += """
          INSERT INTO ZWAMEDIAITEM(Z_PK, ZMESSAGE, ZMEDIALOCALPATH, ZTITLE) VALUES
            (\(id), \(id), 'Media/\(id).jpg', \(quoted(caption)));
          """
      case .deleted: type = 14
      case .missedCall: type = 59
      }
      sql += """
        INSERT INTO ZWAMESSAGE(Z_PK, ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZMEDIAITEM, ZMESSAGEDATE,
          ZTEXT) VALUES (\(id), \(message.isOwner ? 1 : 0), \(type), 1, \(media), \(time), \(quoted(text)));
        """
    }
    return sql
  }
}
