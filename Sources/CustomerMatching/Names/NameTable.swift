import Foundation
import SearchText
import TextDecoding

/// Names that are one name in several scripts and spellings, from `Tables/names.tsv`.
struct NameTable: Sendable {
  /// What the table knows of one form of a name.
  struct Entry: Sendable, Hashable {
    let canonical: String
    /// False for a family name.
    let isGiven: Bool
    /// True for a pet form, which many names share.
    let isNickname: Bool
  }

  private var entries: [String: Set<Entry>] = [:]

  /// Read once; the file is part of the program.
  static let shared = NameTable(rows: LanguageTable.rows("names", in: .module))

  /// - Parameter rows: Name, kind (`m`, `f`, `x` for given names, `s` for family names), Latin,
  ///   Greek, Arabic and Hebrew forms, pet forms; the forms with commas between them.
  init(rows: [[String]]) {
    var folder = SearchFolder()
    for row in rows where row.count >= 7 && row[1] != "kind" {
      let isGiven = row[1] != "s"
      for (column, cell) in row.enumerated() where column >= 2 {
        for form in cell.split(separator: ",") {
          let folded = folder.fold(String(form)).filter { $0 != " " }
          guard !folded.isEmpty else { continue }
          entries[folded, default: []].insert(
            Entry(canonical: row[0], isGiven: isGiven, isNickname: column == 6))
        }
      }
    }
  }

  /// What a folded word without blanks may stand for.
  func entries(_ folded: String) -> Set<Entry> { entries[folded] ?? [] }
}
