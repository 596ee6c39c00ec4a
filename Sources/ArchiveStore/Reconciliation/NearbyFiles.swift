import GRDB

/// The files that came together with a source, by their names: a phone's database names files by
/// paths on the phone, and a Mac writes names in another form.
struct NearbyFiles {
  private struct File {
    let path: String
    let source: Int64
  }

  /// Swift compares names by their characters, however those are composed.
  private var files: [String: [File]] = [:]

  /// Gathers the files of all containers that hold a source.
  init(_ db: Database, source: Int64) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT f.path, f.source_id FROM file f JOIN part q ON q.id = f.part_id
        WHERE f.source_id IS NOT NULL AND f.source_id <> ?1 AND EXISTS (
          SELECT 1 FROM file g JOIN part p ON p.id = g.part_id
          WHERE g.source_id = ?1 AND p.import_id = q.import_id
            AND coalesce(p.container_id, p.id) = coalesce(q.container_id, q.id))
        """, arguments: [source])
    while let row = try rows.next() {
      let path: String = row[0]
      guard let name = NearbyFiles.name(path) else { continue }
      files[name, default: []].append(File(path: path.lowercased(), source: row[1]))
    }
  }

  /// The file that a source means: by as much of the path as is given, else by its name if only
  /// one file has it.
  func find(_ reference: String) -> Int64? {
    guard let name = NearbyFiles.name(reference), let found = files[name] else { return nil }
    let wanted = "/" + reference.lowercased()
    if let exact = found.first(where: { ("/" + $0.path).hasSuffix(wanted) }) { return exact.source }
    return Set(found.map(\.source)).count == 1 ? found.first?.source : nil
  }

  private static func name(_ path: String) -> String? {
    path.split(separator: "/").last.map { $0.lowercased() }
  }
}
