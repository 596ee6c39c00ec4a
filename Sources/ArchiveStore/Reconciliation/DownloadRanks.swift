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

  func rank(_ download: Int64) -> Int { ranks[download] ?? -1 }

  /// The latest rank of several downloads.
  func rank(_ downloads: [Int64]) -> Int { downloads.map(rank).max() ?? -1 }
}
