import InboxModel

/// Where a thread's messages go.
enum ThreadDestination {
  /// A conversation that nothing shows yet.
  case new
  /// Straight into this conversation.
  case streaming(Int64)
  /// To reconciliation, with all the sources of its conversation.
  case reconciliation
}

/// What is known of the source that is being read.
struct CurrentSource {
  let source: StoredSource
  var conversation = ThreadDestination.new
  /// Messages of the source so far.
  var count: Int64 = 0
  private var skipped: Int64 = 0
  private var newest: Int64 = 0
  private var record: Int64 = 0
  private var open: ThreadRow?
  /// Threads that ended and are not written yet.
  private(set) var closed: [ThreadRow] = []
  /// The conversations of all threads so far, 0 for those that wait for reconciliation; there may be
  /// millions of them.
  private var seen: [TextHash: Int64] = [:]
  private var issues: [(gravity: String, reason: String, offset: Int64?)] = []
  var ownerNames: [String] = []
  var names: [PersonName] = []
  var window: OwnerFacts.Window?
  private var previous: Int64?
  private(set) var isNewMoment = true
  /// True if the open thread's messages are not in order: reconciliation must look at them.
  var isUnsettled = false

  /// Issues beyond those that are kept one by one.
  private var unlisted = 0

  /// At most this many issues of one source are kept one by one.
  private static let issueLimit = 1_000

  init(_ source: StoredSource) { self.source = source }

  var isNewestFirst: Bool { open?.thread.order == .newestFirst }

  var namesAreHandles: Bool { open?.thread.namesAreHandles == true }

  mutating func nextRecord() -> Int64 {
    defer { record += 1 }
    return record
  }

  /// Begins a thread; false if it only brings more of one that the source has shown.
  mutating func begin(_ thread: InboxModel.Thread) -> Bool {
    if open?.thread.key == thread.key {
      open?.thread = thread
      return false
    }
    closeThread()
    open = ThreadRow(source: source.id, platform: source.platform, thread: thread)
    previous = nil
    guard let known = seen[TextHash(thread.key)] else {
      isUnsettled = false
      return true
    }
    // A page may show a thread in several pieces; their order tells nothing.
    conversation = known == 0 ? .reconciliation : .streaming(known)
    isUnsettled = true
    return false
  }

  mutating func closeThread() {
    guard var row = open else { return }
    if case .streaming(let id) = conversation { row.conversation = id }
    row.isUnsettled = isUnsettled
    seen[TextHash(row.thread.key)] = row.conversation ?? 0
    closed.append(row)
    open = nil
    conversation = .new
  }

  /// The threads that ended since the last time.
  mutating func takeClosed() -> [ThreadRow] {
    defer { closed.removeAll() }
    return closed
  }

  /// Notes a time; false if it stands against the order of the file.
  @discardableResult
  mutating func note(_ time: Int64) -> Bool {
    if var row = open {
      row.count += 1
      row.first = min(row.first ?? time, time)
      row.last = max(row.last ?? time, time)
      open = row
    }
    newest = max(newest, time)
    isNewMoment = time != previous
    defer { previous = time }
    guard let previous else { return true }
    return isNewestFirst ? time <= previous : time >= previous
  }

  mutating func add(gravity: String, reason: String, offset: Int64?) {
    if gravity == "lost" { skipped += 1 }
    if issues.count < CurrentSource.issueLimit {
      issues.append((gravity, reason, offset))
    } else {
      unlisted += 1
    }
  }

  func result(_ outcome: SourceOutcome) -> SourceResult {
    var issues = issues
    if unlisted > 0 { issues.append(("mended", "\(unlisted) more issues like these", nil)) }
    return SourceResult(
      source: source.id, outcome: outcome, log: source.log, read: count, skipped: skipped,
      newest: newest, names: names, ownerNames: ownerNames, window: window, issues: issues)
  }
}

extension StoredSource {
  /// Stands for no source.
  static let none = StoredSource(
    id: 0, sha256: "", bytes: 0, path: "", partName: "", importer: "",
    platform: Platform(rawValue: ""), downloads: [], log: nil, clockShift: 0)
}
