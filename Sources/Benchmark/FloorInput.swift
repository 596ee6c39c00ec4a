import ArchiveStore
import Foundation
import SearchText

/// Writes what the floor program inserts: the archive's own schema, pragmas and rows, in the
/// order in which an import writes them.
struct FloorInput {
  let archive: ArchiveDatabase

  func writeSchema(to path: String) throws {
    var sql = ArchiveDatabase.writerPragmas.joined(separator: ";\n") + ";\n"
    for row in try archive.rows(
      """
      SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_' AND name NOT LIKE 'message_text\\_%' ESCAPE '\\'
        AND name NOT LIKE 'record_text\\_%' ESCAPE '\\' ORDER BY rowid
      """
    ) {
      sql += (row[0].text ?? "") + ";\n"
    }
    sql += "INSERT INTO message_text(message_text, rank) VALUES ('hashsize', 16777216);\n"
    try Data(sql.utf8).write(to: URL(fileURLWithPath: path))
  }

  func writeRows(to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    var folder = SearchFolder()
    var batch: [(id: Int64, bytes: [UInt8])] = []
    func flush() throws {
      batch.sort { $0.id < $1.id }
      var data = Data(FloorInput.bytes(Int64(batch.count)))
      for row in batch { data.append(contentsOf: row.bytes) }
      try handle.write(contentsOf: data)
      batch.removeAll(keepingCapacity: true)
    }
    try archive.forEachRow(
      """
      SELECT m.id, m.conversation_id, m.ordinal, m.sender_id, m.sent_at_ms, m.time_precision,
        m.time_basis, m.kind, m.text, m.is_edited, m.is_deleted, m.attachment_count,
        m.reaction_count, m.sighting_count, g.source_id, g.record, g.place, g.length,
        g.sent_at_ms, g.time_precision
      FROM sighting g JOIN message m ON m.id = g.message_id ORDER BY g.source_id, g.record
      """
    ) { row in
      var bytes: [UInt8] = []
      for index in 0..<7 { bytes += FloorInput.bytes(row.cell(index).integer ?? 0) }
      let text = row.cell(8).text
      bytes += FloorInput.text(Array((row.cell(7).text ?? "").utf8))
      bytes += text.map { FloorInput.text(Array($0.utf8)) } ?? FloorInput.bytes(-1)
      for index in 9..<20 { bytes += FloorInput.bytes(row.cell(index).integer ?? 0) }
      bytes += FloorInput.text(text.map { folder.foldedBytes($0) } ?? [])
      batch.append((row.cell(0).integer ?? 0, bytes))
      if batch.count == 8_192 { try flush() }
      return true
    }
    if !batch.isEmpty { try flush() }
  }

  private static func bytes(_ value: Int64) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func text(_ text: [UInt8]) -> [UInt8] { bytes(Int64(text.count)) + text }
}
