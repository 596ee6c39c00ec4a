import InboxModel
import TextDecoding

/// Who takes part in a chat, and who of them exported it.
struct ChatPeople {
  private(set) var names: [String] = []
  private(set) var ownerNames: [String] = []
  private(set) var isGroup = false

  private var seen: Set<String> = []

  /// Decides by what a survey noted; texts are looked at only where the app may speak.
  init(
    _ bytes: ByteView, _ survey: ChatSurvey, title: String?, markers: Markers,
    except quoted: Set<Int>
  ) {
    isGroup = survey.showsGroupEvents
    for line in survey.unnamedLines where !isGroup {
      if markers.fits(Markers.key(bytes.buffer(line)), .group) { isGroup = true }
    }
    for (number, entry) in survey.names.entries.enumerated() {
      guard let line = entry.firstLine, !quoted.contains(number) else { continue }
      if survey.isBracketed {
        // The app speaks under the name of the group or of who did something.
        if entry.personal == 0, entry.name != title { continue }
      } else if entry.count == 1, entry.name != title {
        // A sender who writes once, or a line of the app with a colon in it.
        let key = Markers.key(bytes.buffer(line))
        if markers.fits(key, .group) {
          isGroup = true
          continue
        }
        if markers.fits(key, .system) { continue }
      }
      if seen.insert(entry.person).inserted { names.append(entry.person) }
      // "You deleted this message" names the owner; so does a sender named "You".
      if survey.deleters.contains(number) || markers.ownerWords.contains(entry.person),
        !ownerNames.contains(entry.person)
      {
        ownerNames.append(entry.person)
      }
    }
    finish(title: title)
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
