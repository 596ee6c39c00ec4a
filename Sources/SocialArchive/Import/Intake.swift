import ArchiveStore
import Downloads
import ImporterCatalog
import Importing
import TextDecoding

/// Takes the files of downloads into the archive, and says which download each belongs to.
struct Intake {
  let archive: ArchiveDatabase
  let ledger: ImportLedger
  private let writer: ObjectWriter
  /// Parts in which something was recognized, with the name of the importer.
  private(set) var recognized: [(name: String, importer: String)] = []

  /// How far the taking in has come, and whom to tell.
  private var bytes: Int64 = 0
  private var bytesInAll: Int64?
  private let progress: (ImportProgress) -> Void

  init(
    _ archive: ArchiveDatabase, _ ledger: ImportLedger,
    progress: @escaping (ImportProgress) -> Void = { _ in }
  ) throws {
    self.archive = archive
    self.ledger = ledger
    self.progress = progress
    writer = try ObjectWriter(archive.objects)
  }

  /// Takes in what is at some paths: files, zips, tars, folders, or folders of zips.
  mutating func take(_ paths: [String]) throws {
    let sizes = try paths.map { try Part.at($0).statedBytes() }
    bytesInAll = sizes.contains(nil) ? nil : sizes.compactMap(\.self).reduce(0, +)
    for path in paths { try take(path) }
  }

  private mutating func take(_ path: String) throws {
    let part = try Part.at(path)
    let inner = try part.archivesInside().filter(Intake.isDownload)
    for archive in inner { try take(archive, skipping: []) }
    try take(part, skipping: Set(inner.map(\.path)))
  }

  /// True if a file of the archive is a sign of a download; else it is a file like others.
  private static func isDownload(_ part: Part) -> Bool {
    struct Found: Error {}
    do {
      try part.forEachEntry(
        { entry in
          var head: [UInt8]?
          let file = CandidateFile(path: entry.name.text) {
            if let head { return head }
            let read = Intake.head(of: entry)
            head = read
            return read
          }
          if ImporterCatalog.all.contains(where: { $0.recognize(file) != nil }) { throw Found() }
        }, problem: { _ in })
      return false
    } catch {
      // Damage is for the import to report, with the part that it concerns.
      return true
    }
  }

  /// The first bytes of an entry.
  private static func head(of entry: PartEntry) -> [UInt8] {
    struct Enough: Error {}
    var head: [UInt8] = []
    _ = try? entry.read { chunk in
      head += chunk.prefix(64 << 10)
      throw Enough()
    }
    return head
  }

  private mutating func take(_ part: Part, skipping: Set<String>) throws {
    let container = try ledger.addPart(
      name: part.name, stem: nil, root: "", importer: nil, container: nil)
    var roots = RootFinder()
    var batch: [ImportLedger.Taken] = []
    do {
      try part.forEachEntry(
        skipping: skipping,
        { entry in
          let taken = try store(entry, &roots)
          batch.append(taken)
          bytes += taken.bytes
          progress(.takingIn(bytes: bytes, of: bytesInAll))
          if batch.count >= 1_000 { try flush(&batch, container) }
        },
        problem: { problem in
          let name = problem.entry.map { "\(part.name): \($0): " } ?? "\(part.name): "
          try ledger.note("lost", name + problem.reason)
        })
    } catch let error as DownloadError {
      try ledger.note("lost", error.description)
    }
    try flush(&batch, container)
    try place(name: part.name, stem: PartStem.of(part.name, part.kind), container, roots)
  }

  private func store(
    _ entry: PartEntry, _ roots: inout RootFinder
  ) throws -> ImportLedger.Taken {
    var head: [UInt8] = []
    let (stored, outcome) = try writer.store { sink in
      try entry.read { chunk in
        if head.isEmpty { head = Array(chunk.prefix(64 << 10)) }
        try sink(chunk)
      }
    }
    let path = entry.name.text
    func taken(_ stored: ObjectWriter.Stored?, _ damage: String?) -> ImportLedger.Taken {
      ImportLedger.Taken(
        path: path, nameHex: entry.name.differingBytes.map(Hexadecimal.text),
        sha256: stored?.sha256, bytes: stored?.bytes ?? 0, damage: damage)
    }
    if let hazard = entry.name.hazard {
      try ledger.note("note", "\(path): \(hazard); kept as data")
    }
    roots.look(at: CandidateFile(path: path) { head })
    switch outcome {
    case .whole:
      return taken(stored, nil)
    case .damaged(let reason): return taken(stored, reason)
    case .unreadable(let reason): return taken(nil, reason)
    }
  }

  private func flush(_ batch: inout [ImportLedger.Taken], _ container: Int64) throws {
    // The bytes must be safe before a row names them.
    try writer.flush()
    try ledger.add(batch, container: container)
    batch.removeAll(keepingCapacity: true)
  }

  /// Gives each file of a container its part and its fate.
  mutating func place(
    name: String, stem: String?, _ container: Int64, _ roots: RootFinder
  ) throws {
    var plan = PlacementPlan()
    for root in roots.decide(partName: name) {
      recognized.append((name, root.importer.name))
      if root.wholeFiles.isEmpty {
        let id = try ledger.addPart(
          name: name, stem: stem, root: root.path, importer: root.importer.name,
          container: container)
        plan.add(root: root.path, importer: root.importer, part: id)
        continue
      }
      var ids: [Int64] = []
      for file in root.wholeFiles {
        let id = try ledger.addPart(
          name: name, stem: nil, root: root.path, importer: root.importer.name, container: container
        )
        plan.add(file: file, part: id)
        ids.append(id)
      }
      let rest =
        ids.count == 1
        ? ids[0]
        : try ledger.addPart(
          name: name, stem: nil, root: root.path + "|rest", importer: root.importer.name,
          container: container)
      plan.add(root: root.path, importer: root.importer, part: rest)
    }
    try ledger.classify(container: container) { path in
      plan.placement(of: path, container: container, name: name)
    }
  }
}
