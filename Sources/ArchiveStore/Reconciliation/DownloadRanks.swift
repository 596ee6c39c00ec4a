import GRDB

/// When downloads were made, told by their own content.
struct DownloadRanks {
  private let ranks: [Int64: Int]

  /// Ranks by the newest record, then by the content's hash: later made is larger.
  init(_ db: Database) throws {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM download ORDER BY newest_ms, content_key, id")
    ranks = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
  }

  /// The rank of a download in one of its forms: as data it counts as later than as pages.
  func rank(_ form: DownloadForm) -> Int {
    guard let rank = ranks[form.download] else { return -1 }
    return rank * 2 + (form.isRendered ? 0 : 1)
  }

  /// The latest rank of several.
  func rank(_ forms: [DownloadForm]) -> Int { forms.map(rank).max() ?? -1 }
}
