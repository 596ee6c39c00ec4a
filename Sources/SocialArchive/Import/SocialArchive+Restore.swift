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
  /// Originals that the export lacks, or that have changed in it.
  public internal(set) var damaged: [String] = []
}

extension RestoreResult {
  /// The result as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("imports", Int64(imports))
    text.add("originals", Int64(originals))
    text.add("decisions", Int64(decisions))
    text.add("messages", Int64(messages))
    text.add("damaged", json: JSONText.list(damaged.map(JSONText.string)))
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
    (result.originals, result.damaged) = try export.copyOriginals(to: archive.objects)
    for (key, value) in export.settings {
      if let own = try archive.setting(key), own != value {
        result.keptSettings.append(key)
      } else {
        try take(key, value, archive)
      }
    }
    let known = Set(
      try archive.rows("SELECT manifest FROM import WHERE manifest IS NOT NULL").compactMap {
        $0[0].text
      })
    var missing: Set<String> = []
    for hash in export.manifests where !known.contains(hash) {
      guard archive.objects.contains(hash) else {
        if !result.damaged.contains(hash) { result.damaged.append(hash) }
        continue
      }
      let data = try Data(contentsOf: URL(fileURLWithPath: archive.objects.path(hash)))
      let manifest = try JSONDecoder().decode(Manifest.self, from: data)
      guard manifest.files.allSatisfy({ $0.sha256.map(Manifest.isHash) ?? true }) else {
        throw ArchiveFailure.failed("the record \(hash) of an import names files by no hash.")
      }
      missing.formUnion(Rebuild.missing([manifest], archive.objects))
      let ledger = try ImportLedger(
        archive, startedAt: manifest.startedAt, toolVersion: manifest.toolVersion)
      try Rebuild.takeIn(manifest, archive, ledger)
      try ledger.setManifest(hash)
      try ledger.finish(at: SocialArchive.now())
      result.imports += 1
    }
    result.damaged += missing.subtracting(result.damaged).sorted()
    result.decisions = try archive.takeOver(decisions: export.decisions)
    // In an archive of its own everybody has a number already.
    if try archive.hasNoNumbers { try archive.keepNumbers(from: export.forEachNumber) }
    try settle(archive, ImportOptions(), progress)
    _ = try findContacts(archive)
    result.messages = Int(try archive.cell("SELECT count(*) FROM message").integer ?? 0)
    return result
  }

  /// Takes over a setting, checked as if somebody had typed it.
  private func take(_ key: String, _ value: String, _ archive: ArchiveDatabase) throws {
    switch key {
    case "owner":
      for name in StoredList.values(value) { try setSetting(key, name, in: archive) }
    case "timezone":
      guard WallClock(zone: value, isKnown: true) != nil else {
        throw ArchiveFailure.failed("the export's time zone \(value) is not known.")
      }
      try archive.set(key, value)
    case "timezone-source": if value == "given" { try archive.set(key, value) }
    case _ where SocialArchive.settingKeys.contains(key):
      try setSetting(key, value, in: archive)
    default: break
    }
  }
}

/// Reads an export of an archive.
private struct ExportReader {
  private let folder: String
  private(set) var settings: [(String, String)] = []
  private(set) var manifests: [String] = []
  /// A JSON object each.
  private(set) var decisions: [String] = []

  /// Where the lines are; nil if the path is no export: its mark says what it is.
  static func lines(_ path: String) -> String? {
    guard
      let mark = FileManager.default.contents(atPath: "\(path)/\(OutputFolder.markName)"),
      let object = try? JSONSerialization.jsonObject(with: mark) as? [String: Any],
      object["format"] as? String == JSONLinesExport.format
    else { return nil }
    let names = ["", "/data"].map { "\(path)\($0)/\(JSONLinesExport.linesName)" }
    return names.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// No line that is needed is longer, in bytes.
  private static let longestLine = 64 << 20

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
    try ExportReader.checkBag(path)
    try read(lines)
  }

  /// Refuses a bag whose lines are not what its manifest says. (Originals are checked one by one.)
  private static func checkBag(_ path: String) throws {
    let name = "data/\(JSONLinesExport.linesName)"
    guard let expected = BagManifest.sha256(of: name, in: path) else { return }
    guard try FileDigest.read(name, in: path).sha256 == expected else {
      throw ArchiveFailure.failed(
        "\(path)/\(name) is not what \(BagManifest.name) says: the bag was changed or is damaged.")
    }
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
    var count = 0
    var end: Int?
    try ExportReader.forEachLine(path) { line in
      count += 1
      if let lines = try take(line, number: count) { end = lines }
    }
    guard end == count else {
      throw ArchiveFailure.failed(
        "\(path) is broken off after \(count) lines: its last line does not say that it is whole.")
    }
  }

  private static func forEachLine(_ path: String, _ body: (Data) throws -> Void) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ArchiveFailure.failed("\(path) cannot be read.")
    }
    defer { try? file.close() }
    var waiting = Data()
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      waiting.append(piece)
      var start = waiting.startIndex
      while let stop = waiting[start...].firstIndex(of: 0x0A) {
        try body(waiting[start..<stop])
        start = waiting.index(after: stop)
      }
      waiting = Data(waiting[start...])
      guard waiting.count <= longestLine else {
        throw ArchiveFailure.failed("a line of the export is too long.")
      }
    }
  }

  /// Hands out the numbers that customers and orders had.
  func forEachNumber(_ body: (NumberedKind, String?, Int64) throws -> Void) throws {
    struct Numbered: Decodable {
      let id: Int64
      let uid: String
    }
    try ExportReader.forEachLine("\(folder)/\(JSONLinesExport.linesName)") { line in
      for kind in NumberedKind.allCases {
        guard ExportReader.begins(line, kind.rawValue) else { continue }
        let read = try JSONDecoder().decode(Numbered.self, from: line)
        try body(kind, read.uid, read.id)
      }
    }
  }

  private static func begins(_ line: Data, _ kind: String) -> Bool {
    line.starts(with: Data("{\"is\":\"\(kind)\"".utf8))
  }

  /// Takes what a line says; gives the number of lines if it is the last.
  private mutating func take(_ data: Data, number: Int) throws -> Int? {
    guard
      ["archive", "setting", "import", "decision", "end"].contains(where: {
        ExportReader.begins(data, $0)
      })
    else { return nil }
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
    case "import":
      guard let hash = line.manifest else { break }
      guard Manifest.isHash(hash) else {
        throw ArchiveFailure.failed("line \(number) of the export names no hash.")
      }
      manifests.append(hash)
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

  /// Copies the originals that are what their names say; gives the names of the others.
  func copyOriginals(to objects: ObjectStore) throws -> (count: Int, damaged: [String]) {
    let writer = try ObjectWriter(objects)
    let root = folder + "/objects"
    var count = 0
    var damaged: [String] = []
    let names = FileManager.default.enumerator(atPath: root)
    while let name = names?.nextObject() as? String {
      let hash = (name as NSString).lastPathComponent
      guard Manifest.isHash(hash), !objects.contains(hash) else { continue }
      // Only plain files: a pipe would wait, a link would lead elsewhere.
      let kind = names?.fileAttributes?[.type] as? FileAttributeType
      guard kind == .typeRegular, let file = FileHandle(forReadingAtPath: root + "/" + name) else {
        damaged.append(hash)
        continue
      }
      defer { try? file.close() }
      let (stored, _) = try writer.store { sink in
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
          try sink(Array(piece))
        }
      }
      if stored.sha256 == hash { count += 1 } else { damaged.append(hash) }
    }
    try writer.flush()
    return (count, damaged)
  }
}
