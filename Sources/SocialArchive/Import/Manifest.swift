import ArchiveStore
import Foundation

/// What an import took in: names, paths and hashes, so that the archive can be made again.
struct Manifest: Codable {
  struct Entry: Codable {
    let part: Int
    let path: String
    /// The name's bytes as delivered, in hexadecimal, where they are not the UTF-8 of the path.
    let nameHex: String?
    let sha256: String?
    let bytes: Int64
    let damage: String?
  }

  struct Part: Codable {
    let name: String
    /// What the container's name shares with the other parts of its download.
    let stem: String?
  }

  /// Marks the object as a manifest and names its form.
  var archiveManifest = 1
  let startedAt: String
  let toolVersion: String
  let settings: [String: String]
  let parts: [Part]
  let files: [Entry]

  /// True for a SHA-256 in small hexadecimal digits: only such a name ever becomes part of a path.
  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Writes the manifest of an import as an object and notes its hash.
  static func write(_ archive: ArchiveDatabase, _ ledger: ImportLedger) throws {
    let own: [Cell] = [.integer(ledger.id)]
    let containers = try archive.rows(
      """
      SELECT coalesce(container_id, id), min(name), max(stem) FROM part WHERE import_id = ?
      GROUP BY 1 ORDER BY 1
      """, own)
    let numbers = Dictionary(
      uniqueKeysWithValues: containers.enumerated().map { ($1[0].integer ?? 0, $0) })
    let files = try archive.rows(
      """
      SELECT coalesce(p.container_id, p.id), f.path, s.sha256, f.bytes,
        CASE WHEN f.outcome = 'failed' THEN f.reason END, f.name_hex
      FROM file f JOIN part p ON p.id = f.part_id LEFT JOIN source s ON s.id = f.source_id
      WHERE f.import_id = ? ORDER BY f.id
      """, own
    ).map { row in
      Entry(
        part: numbers[row[0].integer ?? 0] ?? 0, path: row[1].text ?? "", nameHex: row[5].text,
        sha256: row[2].text, bytes: row[3].integer ?? 0, damage: row[4].text)
    }
    let settings = try archive.rows("SELECT key, value FROM setting ORDER BY key")
    let started = try archive.cell("SELECT started_at FROM import WHERE id = ?", own).text
    let manifest = Manifest(
      startedAt: started ?? "", toolVersion: SocialArchive.version,
      settings: Dictionary(
        uniqueKeysWithValues: settings.map { ($0[0].text ?? "", $0[1].text ?? "") }),
      parts: containers.map { Part(name: $0[1].text ?? "", stem: $0[2].text) }, files: files)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(manifest))
    let writer = try ObjectWriter(archive.objects)
    let (stored, _) = try writer.store { sink in try sink(bytes) }
    try writer.flush()
    try ledger.setManifest(stored.sha256)
  }
}
