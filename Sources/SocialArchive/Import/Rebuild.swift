import ArchiveStore
import Foundation
import Importing
import TextDecoding

/// Makes an archive's database again from what its imports took in.
enum Rebuild {
  /// The manifests of an archive in the order of their imports, by the database if it is whole,
  /// else by looking through the originals.
  static func manifests(_ archive: ArchiveDatabase) throws -> [Manifest] {
    let hashes = try archive.rows(
      "SELECT manifest FROM import WHERE manifest IS NOT NULL ORDER BY id"
    ).compactMap { $0[0].text }
    let found = hashes.isEmpty ? search(archive.objects.folderPath) : hashes
    let decoder = JSONDecoder()
    let manifests = try found.filter(archive.objects.contains).compactMap { hash -> Manifest? in
      let data = try Data(contentsOf: URL(fileURLWithPath: archive.objects.path(hash)))
      return try? decoder.decode(Manifest.self, from: data)
    }
    return hashes.isEmpty ? manifests.sorted { $0.startedAt < $1.startedAt } : manifests
  }

  /// The manifests that the database names and that are not there.
  static func missingManifests(_ archive: ArchiveDatabase) throws -> [String] {
    try archive.rows("SELECT manifest FROM import WHERE manifest IS NOT NULL ORDER BY id")
      .compactMap { $0[0].text }.filter { !archive.objects.contains($0) }
  }

  /// The originals of manifests that are not there.
  static func missing(_ manifests: [Manifest], _ objects: ObjectStore) -> [String] {
    var seen: Set<String> = []
    return manifests.flatMap(\.files).compactMap(\.sha256).filter {
      seen.insert($0).inserted && !objects.contains($0)
    }
  }

  /// Objects that begin like a manifest.
  private static func search(_ folder: String) -> [String] {
    let mark = Array("{\"archiveManifest\":".utf8)
    let files = FileManager.default.enumerator(atPath: folder)
    var found: [String] = []
    while let path = files?.nextObject() as? String {
      let isManifest = try? MappedFile.read(folder + "/" + path) { bytes in
        bytes.count > mark.count && Array(bytes.buffer(0..<mark.count)) == mark
      }
      if isManifest == true, let name = path.split(separator: "/").last {
        found.append(String(name))
      }
    }
    return found.sorted()
  }

  /// Enters the files of a manifest as if they were just taken in.
  static func takeIn(
    _ manifest: Manifest, _ archive: ArchiveDatabase, _ ledger: ImportLedger
  ) throws {
    for (number, part) in manifest.parts.enumerated() {
      let files = manifest.files.filter { $0.part == number }
      let container = try ledger.addPart(
        name: part.name, stem: nil, root: "", importer: nil, container: nil)
      var roots = RootFinder()
      for file in files {
        roots.look(
          at: CandidateFile(path: file.path) { head(file.sha256, archive.objects) })
      }
      try ledger.add(
        files.map {
          ImportLedger.Taken(
            path: $0.path, nameHex: $0.nameHex, sha256: $0.sha256, bytes: $0.bytes,
            damage: $0.damage)
        }, container: container)
      var intake = try Intake(archive, ledger)
      try intake.place(
        name: part.name, stem: part.stem, container, roots)
    }
  }

  private static func head(_ sha256: String?, _ objects: ObjectStore) -> [UInt8] {
    guard let sha256 else { return [] }
    let head = try? MappedFile.read(objects.path(sha256)) { bytes in
      Array(bytes.buffer(0..<min(bytes.count, 64 << 10)))
    }
    return head ?? []
  }

  /// Gives the new database what the user decided.
  static func copyDecisions(from folder: String, to scratch: String) throws {
    let name = "/" + DecisionFile.name
    guard FileManager.default.fileExists(atPath: folder + name) else { return }
    try FileManager.default.copyItem(atPath: folder + name, toPath: scratch + name)
  }

  /// Puts the new database in the place of the old one.
  static func swap(from scratch: String, to folder: String) throws {
    let manager = FileManager.default
    for ending in ["-wal", "-shm"] {
      try? manager.removeItem(atPath: folder + "/archive.sqlite" + ending)
    }
    guard rename(scratch + "/archive.sqlite", folder + "/archive.sqlite") == 0 else {
      throw ArchiveFailure.failed("the new database could not take its place; the old one stays.")
    }
  }
}
