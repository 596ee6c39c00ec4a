package import Importing
package import InboxModel

/// Which kind of records the files of a path hold.
package struct RecordRule: Sendable {
  package let pattern: PathPattern
  package let kind: RecordKind

  package init(_ pattern: String, _ kind: RecordKind) {
    self.pattern = PathPattern(pattern)
    self.kind = kind
  }

  /// The rules of files that are read for these kinds.
  package static func fileRules(_ rules: [RecordRule]) -> [FileRule] {
    rules.map { FileRule($0.pattern, .read) }
  }

  /// The kind of a path's records; nil if it holds none.
  package static func kind(of path: String, _ rules: [RecordRule]) -> RecordKind? {
    rules.first { $0.pattern.matches(path) }?.kind
  }
}
