package import Importing
import TextDecoding

/// A page of messages outside of any download, as people keep and send them.
package enum LoosePage {
  /// True if a file is a page that shows messages as Meta's pages do.
  package static func recognizes(_ file: CandidateFile) -> Bool {
    let name = file.path.lowercased()
    guard name.hasSuffix(".html") || name.hasSuffix(".htm") else { return false }
    return file.head.withUnsafeBytes { bytes in
      guard let survey = try? PageSurvey(ByteView(bytes)) else { return false }
      // Any forum has names and dates; Meta's pages name the people or show their own boxes.
      return !survey.participants.isEmpty || survey.hasWordsBehind
        || marks.contains { contains(bytes, $0) }
    }
  }

  /// True if a page names a folder that only Instagram's downloads have.
  package static func isInstagram(_ file: CandidateFile) -> Bool {
    file.head.withUnsafeBytes { contains($0, "your_instagram_activity/") }
  }

  private static let marks = ["uiBoxWhite", "_a6-g", "_2lej"]

  private static func contains(_ bytes: UnsafeRawBufferPointer, _ mark: String) -> Bool {
    bytes.firstRange(of: Array(mark.utf8)) != nil
  }
}
