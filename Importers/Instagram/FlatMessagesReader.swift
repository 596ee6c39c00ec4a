import Importing
import InboxModel
import TextDecoding

/// Reads `messages.json` of Instagram's downloads of 2018 to 2020: all threads in one array.
///
/// Source: parsers of real downloads. The only generation with user names; newest first;
/// text in proper UTF-8.
struct FlatMessagesReader {
  private var reader: JSONReader
  private let emit: (ImportEvent) throws -> Void
  private var used: Set<String> = []

  /// True if the file begins like an array of conversations.
  static func recognizes(_ head: [UInt8]) -> Bool {
    guard head.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "[") else { return false }
    return head.withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(UnsafeRawBufferPointer(raw)))
      guard (try? reader.beginArray()) != nil, (try? reader.nextElement()) == true,
        (try? reader.beginObject()) != nil
      else { return false }
      while let key = try? reader.nextKey() {
        if key == "conversation" || key == "participants" { return true }
        guard (try? reader.skip()) != nil else { return false }
      }
      return false
    }
  }

  static func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    try withoutActuallyEscaping(emit) { emit in
      var reader = FlatMessagesReader(
        reader: JSONReader(file.bytes, repair: .conditional), emit: emit)
      do {
        try reader.run()
      } catch let damage as JSONDamage {
        throw FileDamage(damage)
      }
    }
  }

  private init(reader: JSONReader, emit: @escaping (ImportEvent) throws -> Void) {
    self.reader = reader
    self.emit = emit
  }

  private mutating func run() throws {
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      try readThread()
    }
  }

  /// The participants stand before the conversation; a thread without them is named by place.
  private mutating func readThread() throws {
    var participants: [String] = []
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "participants":
        guard reader.peek() == .array else {
          try reader.skip()
          continue
        }
        try reader.beginArray()
        while try reader.nextElement() {
          if let name = try reader.string() { participants.append(name) }
        }
      case "conversation":
        try readConversation(thread(participants))
      default: try reader.skip()
      }
    }
  }

  private mutating func thread(_ participants: [String]) -> InboxModel.Thread {
    // The participants are the only id there is; equal sets in one file stay apart by number.
    let base = participants.sorted().joined(separator: ",")
    var key = base
    var number = 1
    while used.contains(key) {
      number += 1
      key = "\(base)#\(number)"
    }
    used.insert(key)
    return InboxModel.Thread(
      key: key, title: nil, participants: participants,
      kind: participants.count > 2 ? .group : participants.isEmpty ? nil : .direct,
      order: .newestFirst, showsReactions: true, namesAreHandles: true)
  }

  private mutating func readConversation(_ thread: InboxModel.Thread) throws {
    try emit(.thread(thread))
    guard reader.peek() == .array else { return try reader.skip() }
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.peek() == .object else {
        try reader.skip()
        continue
      }
      let start = reader.position
      var fields = FlatMessageFields()
      try fields.read(&reader)
      let place = RecordPlace(offset: Int64(start), length: Int64(reader.position - start))
      guard let message = fields.message(place: place) else {
        let reason = "a message has no usable time"
        try emit(.issue(ImportIssue(.lost, reason, offset: place.offset)))
        continue
      }
      try emit(.message(message))
    }
  }
}
