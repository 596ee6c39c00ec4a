import ForeignDatabases
import InboxModel

/// When messages arrived and were read: half of all messages have a row, so each takes 20 bytes.
struct AndroidReceipts {
  private struct Entry {
    let message: UInt32
    /// Milliseconds since 1970, 0 if not known; in halves, so that nothing is padded.
    var delivered: (UInt32, UInt32)
    var read: (UInt32, UInt32)
  }

  /// In the order of messages, one for each.
  private var all: [Entry] = []

  init() {}

  init(_ db: ForeignDatabase) throws {
    guard db.has("receipt_user", ["message_row_id", "receipt_timestamp", "read_timestamp"]) else {
      return
    }
    if let count = db.salvage({ try db.count("receipt_user") }) { all.reserveCapacity(Int(count)) }
    let sql = "SELECT message_row_id, receipt_timestamp, read_timestamp FROM receipt_user"
    try db.forEach(sql) { row in
      guard let message = row.integer(0).flatMap(UInt32.init(exactly:)) else { return }
      let found = Entry(
        message: message, delivered: AndroidReceipts.halves(row.integer(1)),
        read: AndroidReceipts.halves(row.integer(2)))
      guard all.last?.message == message else { return all.append(found) }
      merge(found, into: all.count - 1)
    }
    all.sort { $0.message < $1.message }
    unite()
  }

  /// When a message arrived and when it was read first; nil where that is not recorded.
  func times(of message: Int64) -> (delivered: Int64?, read: Int64?) {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].message < message { low = middle + 1 } else { high = middle }
    }
    guard low < all.count, all[low].message == message else { return (nil, nil) }
    return (AndroidReceipts.time(all[low].delivered), AndroidReceipts.time(all[low].read))
  }

  /// In a group each member has a row: the first to get or read a message counts.
  private mutating func unite() {
    var kept = 0
    for index in all.indices.dropFirst() {
      if all[index].message == all[kept].message {
        merge(all[index], into: kept)
      } else {
        kept += 1
        all[kept] = all[index]
      }
    }
    if !all.isEmpty { all.removeLast(all.count - kept - 1) }
  }

  private mutating func merge(_ other: Entry, into place: Int) {
    all[place].delivered = AndroidReceipts.earlier(all[place].delivered, other.delivered)
    all[place].read = AndroidReceipts.earlier(all[place].read, other.read)
  }

  private static func earlier(
    _ left: (UInt32, UInt32), _ right: (UInt32, UInt32)
  ) -> (UInt32, UInt32) {
    guard let first = time(left) else { return right }
    guard let second = time(right) else { return left }
    return first <= second ? left : right
  }

  private static func halves(_ time: Int64?) -> (UInt32, UInt32) {
    guard let time, SourceTime.plausible.contains(time) else { return (0, 0) }
    return (UInt32(time >> 32), UInt32(truncatingIfNeeded: time))
  }

  private static func time(_ halves: (UInt32, UInt32)) -> Int64? {
    let time = Int64(halves.0) << 32 | Int64(halves.1)
    return time == 0 ? nil : time
  }
}
