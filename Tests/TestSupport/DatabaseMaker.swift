import Foundation
import GRDBSQLite

/// Writes databases as phones keep them, with the columns that are read and a few that are not.
package enum DatabaseMaker {
  package struct Failure: Error { let reason: String }

  /// Writes a database by SQL.
  package static func write(_ sql: String, to path: String) throws {
    var db: OpaquePointer?
    guard sqlite3_open(path, &db) == SQLITE_OK else { throw Failure(reason: "cannot open") }
    defer { sqlite3_close(db) }
    guard sqlite3_exec(db, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(reason: String(cString: sqlite3_errmsg(db)))
    }
  }

  /// Changes a database whose changes stay in its log, and calls `body` while they do.
  package static func withLog(_ path: String, _ sql: String, _ body: () throws -> Void) throws {
    var db: OpaquePointer?
    guard sqlite3_open(path, &db) == SQLITE_OK else { throw Failure(reason: "cannot open") }
    defer { sqlite3_close(db) }
    let all = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;" + sql
    guard sqlite3_exec(db, all, nil, nil, nil) == SQLITE_OK else {
      throw Failure(reason: String(cString: sqlite3_errmsg(db)))
    }
    try body()
  }

  package static func quoted(_ text: String?) -> String {
    text.map { "'" + $0.replacingOccurrences(of: "'", with: "''") + "'" } ?? "NULL"
  }

  /// A chat as Android's `msgstore.db` has kept it since 2021. A backup has no indexes.
  package static let androidSchema = """
    CREATE TABLE props(_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT);
    CREATE TABLE jid(_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL,
      agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
    CREATE TABLE jid_map(lid_row_id INTEGER PRIMARY KEY NOT NULL, jid_row_id INTEGER NOT NULL);
    CREATE TABLE lid_display_name(lid_row_id INTEGER PRIMARY KEY NOT NULL, display_name TEXT);
    CREATE TABLE chat(_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER,
      subject TEXT, created_timestamp INTEGER, account_jid_row_id INTEGER);
    CREATE TABLE message(_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
      from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER,
      timestamp INTEGER, received_timestamp INTEGER, message_type INTEGER, text_data TEXT,
      starred INTEGER, sort_id INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE message_media(message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
      file_path TEXT, file_size INTEGER, mime_type TEXT, media_name TEXT, file_hash TEXT);
    CREATE TABLE message_quoted(message_row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      chat_row_id INTEGER NOT NULL, key_id TEXT NOT NULL, timestamp INTEGER, text_data TEXT);
    CREATE TABLE message_add_on(_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER,
      from_me INTEGER, key_id TEXT, sender_jid_row_id INTEGER, parent_message_row_id INTEGER,
      timestamp INTEGER, message_add_on_type INTEGER);
    CREATE TABLE message_add_on_reaction(message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT,
      sender_timestamp INTEGER);
    CREATE TABLE message_edit_info(message_row_id INTEGER PRIMARY KEY, original_key_id TEXT,
      edited_timestamp INTEGER);
    CREATE TABLE message_revoked(message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT);
    CREATE TABLE message_location(message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL,
      place_name TEXT, place_address TEXT, url TEXT);
    CREATE TABLE message_vcard(_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT);
    CREATE TABLE message_poll_option(_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER,
      option_name TEXT, vote_total INTEGER);
    CREATE TABLE message_system(message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
    CREATE TABLE receipt_user(_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER NOT NULL,
      receipt_user_jid_row_id INTEGER NOT NULL, receipt_timestamp INTEGER, read_timestamp INTEGER,
      played_timestamp INTEGER);
    CREATE TABLE call_log(_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER,
      call_id TEXT, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER);
    CREATE TABLE message_call_log(message_row_id INTEGER PRIMARY KEY, call_log_row_id INTEGER);
    CREATE TABLE message_order(message_row_id INTEGER PRIMARY KEY, order_id TEXT, thumbnail BLOB,
      order_title TEXT, item_count INTEGER, status INTEGER, message TEXT, seller_jid INTEGER,
      currency_code TEXT, total_amount_1000 INTEGER);
    CREATE TABLE message_product(message_row_id INTEGER PRIMARY KEY, title TEXT, description TEXT,
      currency_code TEXT, amount_1000 INTEGER, url TEXT);
    CREATE TABLE pay_transaction(_id INTEGER PRIMARY KEY, message_row_id INTEGER, id TEXT,
      timestamp INTEGER, status INTEGER, currency_code TEXT, amount_1000 INTEGER);
    CREATE TABLE labels(_id INTEGER PRIMARY KEY AUTOINCREMENT, label_name TEXT);
    CREATE TABLE labeled_jid(_id INTEGER PRIMARY KEY AUTOINCREMENT, label_id INTEGER, jid_row_id INTEGER);
    CREATE TABLE group_participant_user(_id INTEGER PRIMARY KEY AUTOINCREMENT,
      group_jid_row_id INTEGER, user_jid_row_id INTEGER, rank INTEGER);
    INSERT INTO message(_id, chat_row_id, from_me, key_id) VALUES (1, -1, 0, '-1');
    """

  package static let contactsSchema = """
    CREATE TABLE wa_contacts(_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL,
      number TEXT, display_name TEXT, given_name TEXT, wa_name TEXT, nickname TEXT, company TEXT,
      status TEXT);
    CREATE TABLE wa_vnames(_id INTEGER PRIMARY KEY, jid TEXT NOT NULL, verified_name TEXT NOT NULL);
    """
}
