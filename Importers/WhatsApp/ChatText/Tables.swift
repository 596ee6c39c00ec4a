import Foundation
import Importing
import TextDecoding

/// The language tables of this importer: files that a translator can edit.
struct Tables: Sendable {
  let markers: Markers
  let dayPeriods: DayPeriods

  /// Read once; the files are part of the program.
  static let shared = Tables()

  private init() {
    markers = Markers(table: LanguageTable.rows("markers", in: .module))
    dayPeriods = DayPeriods(table: LanguageTable.rows("day-periods", in: .module))
  }
}
