import InboxModel
import TextDecoding

/// Who takes part in a chat, and who of them exported it, by a quick look over the whole chat.
struct ChatPeople {
  private(set) var names: [String] = []
  private(set) var ownerNames: [String] = []
  private(set) var isGroup = false

  private var seen: Set<String> = []

  /// Looks over all headers of a chat; the texts are looked at only where the app may speak.
  init(_ bytes: ByteView, _ survey: ChatSurvey, title: String?) {
    let markers = Tables.shared.markers
    var splitter = SenderSplitter(survey, title: title)
    var scanner = HeaderScanner()
    var lines = ChatLines(bytes)
    while let line = lines.next() {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end),
        stamp.shape == survey.shape
      else { continue }
      let (sender, body) = splitter.split(bytes, from: stamp.end, to: line.end)
      let isMarked = body + 3 <= line.end && bytes[body] == 0xE2 && bytes[body + 1] == 0x80
      guard let sender, splitter.count(sender) > 1 || sender == title || survey.isBracketed else {
        addUncertain(bytes, stamp.end, line.end, sender, markers)
        continue
      }
      if survey.isBracketed, isMarked {
        let key = Markers.key(bytes.text(body..<line.end))
        if markers.fits(key, .group) {
          isGroup = true
          continue
        }
        if markers.fits(key, .system) { continue }
      }
      add(sender)
      // "You deleted this message" names the owner; such lines are short.
      if line.end - body < 120, !ownerNames.contains(sender) {
        let key = Markers.key(bytes.buffer(body..<line.end))
        if markers.meaning(of: key) == .deletedByOwner { ownerNames.append(sender) }
      }
    }
    finish(title: title)
  }

  /// A line whose sender, if it is one, writes only once: perhaps the app speaks.
  private mutating func addUncertain(
    _ bytes: ByteView, _ start: Int, _ end: Int, _ sender: String?, _ markers: Markers
  ) {
    let key = Markers.key(bytes.text(start..<end))
    if markers.fits(key, .group) {
      isGroup = true
    } else if let sender, !markers.fits(key, .system) {
      add(sender)
    }
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
