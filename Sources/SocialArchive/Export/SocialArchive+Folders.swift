import ArchiveExport
import ArchiveStore
import Foundation

/// What came of writing an archive into a folder.
public struct FolderResult: Sendable {
  public internal(set) var lines = 0
  public internal(set) var originals = 0
  /// Originals that are missing or have changed since they were taken in.
  public internal(set) var damaged: [String] = []

  public init(lines: Int = 0) { self.lines = lines }
}

extension SocialArchive {
  /// Writes all that the archive holds into a folder: the lines, their schema, and the originals if
  /// they are wanted. `archive import` of the folder makes an equal archive of the originals.
  ///
  /// - Parameters:
  ///   - selection: What of it; only the whole can be imported again.
  ///   - withOriginals: True for the files that were imported, too.
  ///   - path: The folder; it has this name when it is whole.
  ///   - replaces: True if an earlier export of that name may be replaced.
  ///   - progress: Called now and then with the number of lines and originals written.
  /// - Returns: What was written.
  /// - Throws: `ArchiveFailure`.
  public func exportFolder(
    _ selection: ExportSelection, withOriginals: Bool, to path: String, replaces: Bool,
    progress: (Int) -> Void = { _ in }
  ) throws -> FolderResult {
    try growing(path, replaces) { folder in
      var result = FolderResult()
      try writeData(try snapshot(), selection, withOriginals, folder, "", &result, progress)
      try folder.write(OutputFolder.markName) { $0.write((mark(result) + "\n").utf8) }
      return result
    }
  }

  /// Writes all that the archive holds as a bag (RFC 8493): the lines, tables as CSV, the originals.
  ///
  /// - Parameters:
  ///   - path: The folder; it has this name when it is whole.
  ///   - replaces: True if an earlier export of that name may be replaced.
  ///   - progress: Called now and then with the number of lines and originals written.
  /// - Returns: What was written.
  /// - Throws: `ArchiveFailure`.
  public func exportBag(
    to path: String, replaces: Bool, progress: (Int) -> Void = { _ in }
  ) throws -> FolderResult {
    try growing(path, replaces) { folder in
      var result = FolderResult()
      let archive = try snapshot()
      try writeData(archive, ExportSelection(), true, folder, "data/", &result, progress)
      try folder.makeFolder("data/csv")
      for table in ArchiveTable.bagged {
        try folder.write("data/csv/\(table.rawValue).csv") { output in
          _ = try exportCSV(table, from: archive, to: &output)
        }
      }
      let payload = try folder.digests("data")
      let bytes = payload.reduce(Int64(0)) { $0 + $1.bytes }
      try folder.write(OutputFolder.markName) { $0.write((mark(result) + "\n").utf8) }
      try folder.write("bagit.txt") {
        $0.write("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)
      }
      try folder.write("bag-info.txt") {
        $0.write(
          """
          Bag-Software-Agent: archive \(SocialArchive.version)
          Bagging-Date: \(SocialArchive.now().prefix(10))
          External-Description: Messages, customers and orders of a business, with the files they came from
          Payload-Oxum: \(bytes).\(payload.count)

          """.utf8)
      }
      try folder.write(BagManifest.name) { BagManifest.write(payload, to: &$0) }
      let tags = try [OutputFolder.markName, "bag-info.txt", "bagit.txt", BagManifest.name]
        .map(folder.digest)
      try folder.write("tagmanifest-sha256.txt") { BagManifest.write(tags, to: &$0) }
      return result
    }
  }

  private func growing(
    _ path: String, _ replaces: Bool, _ body: (OutputFolder) throws -> FolderResult
  ) throws -> FolderResult {
    do {
      let folder = try OutputFolder(path, replaces: replaces)
      let result = try body(folder)
      try folder.finish()
      return result
    } catch let problem as OutputProblem {
      throw ArchiveFailure.failed(problem.description)
    }
  }

  private func writeData(
    _ archive: ArchiveDatabase, _ selection: ExportSelection, _ withOriginals: Bool,
    _ folder: OutputFolder, _ prefix: String, _ result: inout FolderResult,
    _ progress: (Int) -> Void
  ) throws {
    if !prefix.isEmpty { try folder.makeFolder(String(prefix.dropLast())) }
    try folder.write(prefix + JSONLinesExport.linesName) { output in
      result.lines = try writeLines(selection, archive, to: &output, progress)
    }
    let schema = try JSONLinesExport.schema(archive)
    try folder.write(prefix + JSONLinesExport.schemaName) { $0.write(schema.utf8) }
    guard withOriginals else { return }
    try folder.makeFolder(prefix + "objects")
    for row in try archive.rows(
      """
      SELECT sha256 FROM source s WHERE EXISTS (SELECT 1 FROM file f WHERE f.source_id = s.id)
      UNION SELECT manifest FROM import WHERE manifest IS NOT NULL ORDER BY 1
      """)
    {
      guard let hash = row[0].text else { continue }
      guard archive.objects.contains(hash) else {
        result.damaged.append(hash)
        continue
      }
      let place = "\(prefix)objects/\(hash.prefix(2))"
      try folder.makeFolder(place)
      try folder.copy(archive.objects.path(hash), to: "\(place)/\(hash)")
      guard try folder.digest("\(place)/\(hash)").sha256 == hash else {
        folder.remove("\(place)/\(hash)")
        result.damaged.append(hash)
        continue
      }
      result.originals += 1
      progress(result.lines + result.originals)
    }
  }

  /// The record that the export is whole.
  private func mark(_ result: FolderResult) -> String {
    var text = JSONText()
    text.add("format", JSONLinesExport.format)
    text.add("schema_version", JSONLinesExport.schemaVersion)
    text.add("tool", "archive \(SocialArchive.version)")
    text.add("made_at", SocialArchive.now())
    text.add("lines", Int64(result.lines))
    text.add("originals", Int64(result.originals))
    text.add("damaged", json: JSONText.list(result.damaged.map(JSONText.string)))
    return text.text
  }
}

extension ArchiveTable {
  /// The tables that a bag has as CSV.
  static let bagged: [ArchiveTable] = [
    .customers, .contactPoints, .orders, .orderLines, .conversations, .messages, .records,
  ]
}
