import Dispatch
import Synchronization

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
