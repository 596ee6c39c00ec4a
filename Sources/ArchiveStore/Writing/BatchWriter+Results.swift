import Foundation
import GRDB
import InboxModel

extension BatchWriter {
  /// Writes what became of a source, with its issues.
  static func write(_ result: SourceResult, _ db: Database) throws {
    let (outcome, reason): (String, String?) =
      switch result.outcome {
      case .read: ("read", nil)
      case .failed(let reason), .locked(let reason): ("failed", reason)
      case .kept(let reason): ("kept", reason)
      }
    var isLocked = false
    if case .locked = result.outcome { isLocked = true }
    try db.execute(
      sql: """
        UPDATE source SET outcome = ?, reason = ?, is_locked = ?, log_sha256 = ?, records_read = ?,
          records_skipped = ?, newest_ms = ?, owner_names = ?, window_from = ?, window_to = ?
        WHERE id = ?
        """,
      arguments: [
        outcome, reason, isLocked, result.log, result.read, result.skipped, result.newest,
        result.ownerNames.isEmpty ? nil : StoredList.text(result.ownerNames), result.window?.from,
        result.window?.to, result.source,
      ])
    try db.execute(
      sql:
        "UPDATE file SET outcome = ?, reason = ? WHERE source_id = ? AND outcome IN ('pending', 'read', 'failed')",
      arguments: [outcome, reason, result.source])
    for name in result.names {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO known_name VALUES (?,?,?)").execute(
        arguments: [result.source, name.handle, name.name])
    }
    if !result.names.isEmpty {
      // A name may tell that two chats are one.
      try db.execute(
        sql: """
          UPDATE conversation SET is_unfinished = max(is_unfinished, 1) WHERE platform =
            (SELECT platform FROM download d JOIN part p ON p.download_id = d.id
              JOIN file f ON f.part_id = p.id WHERE f.source_id = ?)
          """, arguments: [result.source])
    }
    for issue in result.issues {
      try db.execute(
        sql: "INSERT INTO issue(source_id, gravity, place, reason) VALUES (?,?,?,?)",
        arguments: [result.source, issue.gravity, issue.offset, issue.reason])
    }
  }
}

/// Lists of text as JSON arrays in a column.
package enum StoredList {
  package static func text(_ values: [String]) -> String {
    let isPlain = values.allSatisfy {
      $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    }
    if isPlain { return values.isEmpty ? "[]" : "[\"\(values.joined(separator: "\",\""))\"]" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let data = try? encoder.encode(values) else { return "[]" }
    return String(decoding: data, as: UTF8.self)
  }

  package static func values(_ text: String) -> [String] {
    if text == "[]" { return [] }
    // Without escapes a quote ends what it began: between two values stands a comma.
    if text.utf8.starts(with: [0x5B, 0x22]), text.hasSuffix("\"]"), !text.utf8.contains(0x5C) {
      let parts = text.utf8.dropFirst(2).dropLast(2)
        .split(separator: 0x22, omittingEmptySubsequences: false)
      let isPlain = stride(from: 1, to: parts.count, by: 2).allSatisfy {
        parts[$0].elementsEqual([0x2C])
      }
      if isPlain {
        return stride(from: 0, to: parts.count, by: 2).map {
          String(decoding: parts[$0], as: UTF8.self)
        }
      }
    }
    return (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
  }
}

/// What two records of one conversation have in common where the platform gives no id.
enum MatchKey {
  /// The key of a title; a number written in any way is one.
  static func of(title: String) -> String {
    "t:" + (PersonHandle.of(.named(title), namesAreHandles: false) ?? NameFolding.fold(title))
  }

  /// The folded title, else the people.
  static func of(_ thread: InboxModel.Thread) -> String {
    if let title = thread.title, !title.isEmpty { return of(title: title) }
    if !thread.participants.isEmpty {
      return "p:" + thread.participants.map(NameFolding.fold).sorted().joined(separator: "\u{1F}")
    }
    return "k:" + thread.key
  }
}
