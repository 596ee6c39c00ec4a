package import Importing
package import InboxModel
import TextDecoding

/// Reads one thread file of a Facebook or Instagram JSON download.
///
/// Source: `messages/<box>/<thread>/message_N.json`, one schema for Facebook since May 2018 and
/// Instagram since 2021. Messages stand newest first.
package struct MetaThreadReader {
  private var reader: JSONReader
  private var thread: InboxModel.Thread
  private let emit: (ImportEvent) throws -> Void
  private var isAnnounced = false
  private var hadMessages = false
  private var threadType: String?
  private var previousTime: Int64?
  private var guesses = AppTextGuesses()

  /// Reads `file` and emits its thread and messages.
  ///
  /// - Parameters:
  ///   - file: A JSON file that holds one object.
  ///   - thread: What the path tells of the thread.
  ///   - emit: Gets the events.
  /// - Throws: `NotThisFormat` if the object has no messages, `FileDamage` where it breaks off.
  package static func read(
    _ file: SourceFile, thread: InboxModel.Thread, _ emit: (ImportEvent) throws -> Void
  ) throws {
    try withoutActuallyEscaping(emit) { emit in
      var reader = MetaThreadReader(file, thread: thread, emit)
      do {
        try reader.run()
      } catch let damage as JSONDamage {
        throw FileDamage(damage)
      }
    }
  }

  private init(
    _ file: SourceFile, thread: InboxModel.Thread,
    _ emit: @escaping (ImportEvent) throws -> Void
  ) {
    reader = JSONReader(file.bytes, repair: .escapedBytes)
    self.thread = thread
    self.emit = emit
  }

  private mutating func run() throws {
    guard reader.peek() == .object else {
      if reader.peek() == .end { throw FileDamage("the file is empty") }
      throw NotThisFormat("it holds no conversation")
    }
    try reader.beginObject()
    while let key = try reader.nextKey() { try readField(key) }
    guard hadMessages else { throw NotThisFormat("it holds no messages") }
    try announce(isLast: true)
    if let issue = guesses.issue { try emit(.issue(issue)) }
  }

  private mutating func readField(_ key: String) throws {
    switch key {
    case "participants": thread.participants = try readParticipants()
    case "title", "thread_name":
      thread.title = try reader.string().map(InvisibleMarks.cleanName) ?? thread.title
    case "thread_type": threadType = try reader.string()
    case "messages": try readMessages()
    case "replies": try readReplies()
    default: try reader.skip()
    }
  }

  private mutating func readParticipants() throws -> [String] {
    guard reader.peek() == .array else {
      try reader.skip()
      return []
    }
    var names: [String] = []
    try reader.beginArray()
    while try reader.nextElement() {
      if reader.peek() == .string {
        if let name = try reader.string() { names.append(InvisibleMarks.cleanName(name)) }
        continue
      }
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      try reader.beginObject()
      while let key = try reader.nextKey() {
        if key == "name", let name = try reader.string() {
          names.append(InvisibleMarks.cleanName(name))
        } else if key != "name" {
          try reader.skip()
        }
      }
    }
    return names
  }

  private mutating func readMessages() throws {
    guard reader.peek() == .array else { return try reader.skip() }
    hadMessages = true
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        let offset = Int64(reader.position)
        try reader.skip()
        try emit(.issue(ImportIssue(.lost, "a message is no object", offset: offset)))
        continue
      }
      try announce(isLast: false)
      let start = reader.position
      var fields = MetaMessageFields()
      try fields.read(&reader)
      let place = RecordPlace(offset: Int64(start), length: Int64(reader.position - start))
      try hand(out: fields, at: place)
    }
  }

  /// Channel answers of Instagram: `replies_1.json`.
  private mutating func readReplies() throws {
    guard reader.peek() == .array else { return try reader.skip() }
    hadMessages = true
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      try announce(isLast: false)
      let start = reader.position
      var fields = MetaMessageFields()
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "reply_content": fields.content = try reader.string()
        case "timestamp_ms": fields.timestamp = try reader.integer()
        default: try reader.skip()
        }
      }
      let place = RecordPlace(offset: Int64(start), length: Int64(reader.position - start))
      try hand(out: fields, at: place)
    }
  }

  private mutating func hand(out found: MetaMessageFields, at place: RecordPlace) throws {
    let fields = found
    if !reader.notes.isEmpty {
      try emit(
        .issue(ImportIssue(.mended, "mended: \(reader.notes.summary)", offset: place.offset)))
      reader.notes = JSONNotes()
    }
    if fields.hasRepeatedKey {
      try emit(
        .issue(ImportIssue(.mended, "a key stands twice, the last counts", offset: place.offset)))
    }
    var sourceTime = SourceTime(milliseconds: fields.timestamp ?? 0, precision: .millisecond)
    if let time = fields.timestamp, SourceTime.plausible.contains(time) {
      previousTime = time
    } else {
      guard let neighbour = previousTime else {
        let reason = "a message has no usable time"
        return try emit(.issue(ImportIssue(.lost, reason, offset: place.offset)))
      }
      sourceTime = SourceTime(
        milliseconds: neighbour - neighbour % TimePrecision.day.span, precision: .day)
      let reason = "a message without a usable time takes its neighbour's day"
      try emit(.issue(ImportIssue(.mended, reason, offset: place.offset)))
    }
    try emit(
      .message(
        fields.message(
          time: sourceTime, place: place, people: thread.participants, guesses: &guesses)))
  }

  private mutating func announce(isLast: Bool) throws {
    guard !isAnnounced || isLast else { return }
    isAnnounced = true
    if threadType == "RegularGroup" || threadType == "GroupThread" || thread.participants.count > 2
    {
      thread.kind = .group
    } else if thread.participants.count == 2 {
      thread.kind = .direct
    }
    try emit(.thread(thread))
  }
}
