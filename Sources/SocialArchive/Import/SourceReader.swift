import ArchiveStore
import ImporterCatalog
import Importing
import InboxModel
import TextDecoding

/// Reads sources of the archive with the importers of the catalog.
enum SourceReader {
  /// Reads one source from its original, with what the user says of dates.
  static func reading(_ objects: ObjectStore, _ hints: ReadingHints) -> SourceReading {
    { source, emit in
      guard let importer = ImporterCatalog.importer(named: source.importer) else {
        return .kept("no importer of this program reads it")
      }
      do {
        try MappedFile.read(objects.path(source.sha256)) { bytes in
          try withLog(source.log.map(objects.path)) { log in
            let file = SourceFile(
              path: source.path, partName: source.partName, bytes: bytes, hints: hints, log: log)
            try importer.read(file) { event in try emit(translated(event)) }
          }
        }
        return .read
      } catch let damage as FileDamage {
        return .failed(damage.description)
      } catch let locked as LockedFile {
        return .locked(locked.description)
      } catch let mismatch as NotThisFormat {
        return .kept(mismatch.reason)
      } catch let error as FileReadError {
        return .failed(StoredSource.unreadable + error.reason)
      }
    }
  }

  private static func withLog(_ path: String?, _ body: (ByteView?) throws -> Void) throws {
    guard let path else { return try body(nil) }
    try MappedFile.read(path) { try body($0) }
  }

  private static func translated(_ event: ImportEvent) -> SourceEvent {
    switch event {
    case .thread(let thread): .thread(thread)
    case .message(let message): .message(message)
    case .record(let record): .record(record)
    case .issue(let issue):
      .issue(gravity: issue.gravity.rawValue, reason: issue.reason, offset: issue.offset)
    case .person(let name): .person(name)
    case .owner(let facts): .owner(facts)
    }
  }
}
