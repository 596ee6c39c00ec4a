import GRDB
import InboxModel

/// What the messages of one conversation say of the clocks of its pages.
struct ClockVotes {
  /// By source: how many messages speak for each shift of the clock as it was read.
  private var votes: [Int64: [Int64: Int]] = [:]

  /// Compares pages with what the same messages have as exact times in other sources.
  init(_ loaded: [LoadedThread]) {
    let exact = loaded.filter { !$0.isFixed && !$0.isLocal }.flatMap(\.sightings)
    guard !exact.isEmpty else { return }
    for thread in loaded where thread.isFixed {
      // What an earlier import made of the clock must not show in the votes.
      let read = thread.sightings.map { sighting in
        var plain = sighting
        plain.start -= thread.clockShift
        return plain
      }
      let found = ClockAlignment.votes(of: read, to: exact).votes
      votes[thread.record.source, default: [:]].merge(found, uniquingKeysWith: +)
    }
  }

  /// Writes the votes of a conversation in place of its earlier ones.
  func write(_ db: Database, conversation: Int64, sources: [Int64: StoredSource]) throws {
    try db.execute(
      sql: "DELETE FROM clock_vote WHERE conversation_id = ?", arguments: [conversation])
    for (id, found) in votes {
      guard let source = sources[id] else { continue }
      for (shift, count) in found {
        for download in source.downloads {
          try db.execute(
            sql: """
              INSERT INTO clock_vote VALUES (?, ?, ?, ?)
              ON CONFLICT DO UPDATE SET votes = votes + excluded.votes
              """, arguments: [conversation, download, shift, count])
        }
      }
    }
  }
}

/// Sets the clocks of pages, which name no zone: each download's by the messages that it shares
/// with sources of exact times, over all conversations.
struct ClockStage {
  let db: Database

  /// Counts the votes; marks the conversations of downloads whose clock changes.
  ///
  /// - Returns: True if a clock changed.
  func run() throws -> Bool {
    let downloads = try Row.fetchAll(
      db,
      sql: """
        SELECT id, clock_shift_ms FROM download d WHERE clock_shift_ms <> 0
          OR EXISTS (SELECT 1 FROM clock_vote v WHERE v.download_id = d.id)
        """)
    var hasChanged = false
    for row in downloads {
      let id: Int64 = row[0]
      let old: Int64 = row[1]
      let new = try shift(of: id)
      guard new != old else { continue }
      hasChanged = true
      try db.execute(
        sql: "UPDATE download SET clock_shift_ms = ? WHERE id = ?", arguments: [new, id])
      try db.execute(
        sql: """
          UPDATE conversation SET is_unfinished = 2 WHERE id IN (
            SELECT t.conversation_id FROM thread t JOIN file f ON f.source_id = t.source_id
            JOIN part p ON p.id = f.part_id WHERE p.download_id = ? AND t.is_rendered = 1)
          """, arguments: [id])
    }
    return hasChanged
  }

  /// The shift for which most messages speak: three at least, or two if none speaks for another.
  private func shift(of download: Int64) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT shift_ms FROM clock_vote WHERE download_id = ?1 GROUP BY shift_ms
        HAVING sum(votes) >= 3 OR sum(votes) = 2
          AND 2 = (SELECT sum(votes) FROM clock_vote WHERE download_id = ?1)
        ORDER BY sum(votes) DESC, abs(shift_ms), shift_ms LIMIT 1
        """, arguments: [download]) ?? 0
  }
}
