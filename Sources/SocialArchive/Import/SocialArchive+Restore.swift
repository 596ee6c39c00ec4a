import ArchiveExport
import ArchiveStore
import CustomerMatching
import Foundation

/// What came of taking in an export of an archive.
public struct RestoreResult: Sendable {
  /// Imports that were taken over.
  public internal(set) var imports = 0
  public internal(set) var originals = 0
  public internal(set) var decisions = 0
  public internal(set) var messages = 0
  /// Settings that were left as they are, because this archive has its own.
  public internal(set) var keptSettings: [String] = []
}

extension RestoreResult {
  /// The result as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("imports", Int64(imports))
    text.add("originals", Int64(originals))
    text.add("decisions", Int64(decisions))
    text.add("messages", Int64(messages))
    text.add("kept_settings", json: JSONText.list(keptSettings.map(JSONText.string)))
    return text.text
  }
}

extension SocialArchive {
  /// True if a path is a folder that `export jsonl` or `export bag` made.
  public static func isExport(_ path: String) -> Bool { ExportReader.lines(path) != nil }

  /// Takes in an export of an archive: its originals, its settings and what the user decided. Into an
  /// empty archive that makes an equal one.
  ///
  /// - Parameters:
  ///   - path: A folder that `export jsonl --with-originals` or `export bag` made.
  ///   - progress: Called now and then, on any thread.
  /// - Returns: What was taken over.
  /// - Throws: `ArchiveFailure` if it is not whole, or has no originals.
  public func restore(
    _ path: String, progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) throws -> RestoreResult {
    let export = try ExportReader(path)
    let archive = try writing()
    archive.objects.removeLeftovers()
    var result = RestoreResult()
    result.originals = try export.copyOriginals(to: archive.objects)
    for (key, value) in export.settings {
      if let own = try archive.setting(key), own != value {
        result.keptSettings.append(key)
      } else {
        try archive.set(key, value)
      }
    }
    let known = Set(
      try archive.rows("SELECT manifest FROM import WHERE manifest IS NOT NULL").compactMap {
        $0[0].text
      })
    for hash in export.manifests where !known.contains(hash) {
      let data = try Data(contentsOf: URL(fileURLWithPath: archive.objects.path(hash)))
      let manifest = try JSONDecoder().decode(Manifest.self, from: data)
      let ledger = try ImportLedger(
        archive, startedAt: manifest.startedAt, toolVersion: manifest.toolVersion)
      try Rebuild.takeIn(manifest, archive, ledger)
      try Manifest.write(archive, ledger)
      try ledger.finish(at: SocialArchive.now())
      result.imports += 1
    }
    result.decisions = try archive.takeOver(decisions: export.decisions)
    try settle(archive, ImportOptions(), progress)
    _ = try findContacts(archive)
    result.messages = Int(try archive.cell("SELECT count(*) FROM message").integer ?? 0)
    return result
  }
}

/// Reads an export of an archive.
private struct ExportReader {
  private let folder: String
  private(set) var settings: [(String, String)] = []
  private(set) var manifests: [String] = []
  /// A JSON object each.
  private(set) var decisions: [String] = []

  /// Where the lines are; nil if the path is no export.
  static func lines(_ path: String) -> String? {
    let names = ["", "/data"].map { "\(path)\($0)/\(JSONLinesExport.linesName)" }
    return names.first { FileManager.default.fileExists(atPath: $0) }
  }

  init(_ path: String) throws {
    guard let lines = ExportReader.lines(path) else {
      throw ArchiveFailure.failed("\(path) is no export of an archive.")
    }
    folder = (lines as NSString).deletingLastPathComponent
    guard FileManager.default.fileExists(atPath: folder + "/objects") else {
      throw ArchiveFailure.failed(
        "\(path) has no originals. Export again with: archive export jsonl --with-originals, or export bag."
      )
    }
    try read(lines)
  }

  private struct Line: Decodable {
    let `is`: String
    var schema_version: Int?
    var is_whole: Bool?
    var key: String?
    var value: String?
    var manifest: String?
    var lines: Int?
  }

  /// Reads the few lines that are needed; all others follow from the originals.
  private mutating func read(_ path: String) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ArchiveFailure.failed("\(path) cannot be read.")
    }
    defer { try? file.close() }
    var waiting = Data()
    var count = 0
    var end: Int?
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      waiting.append(piece)
      var start = waiting.startIndex
      while let stop = waiting[start...].firstIndex(of: 0x0A) {
        count += 1
        if let lines = try take(waiting[start..<stop], number: count) { end = lines }
        start = waiting.index(after: stop)
      }
      waiting = Data(waiting[start...])
    }
    guard end == count else {
      throw ArchiveFailure.failed(
        "\(path) is broken off after \(count) lines: its last line does not say that it is whole.")
    }
  }

  /// Takes what a line says; gives the number of lines if it is the last.
  private mutating func take(_ data: Data, number: Int) throws -> Int? {
    let begins = ["archive", "setting", "import", "decision", "end"].contains {
      data.starts(with: Data("{\"is\":\"\($0)\"".utf8))
    }
    guard begins else { return nil }
    guard let line = try? JSONDecoder().decode(Line.self, from: data) else {
      throw ArchiveFailure.failed("line \(number) of the export cannot be read.")
    }
    switch line.is {
    case "archive":
      guard line.schema_version ?? 0 <= Int(JSONLinesExport.schemaVersion) else {
        throw ArchiveFailure.newerVersion("the export was made by a newer version of the program.")
      }
      guard line.is_whole == true else {
        throw ArchiveFailure.failed(
          "the export is only a choice; only a whole one can be imported.")
      }
    case "setting":
      if let key = line.key, let value = line.value { settings.append((key, value)) }
    case "import": if let hash = line.manifest { manifests.append(hash) }
    case "decision":
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      if let decision = object?["decision"] {
        let text = try JSONSerialization.data(withJSONObject: decision, options: .sortedKeys)
        decisions.append(String(decoding: text, as: UTF8.self))
      }
    case "end": return line.lines
    default: break
    }
    return nil
  }

  /// Copies the originals; each must be what its name says.
  func copyOriginals(to objects: ObjectStore) throws -> Int {
    let writer = try ObjectWriter(objects)
    let root = folder + "/objects"
    var count = 0
    let names = FileManager.default.enumerator(atPath: root)
    while let name = names?.nextObject() as? String {
      let hash = (name as NSString).lastPathComponent
      guard hash.utf8.count == 64, !objects.contains(hash) else { continue }
      let (stored, _) = try writer.store { sink in
        guard let file = FileHandle(forReadingAtPath: root + "/" + name) else {
          throw ArchiveFailure.failed("\(name) of the export cannot be read.")
        }
        defer { try? file.close() }
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
          try sink(Array(piece))
        }
      }
      guard stored.sha256 == hash else {
        throw ArchiveFailure.failed(
          "the original \(hash) of the export has changed: it is \(stored.sha256). Take another copy of the export."
        )
      }
      count += 1
    }
    try writer.flush()
    return count
  }
}
