import GRDB
import TextDecoding

/// Joins parts into downloads.
///
/// Parts of one kind are one download if their name stems agree or their trees complete each
/// other, and no path occurs in both with different bytes; equal parts are always one.
struct DownloadStage {
  let db: Database

  private struct PartInfo {
    let id: Int64
    let stem: String?
    let importer: String
    let contentKey: String
    var download: Int64?
  }

  /// Gives a download to each part that has none yet.
  ///
  /// - Parameters:
  ///   - platforms: The platform of each importer.
  ///   - alone: Importers whose files are downloads of their own.
  /// - Returns: True if there are downloads that were not there before.
  /// - Throws: What SQLite reports.
  func run(platforms: [String: String], alone: Set<String>) throws -> Bool {
    var hasNew = false
    try writeContentKeys()
    var parts = try Row.fetchAll(
      db,
      sql: """
        SELECT id, stem, importer, content_key, download_id FROM part
        WHERE importer IS NOT NULL AND root NOT LIKE '%|rest'
          AND EXISTS (SELECT 1 FROM file f WHERE f.part_id = part.id) ORDER BY content_key, id
        """
    ).map {
      PartInfo(
        id: $0[0], stem: $0[1], importer: $0[2], contentKey: $0[3] ?? "", download: $0[4])
    }
    for index in parts.indices where parts[index].download == nil {
      let home = try parts.first { try isHome($0, of: parts[index], alone: alone) }
      hasNew = hasNew || home == nil
      let download =
        try home?.download ?? newDownload(parts[index], platforms[parts[index].importer] ?? "")
      parts[index].download = download
      try db.execute(
        sql: "UPDATE part SET download_id = ? WHERE id = ?", arguments: [download, parts[index].id])
      try db.execute(
        sql: "UPDATE download SET content_key = min(content_key, ?) WHERE id = ?",
        arguments: [parts[index].contentKey, download])
    }
    return hasNew
  }

  /// True if `other` has a download that `part` belongs to.
  private func isHome(_ other: PartInfo, of part: PartInfo, alone: Set<String>) throws -> Bool {
    guard other.download != nil, other.importer == part.importer else { return false }
    if other.contentKey == part.contentKey { return true }
    return try !alone.contains(other.importer) && belongTogether(other, part)
  }

  private func newDownload(_ part: PartInfo, _ platform: String) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO download(importer, platform, content_key) VALUES (?,?,?)",
      arguments: [part.importer, platform, part.contentKey])
    return db.lastInsertedRowID
  }

  /// A hash of the paths and contents of a part: equal parts have equal keys.
  private func writeContentKeys() throws {
    let parts = try Int64.fetchAll(
      db, sql: "SELECT id FROM part WHERE content_key IS NULL AND importer IS NOT NULL")
    for part in parts {
      let lines = try String.fetchAll(
        db,
        sql: """
          SELECT f.path_key || char(31) || coalesce(s.sha256, '') FROM file f
          LEFT JOIN source s ON s.id = f.source_id WHERE f.part_id = ? ORDER BY 1
          """, arguments: [part])
      try db.execute(
        sql: "UPDATE part SET content_key = ? WHERE id = ?",
        arguments: [Hexadecimal.digest(lines), part])
    }
  }

  private func belongTogether(_ left: PartInfo, _ right: PartInfo) throws -> Bool {
    let common = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) AS common, coalesce(sum(a.source_id IS NOT b.source_id), 0) AS differing
        FROM file a JOIN file b ON b.part_id = ?2 AND b.path_key = a.path_key
        WHERE a.part_id = ?1 AND a.outcome <> 'ignored' AND b.outcome <> 'ignored'
        """, arguments: [left.id, right.id])
    guard (common?["differing"] ?? 0) == 0 else { return false }
    if let stem = left.stem, stem == right.stem { return true }
    if left.stem != nil, right.stem != nil { return false }
    return try completeEachOther(left.id, right.id)
  }

  /// True if a folder of a thread has files in both parts, or one part is within the other.
  private func completeEachOther(_ left: Int64, _ right: Int64) throws -> Bool {
    let folder = "rtrim(path_key, replace(path_key, '/', ''))"
    let shared =
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM (
            SELECT DISTINCT \(folder) AS folder FROM file
            WHERE part_id = ?1 AND path_key LIKE '%messages/%/%' AND outcome <> 'ignored'
            INTERSECT SELECT DISTINCT \(folder) FROM file
            WHERE part_id = ?2 AND path_key LIKE '%messages/%/%' AND outcome <> 'ignored'))
          """, arguments: [left, right]) ?? false
    if shared { return true }
    let within =
      try Bool.fetchOne(
        db,
        sql: """
          SELECT NOT EXISTS (SELECT 1 FROM file a WHERE a.part_id = ?1 AND NOT EXISTS
              (SELECT 1 FROM file b WHERE b.part_id = ?2 AND b.path_key = a.path_key))
            OR NOT EXISTS (SELECT 1 FROM file a WHERE a.part_id = ?2 AND NOT EXISTS
              (SELECT 1 FROM file b WHERE b.part_id = ?1 AND b.path_key = a.path_key))
          """, arguments: [left, right]) ?? false
    return within
  }
}
