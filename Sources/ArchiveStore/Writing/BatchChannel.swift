import Foundation

/// Hands batches from the reading thread to the writing one, at most a few at a time.
///
/// A few, because the writer pauses while it fills the search index; the reader goes on meanwhile.
///
/// `@unchecked Sendable`: all state is guarded by `condition`.
final class BatchChannel: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [RowBatch] = []
  private var ending: Result<Void, any Error>?
  private var isCancelled = false
  private let capacity = 5

  /// The writer has given up.
  struct Cancelled: Error {}

  /// Waits for room, then hands over a batch.
  func send(_ batch: sending RowBatch) throws {
    condition.lock()
    defer { condition.unlock() }
    while waiting.count >= capacity, !isCancelled { condition.wait() }
    if isCancelled { throw Cancelled() }
    waiting.append(batch)
    condition.signal()
  }

  /// Says that no more batches come.
  func finish(_ result: Result<Void, any Error>) {
    condition.lock()
    ending = result
    condition.signal()
    condition.unlock()
  }

  func cancel() {
    condition.lock()
    isCancelled = true
    condition.broadcast()
    condition.unlock()
  }

  /// The next batch; nil at the end.
  func receive() throws -> RowBatch? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty, ending == nil { condition.wait() }
    if !waiting.isEmpty {
      let batch = waiting.removeFirst()
      condition.signal()
      return batch
    }
    try ending?.get()
    return nil
  }
}
