import Foundation

/// The language tables of this importer: files that a translator can edit.
struct Tables: Sendable {
  let markers: Markers
  let dayPeriods: DayPeriods

  /// Read once; the files are part of the program.
  static let shared = Tables()

  private init() {
    markers = Markers(table: Tables.rows("markers"))
    dayPeriods = DayPeriods(table: Tables.rows("day-periods"))
  }

  /// The rows of a table, split at tabs, without comments.
  private static func rows(_ name: String) -> [[String]] {
    guard
      let url = Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Tables"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { preconditionFailure("the table \(name) is missing from the program's resources") }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
