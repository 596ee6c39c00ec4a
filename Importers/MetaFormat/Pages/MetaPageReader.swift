package import Importing
package import InboxModel
import TextDecoding

/// Reads the messages of a Facebook or Instagram page, of whatever year.
///
/// Source: `messages/<box>/<thread>/message_N.html` since May 2018, one thread a page, newest first;
/// before that `messages/<n>.html` and `html/messages.htm`, the latter with all threads in one page.
package final class MetaPageReader {
  private let file: SourceFile
  private let folder: String
  private let survey: PageSurvey
  private var thread: InboxModel.Thread
  private let emit: (ImportEvent) throws -> Void
  private var isAnnounced = false
  /// Who is in the thread that is being read.
  private var people: [String] = []
  private var guesses = AppTextGuesses()
  /// Where the element that holds the messages begins.
  private var holderStart = -1
  /// Where the element of the thread begins, on pages with words behind.
  private var threadStart = -1
  private var pending: (block: PageBlock, start: Int, end: Int, content: PageContent?)?

  /// Reads `file` and emits its threads and messages.
  ///
  /// - Parameters:
  ///   - file: An HTML page.
  ///   - thread: What the path tells of the thread.
  ///   - emit: Gets the events.
  /// - Throws: `NotThisFormat` if the page shows no messages, `FileDamage` where it breaks off.
  package static func read(
    _ file: SourceFile, thread: InboxModel.Thread, _ emit: (ImportEvent) throws -> Void
  ) throws {
    guard file.bytes.count > 0 else { throw FileDamage("the file is empty") }
    do {
      let survey = try PageSurvey(file.bytes)
      try withoutActuallyEscaping(emit) { emit in
        try MetaPageReader(file, survey, thread, emit).run()
      }
    } catch let damage as HTMLDamage {
      throw FileDamage(damage.reason, offset: Int64(damage.offset))
    }
    guard file.isWholePage else {
      throw FileDamage("the page breaks off", offset: Int64(file.bytes.count))
    }
  }

  private init(
    _ file: SourceFile, _ survey: PageSurvey, _ thread: InboxModel.Thread,
    _ emit: @escaping (ImportEvent) throws -> Void
  ) {
    (self.file, self.survey, self.emit) = (file, survey, emit)
    folder = file.folder
    self.thread = thread
    self.thread.isRendered = true
    self.thread.showsReactions = !survey.hasWordsBehind
  }

  private func run() throws {
    let mended = try HTMLReader.read(file.bytes) { tree, node in
      if self.survey.hasWordsBehind {
        try self.closedBefore2018(tree, node)
      } else {
        try self.closed(tree, node)
      }
    }.hasMended
    try flush()
    if let window = survey.window { try emit(.owner(OwnerFacts(names: [], window: window))) }
    if mended { try emit(.issue(.mendedPage)) }
    if let issue = guesses.issue { try emit(.issue(issue)) }
  }

  // MARK: Since May 2018

  private func closed(_ tree: HTMLTree, _ node: Int) throws {
    guard tree[node].depth == survey.depth else { return }
    guard let block = PageBlock(tree, node, survey.dates) else {
      // What follows the head at this depth is used up as soon as it is read.
      guard isAnnounced else { return }
      if tree[node].parent >= 0, tree[tree[node].parent].start == holderStart {
        try sayLost(tree, node)
      }
      tree.prune(node)
      return
    }
    if !isAnnounced {
      isAnnounced = true
      thread.title = survey.title ?? thread.title
      thread.participants = survey.participants
      if thread.kind == nil, !survey.participants.isEmpty {
        thread.kind = survey.participants.count > 2 ? .group : .direct
      }
      people = thread.participants
      holderStart = tree[node].parent >= 0 ? tree[tree[node].parent].start : -1
      try emit(.thread(thread))
    }
    let content = content(tree, block.content)
    try hand(out: block, content, tree[node].start, tree[node].end ?? tree[node].start)
    tree.prune(node)
  }

  /// Something stands where messages stand, and is none that can be read.
  private func sayLost(_ tree: HTMLTree, _ node: Int) throws {
    guard !tree.isEmpty(node), tree.children(node).count > 1 else { return }
    let reason = "a message has no time that can be read"
    try emit(.issue(ImportIssue(.lost, reason, offset: Int64(tree[node].start))))
  }

  private func content(_ tree: HTMLTree, _ nodes: [Int]) -> PageContent {
    PageContent(
      tree, nodes, folder: folder, base: survey.base, dates: survey.dates)
  }

  private func hand(
    out block: PageBlock, _ content: PageContent?, _ start: Int, _ end: Int
  ) throws {
    var fields = MetaMessageFields()
    fields.sender = block.sender
    fields.content = content?.words
    fields.share = content?.share
    fields.attachments = content?.attachments ?? []
    fields.reactions = content?.reactions ?? []
    let place = RecordPlace(offset: Int64(start), length: Int64(end - start))
    try emit(
      .message(
        fields.message(
          time: PageClock.time(block.time), place: place, people: people, guesses: &guesses)))
  }

  // MARK: Before May 2018

  private func closedBefore2018(_ tree: HTMLTree, _ node: Int) throws {
    if tree[node].depth == survey.depth, let block = PageBlock(tree, node, survey.dates) {
      try flush()
      try announce(tree, threadOf: node)
      pending = (block, tree[node].start, tree[node].end ?? tree[node].start, nil)
      tree.prune(node)
      return
    }
    if tree[node].depth == survey.depth, isAnnounced, tree[node].parent >= 0,
      tree[tree[node].parent].name != .p, tree.children(node).count > 1
    {
      // The words behind it must not become those of the message before.
      try flush()
      return try sayLost(tree, node)
    }
    if tree[node].name == .p, pending != nil {
      let found = content(tree, [node])
      let all = pending?.content?.followed(by: found) ?? found
      pending?.content = all
      pending?.end = tree[node].end ?? tree[node].start
      tree.prune(node)
      return
    }
    if tree[node].start == threadStart { try flush() }
    if isAnnounced, tree[node].depth == survey.depth - 1 { tree.prune(node) }
  }

  private func flush() throws {
    guard let pending else { return }
    self.pending = nil
    try hand(out: pending.block, pending.content, pending.start, pending.end)
  }

  /// Says which thread the next messages are of, where another begins.
  private func announce(_ tree: HTMLTree, threadOf block: Int) throws {
    // The header, the message, the thread.
    let message = tree[block].parent
    let holder = message >= 0 && tree[message].parent >= 0 ? tree[message].parent : 0
    guard tree[holder].start != threadStart else { return }
    threadStart = tree[holder].start
    isAnnounced = true
    var found = thread
    let line = tree.ownLine(holder)
    let names = line.firstIndex(of: ":").map { String(line[line.index(after: $0)...]) } ?? line
    found.participants = NameList.split(names, survey.dates.words)
    found.title = nil
    if let owner = survey.title, found.participants.contains(owner) {
      found.ownerNames = [owner]
      // A conversation of two is called after the other, as later downloads call it.
      let others = found.participants.filter { $0 != owner }
      if others.count == 1 { found.title = others[0] }
    }
    if thread.platformID == nil {
      // One page may show a thread in several pieces, all with the same people.
      found.key = "people:" + found.participants.sorted().joined(separator: "\u{1F}")
    }
    found.kind =
      found.participants.count > 2 ? .group : found.participants.count == 2 ? .direct : nil
    people = found.participants
    try emit(.thread(found))
  }
}

extension ImportIssue {
  static let mendedPage = ImportIssue(.mended, "bytes that are no UTF-8 became question marks")
}

extension SourceFile {
  /// True if a page has its end; one that broke off has not.
  var isWholePage: Bool {
    let end = Array("</html>".utf8)
    let tail = bytes.buffer(max(0, bytes.count - 4_096)..<bytes.count)
    return tail.indices.contains { start in
      // Large letters differ from small ones in this bit, which the other signs have.
      tail[start...].prefix(end.count).elementsEqual(end) { $0 | 0x20 == $1 | 0x20 }
    }
  }

  /// True for a page of a download, by its name.
  package var isPage: Bool {
    let name = name.lowercased()
    return name.hasSuffix(".html") || name.hasSuffix(".htm")
  }
}
