import Importing

/// What of a phone's database is no message, and what is of no known kind: counted, to be said.
struct LeftOut {
  /// Numbers of kinds that no reader of the field names, with how many messages bear them.
  private var unknown: [Int64: Int] = [:]
  /// What contacts show for a day.
  var status = 0
  /// Frames around pictures that are messages of their own.
  var albums = 0

  mutating func addUnknown(_ kind: Int64) { unknown[kind, default: 0] += 1 }

  var issues: [ImportIssue] {
    var issues = unknown.sorted { $0.key < $1.key }.map { number, count in
      ImportIssue(
        .note, "messages of a kind that is not known (\(number)): \(count), kept with their text")
    }
    if status > 0 {
      let reason = "status posts, which are no messages: \(status), left in the original"
      issues.append(ImportIssue(.note, reason))
    }
    if albums > 0 {
      let reason = "frames of albums, whose pictures are messages: \(albums)"
      issues.append(ImportIssue(.note, reason))
    }
    return issues
  }
}
