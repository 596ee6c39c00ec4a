import Importing
import InboxModel
import TextDecoding

/// Reads one thread file of the encrypted download.
struct EncryptedThreadReader {
  private var reader: JSONReader
  private var thread: InboxModel.Thread
  private let emit: (ImportEvent) throws -> Void
  private var isAnnounced = false
  private var hadMessages = false

  static func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    try withoutActuallyEscaping(emit) { emit in
      var reader = EncryptedThreadReader(file, emit)
      do {
        try reader.run()
      } catch let damage as JSONDamage {
        throw FileDamage(damage)
      }
    }
  }

  private init(_ file: SourceFile, _ emit: @escaping (ImportEvent) throws -> Void) {
    reader = JSONReader(file.bytes, repair: .conditional)
    thread = InboxModel.Thread(
      key: file.name.lowercased(), order: .oldestFirst, showsReactions: true, continues: true)
    self.emit = emit
  }

  private mutating func run() throws {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "participants": try readParticipants()
      case "threadName": thread.title = try reader.string().map(EncryptedThreadReader.title)
      case "messages": try readMessages()
      default: try reader.skip()
      }
    }
    guard hadMessages else { throw NotThisFormat("it holds no conversation") }
    try announce(isLast: true)
  }

  /// The name without the number that the download puts behind it: `Dana Levi_40`.
  private static func title(_ name: String) -> String {
    let clean = InvisibleMarks.cleanName(name)
    guard let mark = clean.lastIndex(of: "_"), mark != clean.startIndex,
      clean[clean.index(after: mark)...].allSatisfy(\.isNumber)
    else { return clean }
    return String(clean[..<mark])
  }

  private mutating func readParticipants() throws {
    guard reader.peek() == .array else { return try reader.skip() }
    try reader.beginArray()
    while try reader.nextElement() {
      if let name = try reader.string() {
        thread.participants.append(InvisibleMarks.cleanName(name))
      }
    }
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
      var fields = EncryptedMessageFields()
      try fields.read(&reader)
      let place = RecordPlace(offset: Int64(start), length: Int64(reader.position - start))
      if !reader.notes.isEmpty {
        let reason = "mended: \(reader.notes.summary)"
        try emit(.issue(ImportIssue(.mended, reason, offset: place.offset)))
        reader.notes = JSONNotes()
      }
      guard let message = fields.message(place: place) else {
        let reason = "a message has no usable time"
        try emit(.issue(ImportIssue(.lost, reason, offset: place.offset)))
        continue
      }
      try emit(.message(message))
    }
  }

  private mutating func announce(isLast: Bool) throws {
    guard !isAnnounced || isLast else { return }
    isAnnounced = true
    if !thread.participants.isEmpty {
      thread.kind = thread.participants.count > 2 ? .group : .direct
    }
    try emit(.thread(thread))
  }
}
