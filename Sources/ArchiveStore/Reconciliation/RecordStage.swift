import GRDB
import InboxModel
import SearchText
import TextDecoding

/// Unites the records of all downloads: what says the same is one, as often as the download that
/// shows it most often.
struct RecordStage {
  let db: Database
  let owners: OwnerStage

  /// Takes back what a source said.
  static func forget(_ db: Database, source: Int64) throws {
    try clear(db)
    try db.run("DELETE FROM record_sighting WHERE source_id = ?", [source])
  }

  private static func clear(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM contact_point WHERE record_id IS NOT NULL")
    try db.execute(sql: "DELETE FROM record")
    try db.execute(sql: "INSERT INTO record_text(record_text) VALUES ('delete-all')")
  }

  /// Makes the records anew from all that sources say.
  func run() throws {
    try RecordStage.clear(db)
    try db.execute(
      sql: """
        INSERT INTO record(uid, sighting_id, platform, download_id, kind, name, text, happened_ms,
          amount, currency, contacts, detail, needs_contacts)
        -- Only keys are sorted: texts would have to stay in memory.
        WITH seen AS (
          SELECT g.id, g.key, g.number, g.time_precision, d.id AS download, d.newest_ms, d.content_key, s.sha256,
            row_number() OVER (PARTITION BY g.key, d.id, s.path LIKE '%.htm%'
              ORDER BY s.sha256, g.number) AS ordinal
          FROM record_sighting g JOIN source s ON s.id = g.source_id
          JOIN (SELECT DISTINCT f.source_id, p.download_id FROM file f JOIN part p ON p.id = f.part_id
            WHERE p.download_id IS NOT NULL) x ON x.source_id = g.source_id
          JOIN download d ON d.id = x.download_id),
        best AS (
          SELECT *, row_number() OVER (PARTITION BY key, ordinal
            ORDER BY time_precision, newest_ms DESC, content_key DESC, sha256, number) AS turn
          FROM seen)
        SELECT b.key || '-' || b.ordinal, g.id, g.platform, b.download, g.kind, g.name, g.text,
          g.happened_ms, g.amount, g.currency, g.contacts, g.detail,
          g.contacts <> '[]' AND g.kind = 'contact'
        FROM best b JOIN record_sighting g ON g.id = b.id WHERE b.turn = 1
        ORDER BY b.key, b.ordinal
        """)
    try setAccounts()
    try RecordStage.fillSearch(db)
  }

  /// True if sources said something that is in no record yet.
  static func isStale(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM record_sighting g
          WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.uid = g.key || '-1'))
        """) ?? false
  }

  private func setAccounts() throws {
    let downloads = try Row.fetchAll(db, sql: "SELECT DISTINCT download_id, platform FROM record")
    for row in downloads {
      let download: Int64 = row[0]
      guard let name = owners.account(download) else { continue }
      let account = try AccountRow.find(db, platform: row[1], name: name)
      try db.run("UPDATE record SET account_id = ? WHERE download_id = ?", [account, download])
    }
  }

  /// Fills the records' search index, which is empty.
  static func fillSearch(_ db: Database) throws {
    var folder = SearchFolder()
    let insert = try RawStatement(db, "INSERT INTO record_text(rowid, words) VALUES (?, ?)")
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, coalesce(name, ''), coalesce(text, ''), detail FROM record ORDER BY id")
    while let row = try rows.next() {
      let (name, text, detail): (String, String, String) = (row[1], row[2], row[3])
      let values = StoredDetail.values(detail)
      let words = folder.foldedBytes(([name, text] + values).joined(separator: "\n"))
      guard !words.isEmpty else { continue }
      insert.bind(row[0] as Int64, at: 1)
      try words.withUnsafeBufferPointer { _ = try insert.run(with: $0, at: 2) }
    }
  }
}

/// The accounts that downloads were made from.
enum AccountRow {
  /// The row of an account, made if there is none.
  static func find(_ db: Database, platform: String, name: String) throws -> Int64? {
    let uid = Hexadecimal.digest(["account", platform, name], length: 16)
    try db.run(
      "INSERT OR IGNORE INTO account(uid, platform, name) VALUES (?,?,?)", [uid, platform, name])
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM account WHERE uid = ?"), arguments: [uid])
  }

  /// Removes accounts that nothing belongs to any more.
  static func removeUnused(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM account
        WHERE id NOT IN (SELECT account_id FROM conversation WHERE account_id IS NOT NULL)
          AND id NOT IN (SELECT account_id FROM record WHERE account_id IS NOT NULL)
        """)
  }
}
