import SearchText
import Synchronization

/// Compares names without regard to case, accents and marks.
package enum NameFolding {
  /// One for all: it remembers the words that it has folded.
  private static let folder = Mutex(SearchFolder())

  /// The folded name; the name itself if folding leaves nothing, as with names of symbols.
  package static func fold(_ name: String) -> String {
    let folded = folder.withLock { $0.fold(name) }
    return folded.isEmpty ? name : folded
  }
}
