import GRDB
import InboxModel

/// Finds the files that messages carry among the files of their downloads.
struct AttachmentStage {
  let db: Database

  /// Looks up all attachments that have no file yet.
  func run() throws {
    try db.execute(
      sql: """
        UPDATE attachment SET state = 'present',
          source_id = (SELECT s.id FROM source s WHERE s.sha256 = attachment.stated_sha256)
        WHERE state = 'missing' AND reason IS NULL AND stated_sha256 IN (SELECT sha256 FROM source)
        """)
    var folders: [Int64: (folder: String, parts: [Int64])] = [:]
    let find = try db.makeStatement(
      sql: """
        SELECT f.source_id FROM file f WHERE f.part_id = ? AND f.path_key = lower(?)
          AND f.source_id IS NOT NULL ORDER BY f.source_id LIMIT 1
        """)
    var last: Int64 = 0
    while true {
      let missing = try missing(after: last)
      guard let end = missing.last?["id"] as Int64? else { break }
      last = end
      try look(for: missing, find, &folders)
    }
    try lookNearby()
  }

  /// Looks for what no path led to among the files that came with the sources, by name.
  private func lookNearby() throws {
    var nearby: [Int64: NearbyFiles] = [:]
    var last: Int64 = 0
    while true {
      let missing = try missing(after: last, "whatsapp")
      guard let end = missing.last?["id"] as Int64? else { return }
      last = end
      var found: Set<Int64> = []
      for row in missing where !found.contains(row["id"]) {
        let source: Int64 = row["source_id"]
        if nearby[source] == nil {
          // Messages of one source stand together: a few sources are enough to remember.
          if nearby.count > 8 { nearby.removeAll() }
          nearby[source] = try NearbyFiles(db, source: source)
        }
        guard let file = nearby[source]?.find(row["reference"]) else { continue }
        found.insert(row["id"])
        try db.run(
          "UPDATE attachment SET source_id = ?, state = 'present' WHERE id = ?",
          [file, row["id"] as Int64])
      }
    }
  }

  /// Some of the attachments without a file, with the sources that show them.
  private func missing(after id: Int64, _ importer: String? = nil) throws -> [Row] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT a.id, a.reference, g.source_id
          FROM (SELECT id, message_id, reference FROM attachment
            WHERE state = 'missing' AND reference IS NOT NULL AND reason IS NULL AND id > ?1
              AND (?2 IS NULL OR EXISTS (SELECT 1 FROM sighting h JOIN source s ON s.id = h.source_id
                WHERE h.message_id = attachment.message_id AND s.importer = ?2))
            ORDER BY id LIMIT 2000) a
          JOIN sighting g ON g.message_id = a.message_id ORDER BY a.id
          """), arguments: [id, importer])
  }

  private func look(
    for missing: [Row], _ find: Statement,
    _ folders: inout [Int64: (folder: String, parts: [Int64])]
  ) throws {
    for row in missing {
      let source: Int64 = row["source_id"]
      if folders[source] == nil { folders[source] = try surroundings(source) }
      guard let (folder, parts) = folders[source],
        let found = try AttachmentStage.find(row["reference"], folder, parts, find)
      else { continue }
      try db.run(
        "UPDATE attachment SET source_id = ?, state = 'present' WHERE id = ?",
        [found, row["id"] as Int64])
    }
  }

  private static func find(
    _ reference: String, _ folder: String, _ parts: [Int64], _ statement: Statement
  ) throws -> Int64? {
    let plain = reference.hasPrefix("./") ? String(reference.dropFirst(2)) : reference
    guard !plain.contains("../") else { return nil }
    let paths = folder.isEmpty ? [plain] : [plain, folder + "/" + plain]
    for path in paths {
      for part in parts {
        if let found = try Int64.fetchOne(statement, arguments: [part, path]) { return found }
      }
    }
    return nil
  }

  /// The folder of a source, and the parts that may hold what lies beside it.
  private func surroundings(_ source: Int64) throws -> (String, [Int64]) {
    let path =
      try String.fetchOne(
        db.cachedStatement(sql: "SELECT path FROM source WHERE id = ?"), arguments: [source])
      ?? ""
    let parts = try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT q.id FROM part q WHERE q.download_id IN
              (SELECT p.download_id FROM part p JOIN file f ON f.part_id = p.id WHERE f.source_id = ?1)
            OR EXISTS (SELECT 1 FROM part p JOIN file f ON f.part_id = p.id WHERE f.source_id = ?1
              AND p.import_id = q.import_id AND p.name = q.name AND q.root = p.root || '|rest')
          ORDER BY q.id
          """), arguments: [source])
    return (path.split(separator: "/").dropLast().joined(separator: "/"), parts)
  }
}
