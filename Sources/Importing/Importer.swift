package import InboxModel

/// Reads one kind of download.
///
/// An importer is a table of file patterns and a reader for the files it understands. It sees
/// one file at a time, knows nothing of the archive, and hands out what it finds as events.
/// Reading is synchronous and pure: the same bytes under the same path give the same events.
package protocol Importer: Sendable {
  /// The importer's name in the archive, on the command line and in `Samples/`.
  var name: String { get }
  /// What people call the download, for messages.
  var title: String { get }
  var platform: Platform { get }
  /// Raised whenever the reader reads more or reads better: known files are then read again.
  var version: Int { get }
  /// The table of file patterns, tried from first to last.
  var rules: [FileRule] { get }

  /// Whether a file shows that it belongs to a download of this kind.
  ///
  /// - Parameter file: A file of a part, under its full path there.
  /// - Returns: Where the download's root is and how sure this file makes it; nil for no sign.
  func recognize(_ file: CandidateFile) -> Recognition?

  /// Reads one file that a rule says to read.
  ///
  /// - Parameters:
  ///   - file: The file's bytes and its path from the download's root.
  ///   - emit: Gets what is found, in the order of the file.
  /// - Throws: `FileDamage` where the file stops being readable (what was emitted stays), and
  ///   whatever `emit` throws.
  func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws
}

/// A file that is asked what kind of download it belongs to.
package struct CandidateFile {
  /// The path in its part, `/` between folders.
  package let path: String
  private let readHead: () -> [UInt8]

  package init(path: String, head: @escaping () -> [UInt8]) {
    self.path = path
    readHead = head
  }

  /// The first bytes of the file, at most 64 KiB.
  package var head: [UInt8] { readHead() }

  /// The path's components.
  package var components: [Substring] { path.split(separator: "/") }
}

/// A sign that a file belongs to a download of some kind.
package struct Recognition: Sendable, Equatable {
  /// The folder that is the download's root, without a slash at its end; "" for the top.
  package let root: String
  /// The known thing that was seen, for the receipt.
  package let evidence: String
  /// False if another kind of download shows the same thing.
  package let isCertain: Bool
  /// True if this one file is a whole download.
  package let isWholeDownload: Bool

  package init(root: String, evidence: String, isCertain: Bool, isWholeDownload: Bool = false) {
    self.root = root
    self.evidence = evidence
    self.isCertain = isCertain
    self.isWholeDownload = isWholeDownload
  }
}
