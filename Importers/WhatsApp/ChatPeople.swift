import InboxModel
import TextDecoding

/// Who takes part in a chat, and who of them exported it.
struct ChatPeople {
  private(set) var names: [String] = []
  private(set) var ownerNames: [String] = []
  private(set) var isGroup = false

  private var counts: [String: Int] = [:]

  /// Adds one message of a reading whose events are not kept.
  mutating func add(_ message: Message, markers: Markers, title: String?) {
    switch message.sender {
    case .named(let name):
      if counts[name] == nil { names.append(name) }
      counts[name, default: 0] += 1
    case .app:
      if let text = message.text, markers.fits(text, .group) { isGroup = true }
    case .unnamed: break
    }
  }

  /// Notes who deleted a message of their own: only the owner's line says "you".
  mutating func add(owner name: String) {
    if !ownerNames.contains(name) { ownerNames.append(name) }
  }

  /// Decides what the whole chat shows. In a chat of two the owner is who is not its title.
  mutating func finish(title: String?) {
    if names.count > 2 { isGroup = true }
    guard !isGroup, let title else { return }
    let others = names.filter { $0 != title }
    if names.contains(title), others.count == 1 { add(owner: others[0]) }
  }
}
