import InboxModel
import SearchText

/// Reads sources one after the other and makes rows of them, on the reading thread.
///
/// A conversation that only one download shows, in files that do not overlap, goes straight in:
/// its sightings are its messages. All others are left to reconciliation, which looks at
/// all their sources together.
struct SourceStreamer {
  /// Ids that rows take from here on.
  struct Counters {
    var conversation: Int64
    var profile: Int64
  }

  private let channel: BatchChannel
  private let reading: SourceReading
  private var counters: Counters
  private var known: KnownThreads
  private var clock: WallClock
  private var folder = SearchFolder()
  private var collector = WordCollector()
  private var batch = RowBatch()
  private var current: CurrentSource
  /// The senders of the latest messages: nearly always the next ones too.
  private var recent: [(sender: Sender, conversation: Int64, profile: Int64)] = []
  private let progress: (StreamProgress) -> Void
  private var position = StreamProgress()

  /// About this many messages go in at a time.
  private static let batchSize = 8_192
  /// And no more threads than these.
  private static let mostThreads = 2_048

  init(
    channel: BatchChannel, reading: @escaping SourceReading, counters: Counters,
    known: KnownThreads, clock: WallClock, progress: @escaping (StreamProgress) -> Void
  ) {
    self.channel = channel
    self.reading = reading
    self.counters = counters
    self.known = known
    self.clock = clock
    self.progress = progress
    current = CurrentSource(StoredSource.none)
  }

  /// Reads all sources.
  mutating func run(_ sources: [StoredSource]) throws {
    position.bytesInAll = sources.map(\.bytes).reduce(0, +)
    for source in sources {
      try read(source)
      position.bytes += source.bytes
    }
    try flush(endsWithSource: true)
  }

  private mutating func read(_ source: StoredSource) throws {
    current = CurrentSource(source)
    clock.begin()
    let outcome = try reading(source) { event in try take(event) }
    current.closeThread()
    collector.endFile()
    batch.threads += current.takeClosed()
    batch.results.append(current.result(outcome))
    if batch.messages.count >= SourceStreamer.batchSize / 2 || batch.results.count > 2_000 {
      try flush(endsWithSource: true)
    }
  }

  private mutating func take(_ event: SourceEvent) throws {
    switch event {
    case .thread(let thread): try begin(thread)
    case .message(let message): try take(message)
    case .record(let record): try take(record)
    case .issue(let gravity, let reason, let offset):
      current.add(gravity: gravity, reason: reason, offset: offset)
    case .person(let name): current.names.append(name)
    case .owner(let facts):
      current.ownerNames += facts.names
      current.window = facts.window ?? current.window
    }
  }

  private mutating func begin(_ thread: InboxModel.Thread) throws {
    if current.closed.count >= SourceStreamer.mostThreads { try flush(endsWithSource: false) }
    guard current.begin(thread) else { return }
    current.conversation = known.conversation(
      of: thread, platform: current.source.platform, downloads: current.source.downloads)
    if case .new = current.conversation {
      let id = counters.conversation
      counters.conversation += 1
      current.conversation = .streaming(id)
      known.add(thread, current.source, id)
      batch.conversations.append((id, current.source.platform))
    }
  }

  private mutating func take(_ message: Message) throws {
    current.count += 1
    let searched = IndexedText.of(message.text, fileNames: message.attachments.map(\.fileName))
    let words = searched.map { folder.foldedBytes($0) } ?? []
    if let searched { collector.note(searched, folded: words) }
    guard case .streaming(let conversation) = current.conversation else {
      current.note(clock.instant(message.time).milliseconds)
      // No message of this thread goes into a batch: its new words alone must not pile up.
      if collector.count >= SourceStreamer.batchSize { try flush(endsWithSource: false) }
      return
    }
    // Notes are of the clock as it was read: they must not depend on what came before.
    let isInOrder = current.note(clock.instant(message.time).milliseconds)
    let time = clock.instant(message.time, shift: current.source.clockShift)
    if !isInOrder { current.isUnsettled = true }
    if batch.messages.count >= SourceStreamer.batchSize, current.isNewMoment {
      try flush(endsWithSource: false)
    }
    let record = current.nextRecord()
    batch.messages.append(
      MessageRow(
        conversation: conversation, sender: profile(message.sender, conversation), time: time,
        order: current.isNewestFirst ? -record : record, kind: message.kind, text: message.text,
        words: words, isEdited: message.isEdited, isDeleted: message.isDeleted,
        facts: MessageFacts(message), attachments: message.attachments,
        reactions: message.reactions,
        sightings: [
          SightingRow(
            source: current.source.id, record: record, place: message.place,
            time: time.milliseconds, precision: time.precision)
        ]))
  }

  private mutating func take(_ record: Record) throws {
    current.count += 1
    let time = record.time.map { clock.instant($0).milliseconds }
    let searched = [record.name, record.text].compactMap(\.self).joined(separator: "\n")
    collector.note(searched, folded: folder.foldedBytes(searched))
    batch.records.append(
      RecordRow(
        source: current.source.id, number: current.nextRecord(), platform: current.source.platform,
        record: record, time: time))
    if batch.records.count >= SourceStreamer.batchSize { try flush(endsWithSource: false) }
  }

  /// The profile of a sender in this conversation; nil for the app.
  private mutating func profile(_ sender: Sender, _ conversation: Int64) -> Int64? {
    guard sender != .app else { return nil }
    if let recent = recent.first(where: { $0.conversation == conversation && $0.sender == sender })
    {
      return recent.profile
    }
    let id = findProfile(sender, conversation)
    if recent.count == 4 { recent.removeFirst() }
    recent.append((sender, conversation, id))
    return id
  }

  private mutating func findProfile(_ sender: Sender, _ conversation: Int64) -> Int64 {
    if let id = known.profile(sender, conversation) { return id }
    let handle = PersonHandle.of(sender, namesAreHandles: current.namesAreHandles)
    let platform = current.source.platform
    if let handle, let id = known.profile(handle: handle, platform) {
      known.add(sender, conversation, profile: id)
      batch.participants.append((conversation, id))
      if case .named(let text) = sender, text != handle { batch.numbers.append((id, text)) }
      return id
    }
    let id = counters.profile
    counters.profile += 1
    known.add(sender, conversation, profile: id)
    batch.participants.append((conversation, id))
    if let handle { known.add(handle: handle, platform, profile: id) }
    var name: String?
    if case .named(let text) = sender { name = text }
    batch.profiles.append(
      ProfileRow(
        id: id, platform: platform, conversation: handle == nil ? conversation : nil, name: name,
        handle: handle))
    return id
  }

  private mutating func flush(endsWithSource: Bool) throws {
    batch.forms = collector.takeForms()
    batch.threads += current.takeClosed()
    guard !batch.isEmpty else { return }
    position.messages += batch.messages.count
    progress(position)
    batch.endsWithSource = endsWithSource
    let full = batch
    batch = RowBatch()
    try channel.send(full)
  }
}
