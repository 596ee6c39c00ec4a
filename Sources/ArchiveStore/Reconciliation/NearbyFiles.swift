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
        SELECT f.path, f.source_id FROM file f
        WHERE f.source_id IS NOT NULL AND f.source_id <> ?1 AND f.part_id IN (
          SELECT q.id FROM part q WHERE coalesce(q.container_id, q.id) IN (
            SELECT coalesce(p.container_id, p.id) FROM file g JOIN part p ON p.id = g.part_id
            WHERE g.source_id = ?1))
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
    let exact = found.filter { ("/" + $0.path).hasSuffix(wanted) }
    return NearbyFiles.only(exact) ?? NearbyFiles.only(found)
  }

  private static func only(_ files: [File]) -> Int64? {
    Set(files.map(\.source)).count == 1 ? files[0].source : nil
  }

  private static func name(_ path: String) -> String? {
    path.split(separator: "/").last.map { $0.lowercased() }
  }
}
