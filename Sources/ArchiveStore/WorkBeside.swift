import Dispatch
import Synchronization

/// Work beside the thread that has the database: while a portion is worked on, that thread writes what
/// came of the portion before, and reads the next one.
struct WorkBeside<Portion: Sendable, Outcome: Sendable> {
  private let work: @Sendable (Portion) -> Outcome
  private var pending: Pending?

  /// - Parameter work: Runs on another thread, for one portion at a time.
  init(_ work: @escaping @Sendable (Portion) -> Outcome) { self.work = work }

  /// Begins work on a portion.
  ///
  /// - Parameters:
  ///   - portion: Waits for nothing but the portion before.
  ///   - take: Gets what came of the portion before.
  /// - Throws: What `take` throws.
  mutating func add(_ portion: Portion, _ take: (Outcome) throws -> Void) rethrows {
    let before = pending
    pending = Pending { [work] in work(portion) }
    if let outcome = before?.wait() { try take(outcome) }
  }

  /// Waits for the last portion.
  ///
  /// - Parameter take: Gets what came of it.
  /// - Throws: What `take` throws.
  mutating func finish(_ take: (Outcome) throws -> Void) rethrows {
    let last = pending
    pending = nil
    if let outcome = last?.wait() { try take(outcome) }
  }

  /// A portion that is being worked on.
  private final class Pending: Sendable {
    private let outcome = Mutex<Outcome?>(nil)
    private let group = DispatchGroup()

    init(_ work: @escaping @Sendable () -> Outcome) {
      DispatchQueue.global().async(group: group) {
        let outcome = work()
        self.outcome.withLock { $0 = outcome }
      }
    }

    func wait() -> Outcome? {
      group.wait()
      return outcome.withLock { $0 }
    }
  }
}

/// Work on many values at the same time, on all cores.
enum SideBySide {
  /// Works on each of some values.
  ///
  /// - Parameters:
  ///   - values: Each is worked on alone.
  ///   - work: Must give the same for a value whatever the others are.
  /// - Returns: The results, in the order of the values.
  static func map<Value: Sendable, Result: Sendable>(
    _ values: [Value], _ work: @Sendable (Value) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: values.count))
    DispatchQueue.concurrentPerform(iterations: values.count) { place in
      let result = work(values[place])
      results.withLock { $0[place] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
