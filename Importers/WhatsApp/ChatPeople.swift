import InboxModel
import TextDecoding

/// Who takes part in a chat, and who of them exported it.
struct ChatPeople {
  private(set) var names: [String] = []
  private(set) var ownerNames: [String] = []
  private(set) var isGroup = false

  private var seen: Set<String> = []

  /// Decides by what a survey noted; texts are looked at only where the app may speak.
  init(_ bytes: ByteView, _ survey: ChatSurvey, title: String?) {
    let markers = Tables.shared.markers
    for line in survey.markedLines + survey.unnamedLines {
      if markers.fits(Markers.key(bytes.buffer(line)), .group) { isGroup = true }
    }
    for (name, use) in survey.names {
      if !survey.isBracketed, use.count == 1, name != title {
        // A sender who writes once, or a line of the app with a colon in it.
        let key = Markers.key(bytes.buffer(use.first))
        if markers.fits(key, .group) {
          isGroup = true
          continue
        }
        if markers.fits(key, .system) { continue }
      }
      add(name)
    }
    // "You deleted this message" names the owner.
    for (name, line) in survey.deletions where !ownerNames.contains(name) {
      if markers.meaning(of: Markers.key(bytes.buffer(line))) == .deletedByOwner {
        ownerNames.append(name)
      }
    }
    finish(title: title)
  }

  private mutating func add(_ name: String) {
    let person = ChatReader.person(name)
    if seen.insert(person).inserted { names.append(person) }
  }

  /// In a chat of two the owner is who is not its title.
  private mutating func finish(title: String?) {
    if names.count > 2 { isGroup = true }
    guard !isGroup, let title else { return }
    let others = names.filter { $0 != title }
    if names.contains(title), others.count == 1, !ownerNames.contains(others[0]) {
      ownerNames.append(others[0])
    }
  }
}
