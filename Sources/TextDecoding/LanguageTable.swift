package import Foundation

/// Tables of words by language: files of a module that a translator can edit.
package enum LanguageTable {
  /// The rows of `Tables/<name>.tsv`, split at tabs, without comments.
  ///
  /// - Parameters:
  ///   - name: The file's name without its ending.
  ///   - bundle: The module's resources. A program without them cannot run.
  /// - Returns: The cells of each row.
  package static func rows(_ name: String, in bundle: Bundle) -> [[String]] {
    guard
      let url = bundle.url(forResource: name, withExtension: "tsv", subdirectory: "Tables"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { preconditionFailure("the table \(name) is missing from the program's resources") }
    // By bytes: tens of thousands of rows are read at each start.
    return text.utf8.split(separator: 0x0A).filter { $0.first != 0x23 }.map { row in
      row.split(separator: 0x09, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
  }
}
