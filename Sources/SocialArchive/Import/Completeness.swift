import ArchiveStore
import Foundation

/// What the downloads of an import leave out, as far as they show it.
struct Completeness {
  let archive: ArchiveDatabase
  let importID: Int64

  /// Sentences about it and what to do.
  func advice() throws -> [String] {
    try windows() + missingParts() + youngMessages()
  }

  /// Downloads that were asked for some dates only. Source: the head of their pages.
  private func windows() throws -> [String] {
    try archive.rows(
      """
      SELECT DISTINCT p.name, substr(s.window_from, 1, 10), substr(s.window_to, 1, 10)
      FROM source s JOIN file f ON f.source_id = s.id JOIN part p ON p.id = f.part_id
      WHERE f.import_id = ? AND s.window_from IS NOT NULL ORDER BY 1, 2, 3
      """, [.integer(importID)]
    ).map { row in
      "\(row[0].text ?? "") holds only what lies between \(row[1].text ?? "") and \(row[2].text ?? ""). For the rest ask for a download of all time."
    }
  }

  /// Numbers that are left out in the names of a download's parts.
  private func missingParts() throws -> [String] {
    var numbers: [String: Set<Int>] = [:]
    for row in try archive.rows("SELECT DISTINCT name FROM part") {
      guard let (stem, number) = Completeness.number(row[0].text ?? "") else { continue }
      numbers[stem, default: []].insert(number)
    }
    return numbers.sorted { $0.key < $1.key }.compactMap { stem, found in
      guard found.count > 1, let last = found.max() else { return nil }
      let missing = (1..<last).filter { !found.contains($0) }.map(String.init)
      guard !missing.isEmpty, missing.count < 100 else { return nil }
      return "\(stem): part \(missing.joined(separator: ", ")) of at least \(last) is not here."
    }
  }

  /// `facebook-rania-3.zip` is part 3 of `facebook-rania`.
  private static func number(_ name: String) -> (stem: String, number: Int)? {
    let lower = name.lowercased()
    guard lower.hasSuffix(".zip"), lower.hasPrefix("facebook-") || lower.hasPrefix("instagram-")
    else {
      return nil
    }
    let stem = name.dropLast(4)
    guard let hyphen = stem.lastIndex(of: "-"),
      let number = Int(stem[stem.index(after: hyphen)...]),
      (1...200).contains(number)
    else { return nil }
    return (String(stem[..<hyphen]), number)
  }

  /// An account that is much older than its oldest message: perhaps asked for one year only.
  private func youngMessages() throws -> [String] {
    try archive.rows(
      """
      SELECT r.platform, a.name, substr(min(json_extract(r.detail, '$.registration_timestamp')), 1, 10),
        (SELECT strftime('%Y-%m-%d', min(c.first_ms) / 1000, 'unixepoch') FROM conversation c
          WHERE c.platform = r.platform)
      FROM record r JOIN account a ON a.id = r.account_id
      WHERE r.kind = 'profile' AND json_type(r.detail, '$.registration_timestamp') = 'text'
      GROUP BY 1, 2 ORDER BY 1, 2
      """
    ).compactMap { row in
      guard let born = row[2].text, let oldest = row[3].text,
        let year = Int(born.prefix(4)), let first = Int(oldest.prefix(4)), first > year + 1
      else { return nil }
      return
        "The account \(row[1].text ?? "") is from \(born), its oldest message from \(oldest). If there were messages before, ask for a download of all time."
    }
  }
}
