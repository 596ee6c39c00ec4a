import SearchText

/// Compares names without regard to case, accents and marks.
package enum NameFolding {
  /// The folded name; the name itself if folding leaves nothing, as with names of symbols.
  package static func fold(_ name: String) -> String {
    var folder = SearchFolder()
    let folded = folder.fold(name)
    return folded.isEmpty ? name : folded
  }
}
