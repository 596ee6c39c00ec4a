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
    /// When the first message was read: the rate leaves out what came before.
    var readingSince: Date?
    var isShown = false
  }

  private let state = Mutex(State())
  private let start = Date()
  private let isTerminal = Talk.talkIsTerminal

  func show(_ progress: ImportProgress) {
    let now = Date()
    state.withLock { state in
      let pause = isTerminal ? 0.1 : 5.0
      if state.last == .distantPast, !isTerminal { state.last = start }
      if case .reading = progress, state.readingSince == nil { state.readingSince = now }
      guard now.timeIntervalSince(state.last) >= pause else { return }
      state.last = now
      let text = text(progress, now, state)
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

  private func text(_ progress: ImportProgress, _ now: Date, _ state: State) -> String {
    switch progress {
    case .takingIn(let bytes, let all):
      let elapsed = max(0.001, now.timeIntervalSince(start))
      let rate = Double(bytes) / elapsed
      let line = "\(bytes >> 20) MB taken in, \(Int(rate) >> 20) MB a second"
      guard let all, all > bytes, rate > 0 else { return line }
      return line + left(Double(all - bytes) / rate)
    case .settling: return "settling conversations and contact points …"
    case .reading(let messages, let share):
      let elapsed = now.timeIntervalSince(state.readingSince ?? now)
      guard elapsed > 0, share > 0.01 else { return "\(messages) messages" }
      return "\(messages) messages, \(Int(Double(messages) / elapsed)) a second"
        + left(elapsed / share - elapsed)
    }
  }

  private func left(_ seconds: Double) -> String {
    ", about \(Int(min(seconds, 1e9).rounded(.up))) s left"
  }
}

/// Shows how many rows an export has written: one line that changes on a terminal, a line every few
/// seconds elsewhere.
final class CountLine {
  private var last = Date()
  private var isShown = false
  private let isTerminal = Talk.talkIsTerminal

  func show(_ count: Int) {
    let now = Date()
    guard now.timeIntervalSince(last) >= (isTerminal ? 0.2 : 5) else { return }
    last = now
    isShown = isTerminal
    let text = "\(count) written …"
    Talk.write(isTerminal ? "\r\u{1B}[K" + text : text + "\n", to: STDERR_FILENO)
  }

  /// Clears the line.
  func finish() {
    if isShown { Talk.write("\r\u{1B}[K", to: STDERR_FILENO) }
    isShown = false
  }
}
