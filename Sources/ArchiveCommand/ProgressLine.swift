import Foundation
import SocialArchive
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Shows how an import comes along: one line that changes on a terminal, a line every few
/// seconds elsewhere.
final class ProgressLine: Sendable {
  private struct State {
    var last = Date.distantPast
    var isShown = false
  }

  private let state = Mutex(State())
  private let start = Date()
  private let isTerminal = Talk.talkIsTerminal

  func show(_ progress: ImportProgress) {
    let now = Date()
    let text = text(progress, now)
    state.withLock { state in
      let pause = isTerminal ? 0.1 : 5.0
      if state.last == .distantPast, !isTerminal { state.last = start }
      guard now.timeIntervalSince(state.last) >= pause else { return }
      state.last = now
      state.isShown = isTerminal
      Talk.write(isTerminal ? "\r\u{1B}[K" + text : text + "\n", to: STDERR_FILENO)
    }
  }

  /// Clears the line.
  func finish() {
    state.withLock { state in
      if state.isShown { Talk.write("\r\u{1B}[K", to: STDERR_FILENO) }
      state.isShown = false
    }
  }

  private func text(_ progress: ImportProgress, _ now: Date) -> String {
    switch progress {
    case .settling: return "settling conversations and contact points …"
    case .reading(let messages, let share):
      let elapsed = max(0.001, now.timeIntervalSince(start))
      let rate = Int(Double(messages) / elapsed)
      guard share > 0.01 else { return "\(messages) messages, \(rate) a second" }
      let left = Int((elapsed / share - elapsed).rounded(.up))
      return "\(messages) messages, \(rate) a second, about \(left) s left"
    }
  }
}
