import Foundation
import GRDB

extension ArchiveDatabase {
  /// Takes over decisions of another archive; those that are here already are not taken twice.
  ///
  /// - Parameter lines: A JSON object each, as `decisions.jsonl` has them, in order.
  /// - Returns: How many are new. In an archive without decisions they keep their numbers.
  /// - Throws: `ArchiveError` if they cannot be written, or what SQLite reports.
  package func takeOver(decisions lines: [String]) throws -> Int {
    let decoder = JSONDecoder()
    let given = try lines.map { line in
      do {
        return try decoder.decode(Decision.self, from: Data(line.utf8))
      } catch { throw ArchiveError.newerVersion(folder) }
    }
    guard !given.isEmpty else { return 0 }
    return try queue.write { db in
      let stored = try DecisionLedger.all(db)
      let last = stored.last?.number ?? 0
      var numbers: [Int64: Int64] = [:]
      var new: [Decision] = []
      var count = 0
      for decision in given {
        if var known = stored.first(where: { $0.saysTheSame(as: decision) }) {
          numbers[decision.number] = known.number
          // What was taken back anywhere is taken back.
          if known.undoneAt == nil, decision.undoneAt != nil {
            known.undoneAt = decision.undoneAt
            new.append(known)
          }
          continue
        }
        let number = decision.number + last
        numbers[decision.number] = number
        new.append(decision.renumbered(number, numbers))
        count += 1
      }
      if !new.isEmpty { _ = try DecisionLedger.write(new, folder: folder, db) }
      return count
    }
  }
}

extension Decision {
  /// True for what was said at the same moment of the same.
  fileprivate func saysTheSame(as other: Decision) -> Bool {
    madeAt == other.madeAt && kind == other.kind && value == other.value && first == other.first
      && second == other.second && order?.messages == other.order?.messages
  }

  /// The same under another number; orders are known by the first decision about them.
  fileprivate func renumbered(_ number: Int64, _ numbers: [Int64: Int64]) -> Decision {
    Decision(
      number: number, madeAt: madeAt, kind: kind, first: first, second: second, value: value,
      order: order.map { $0.about(numbers[$0.about] ?? number) }, undoneAt: undoneAt)
  }
}
