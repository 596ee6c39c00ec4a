package import Importing
package import InboxModel

/// Which kind of records the files of a path hold.
package struct RecordRule: Sendable {
  package let pattern: PathPattern
  /// A page is called like the JSON file of the same records.
  package let pagePattern: PathPattern
  package let kind: RecordKind

  package init(_ pattern: String, _ kind: RecordKind) {
    self.pattern = PathPattern(pattern)
    let stem = pattern.hasSuffix(".json") ? String(pattern.dropLast(5)) + ".html" : pattern
    pagePattern = PathPattern(stem)
    self.kind = kind
  }

  /// The rules of files that are read for these kinds.
  package static func fileRules(_ rules: [RecordRule]) -> [FileRule] {
    rules.flatMap { [FileRule($0.pattern, .read), FileRule($0.pagePattern, .read)] }
  }

  /// Reads the records of a file, data or page.
  ///
  /// - Throws: `NotThisFormat` if it holds none, `FileDamage` where it breaks off.
  package static func read(
    _ file: SourceFile, kind: RecordKind, _ emit: (ImportEvent) throws -> Void
  ) throws {
    if file.isPage { return try PageRecordReader.read(file, kind: kind, emit) }
    try MetaRecordReader.read(file, kind: kind, emit)
  }

  /// The kind of a path's records; nil if it holds none.
  package static func kind(of path: String, _ rules: [RecordRule]) -> RecordKind? {
    rules.first { $0.pattern.matches(path) || $0.pagePattern.matches(path) }?.kind
  }
}
