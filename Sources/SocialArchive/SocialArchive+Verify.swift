import ArchiveExport
import ArchiveStore
import Foundation

extension SocialArchive {
  /// Looks for damage; each finding is a sentence. An empty list means that all is well.
  ///
  /// - Throws: `ArchiveFailure` if the archive cannot be opened.
  public func verify() throws -> [String] {
    // The search index can only check itself on a connection that may write.
    do {
      if let archive = try? writingExisting() { return try archive.verify() }
      return try reading().verify()
    } catch let error where ArchiveDatabase.saysBroken(error) {
      return ["archive.sqlite is damaged; `archive rebuild` makes it again from the originals"]
    }
  }

  /// Makes the database again from the originals, manifests and settings.
  ///
  /// - Parameters:
  ///   - isPartial: True to go on without originals that are missing; else the old database stays.
  ///   - options: The keys of sealed backups.
  ///   - progress: Called now and then, on any thread.
  /// - Returns: The number of imports that were replayed, and the originals that are missing.
  /// - Throws: `ArchiveFailure`; the old database then stays.
  public func rebuild(
    isPartial: Bool = false, options: ImportOptions = ImportOptions(),
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) throws -> (imports: Int, missing: [String]) {
    let old = try writingUnlessBroken()
    let manifests = try Rebuild.manifests(old)
    let missing = try Rebuild.missingManifests(old) + Rebuild.missing(manifests, old.objects)
    guard missing.isEmpty || isPartial else {
      throw ArchiveFailure.failed(
        "\(missing.count) originals are missing, such as \(missing[0]); what came from them would be lost. See: archive verify. To go on without them: --partial"
      )
    }
    var settings = try old.rows("SELECT key, value FROM setting")
    if settings.allSatisfy({ $0[0].text == "folding" }), let last = manifests.last {
      settings = last.settings.map { [.text($0.key), .text($0.value)] }
    }
    let scratch = folder + "/rebuild"
    try? FileManager.default.removeItem(atPath: scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    try FileManager.default.createDirectory(
      atPath: scratch, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try FileManager.default.createSymbolicLink(
      atPath: scratch + "/objects", withDestinationPath: folder + "/objects")
    try Rebuild.copyDecisions(from: folder, to: scratch)
    let fresh = SocialArchive(folder: scratch)
    try fresh.replay(manifests, settings, numbersOf: old, options, progress)
    // The old database must be whole by itself, and closed, before another takes its name.
    try old.closeDatabase()
    try withExtendedLifetime(old) { try Rebuild.swap(from: scratch, to: folder) }
    return (manifests.count, missing)
  }

  /// The archive, or a new one in its folder if its database is none any more: that is put aside.
  private func writingUnlessBroken() throws -> ArchiveDatabase {
    do {
      return try writing()
    } catch let error where ArchiveDatabase.saysBroken(error) {
      for ending in ["", "-wal", "-shm"] {
        let path = folder + "/archive.sqlite" + ending
        try? FileManager.default.removeItem(atPath: path + ".broken")
        try? FileManager.default.moveItem(atPath: path, toPath: path + ".broken")
      }
      return try writing()
    }
  }

  private func replay(
    _ manifests: [Manifest], _ settings: [[Cell]], numbersOf old: ArchiveDatabase,
    _ options: ImportOptions, _ progress: @escaping @Sendable (ImportProgress) -> Void
  ) throws {
    let archive = try writing()
    for row in settings where row[0].text != "folding" {
      try archive.set(row[0].text ?? "", row[1].text ?? "")
    }
    try archive.keepNumbers(from: old.forEachNumber)
    for manifest in manifests {
      let ledger = try ImportLedger(
        archive, startedAt: manifest.startedAt, toolVersion: manifest.toolVersion)
      try Rebuild.takeIn(manifest, archive, ledger)
      try Manifest.write(archive, ledger)
      try ledger.finish(at: SocialArchive.now())
    }
    try settle(archive, options, progress)
    _ = try findContacts(archive)
    try archive.checkpoint()
  }
}

extension SocialArchive {
  /// Findings of `verify` as one JSON object.
  public static func json(findings: [String]) -> String {
    var text = JSONText()
    text.add("ok", findings.isEmpty)
    text.add("findings", json: JSONText.list(findings.map(JSONText.string)))
    return text.text
  }
}
