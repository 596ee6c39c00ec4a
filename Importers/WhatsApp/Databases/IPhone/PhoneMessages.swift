import ForeignDatabases
import Foundation
import Importing
import InboxModel
import TextDecoding

/// Reads the messages of an iPhone's `ChatStorage.sqlite`.
struct PhoneMessages {
  private struct Chat {
    let id: Int64
    let address: JID?
    let name: String?
  }

  private let db: ForeignDatabase
  private let emit: (ImportEvent) throws -> Void
  private var members: [Int64: String] = [:]
  private var pushNames: [String: String] = [:]
  private var reactions: [Int64: [Reaction]] = [:]
  private var leftOut = LeftOut()

  private static let owner = OwnerFacts.unnamed

  static func fits(_ db: ForeignDatabase) -> Bool {
    db.has("ZWAMESSAGE", ["Z_PK", "ZISFROMME", "ZMESSAGEDATE", "ZMESSAGETYPE", "ZCHATSESSION"])
      && db.has("ZWACHATSESSION", ["Z_PK", "ZCONTACTJID"])
  }

  init(_ db: ForeignDatabase, emit: @escaping (ImportEvent) throws -> Void) throws {
    self.db = db
    self.emit = emit
    if db.has("ZWAGROUPMEMBER", ["Z_PK", "ZMEMBERJID"]) {
      try db.forEach("SELECT Z_PK, ZMEMBERJID FROM ZWAGROUPMEMBER") { row in
        if let id = row.integer(0), let jid = row.text(1).flatMap(JID.init) {
          members[id] = jid.handle
        }
      }
    }
    if db.has("ZWAPROFILEPUSHNAME", ["ZJID", "ZPUSHNAME"]) {
      try db.forEach("SELECT ZJID, ZPUSHNAME FROM ZWAPROFILEPUSHNAME") { row in
        if let handle = row.text(0).flatMap(JID.init)?.handle, let name = row.text(1) {
          pushNames[handle] = InvisibleMarks.cleanName(name)
        }
      }
    }
    try readReactions()
  }

  mutating func read() throws {
    for (handle, name) in pushNames.sorted(by: { $0.key < $1.key }) where !name.isEmpty {
      try emit(.person(PersonName(handle: handle, name: name)))
    }
    for chat in try chats() { try read(chat) }
    try readLost()
    for issue in leftOut.issues { try emit(.issue(issue)) }
  }

  private func chats() throws -> [Chat] {
    var chats: [Chat] = []
    let name = db.has("ZWACHATSESSION", ["ZPARTNERNAME"]) ? "ZPARTNERNAME" : "NULL"
    try db.forEach("SELECT Z_PK, ZCONTACTJID, \(name) FROM ZWACHATSESSION ORDER BY Z_PK") { row in
      guard let id = row.integer(0) else { return }
      let name = row.text(2).map(InvisibleMarks.cleanName)
      chats.append(
        Chat(
          id: id, address: row.text(1).flatMap(JID.init), name: name?.isEmpty == true ? nil : name))
    }
    return chats
  }

  private mutating func read(_ chat: Chat) throws {
    let messages = try rows(where: "m.ZCHATSESSION = \(chat.id)", chat)
    guard !messages.isEmpty else { return }
    if chat.address?.kind == .status {
      leftOut.status += messages.count
      return
    }
    if let handle = chat.address?.handle, let name = chat.name {
      try emit(.person(PersonName(handle: handle, name: name)))
    }
    try emit(
      .thread(
        InboxModel.Thread(
          key: "chat-\(chat.id)", address: chat.address, title: chat.name,
          members: try handles(of: chat), owner: PhoneMessages.owner)))
    for message in messages { try emit(.message(message)) }
  }

  /// Messages whose chat the database lost.
  private mutating func readLost() throws {
    let condition =
      "m.ZCHATSESSION IS NULL OR m.ZCHATSESSION NOT IN (SELECT Z_PK FROM ZWACHATSESSION)"
    let messages = try rows(where: condition, nil)
    guard !messages.isEmpty else { return }
    let reason = "the database lost whom \(messages.count) messages were with"
    try emit(.issue(ImportIssue(.mended, reason)))
    try emit(
      .thread(
        InboxModel.Thread(
          key: "lost", address: nil, title: nil, members: [], owner: PhoneMessages.owner)))
    for message in messages { try emit(.message(message)) }
  }

  private func handles(of chat: Chat) throws -> [String] {
    guard chat.address?.kind == .group, db.has("ZWAGROUPMEMBER", ["ZCHATSESSION"]) else {
      return []
    }
    var handles: [String] = []
    try db.forEach("SELECT Z_PK FROM ZWAGROUPMEMBER WHERE ZCHATSESSION = \(chat.id)") { row in
      if let handle = row.integer(0).flatMap({ members[$0] }) { handles.append(handle) }
    }
    return handles
  }

  private static let wanted = [
    "Z_PK", "ZISFROMME", "ZMESSAGEDATE", "ZTEXT", "ZMESSAGETYPE", "ZGROUPEVENTTYPE", "ZGROUPMEMBER",
    "ZFROMJID", "ZPARENTMESSAGE", "ZMEDIAITEM",
  ]

  /// The messages of a chat, oldest first.
  private mutating func rows(where condition: String, _ chat: Chat?) throws -> [Message] {
    let columns = PhoneMessages.wanted.map { db.has("ZWAMESSAGE", [$0]) ? "m.\($0)" : "NULL" }
    var found: [(time: Int64, message: Message)] = []
    let media = try PhoneMedia(db)
    let sql = "SELECT \(columns.joined(separator: ", ")) FROM ZWAMESSAGE m WHERE \(condition)"
    var issues: [ImportIssue] = []
    try db.forEach(sql) { row in
      guard let time = PhoneTime.time(row.real(2)) else {
        issues.append(ImportIssue(.lost, "a message without a time", offset: row.integer(0)))
        return
      }
      if let message = try message(row, time, chat, media) {
        found.append((time.milliseconds, message))
      }
    }
    for issue in issues { try emit(.issue(issue)) }
    return found.sorted {
      ($0.time, $0.message.place.offset) < ($1.time, $1.message.place.offset)
    }.map(\.message)
  }

  private mutating func message(
    _ row: ForeignStatement, _ time: SourceTime, _ chat: Chat?, _ media: PhoneMedia
  ) throws -> Message? {
    let id = row.integer(0) ?? 0
    let kind = PhoneKind(row.integer(4) ?? 0)
    if kind == .album {
      leftOut.albums += 1
      return nil
    }
    var message = Message(
      sender: sender(row, chat, kind), time: time, text: row.text(3),
      reactions: reactions[id] ?? [], place: RecordPlace(offset: id, length: 0))
    if message.text?.isEmpty == true { message.text = nil }
    let item = try row.integer(9).flatMap { try media.item($0) }
    if let parent = row.integer(8) {
      message.repliesTo = try media.time(ofMessage: parent)
    } else if let stanza = item?.quotedStanza {
      message.repliesTo = try media.time(ofStanza: stanza)
    }
    fill(&message, kind, event: row.integer(5), item)
    return message
  }

  private func sender(_ row: ForeignStatement, _ chat: Chat?, _ kind: PhoneKind) -> Sender {
    if kind == .system || kind == .groupEvent { return .app }
    if row.integer(1) == 1 { return .named(PhoneMessages.owner) }
    if let handle = chat?.address?.handle { return .named(handle) }
    if let handle = row.integer(6).flatMap({ members[$0] }) { return .named(handle) }
    return row.text(7).flatMap(JID.init)?.handle.map { .named($0) } ?? .unnamed
  }

  private mutating func fill(
    _ message: inout Message, _ kind: PhoneKind, event: Int64?, _ item: PhoneMedia.Item?
  ) {
    switch kind {
    case .groupEvent, .system:
      let isGroup = kind == .groupEvent
      message.kind = !isGroup && PhoneEvent.isCall(event) ? .call : .system
      message.text = PhoneEvent.text(event, isGroup: isGroup, message.text)
      message.hasOwnContent = false
    case .media(let attachment):
      message.kind = attachment == .sticker ? .sticker : .media
      message.text = attachment == .file ? message.text : item?.title ?? message.text
      message.attachments = [item?.attachment(attachment) ?? Attachment(kind: attachment)]
      // The phone's own name of a file stands in no export.
      message.hasOwnContent = false
    case .contact:
      message.kind = .contact
      message.text = item?.cards ?? message.text
    case .location:
      message.kind = .location
      message.text = item?.place ?? message.text
    case .deleted:
      message.kind = .unavailable
      message.isDeleted = true
      message.hasOwnContent = message.text != nil
    case .call, .poll:
      message.kind = kind == .call ? .call : .poll
      message.text = message.text ?? (kind == .call ? "Call" : nil)
      message.hasOwnContent = false
    case .product: message.kind = .share
    case .unknown(let number): leftOut.addUnknown(number)
    case .text, .viewOnce, .waiting, .album: break
    }
    if message.text == nil, message.attachments.isEmpty, message.kind == .text {
      message.kind = .unavailable
      message.hasOwnContent = false
    }
  }

  /// Reactions stand in a message of Protocol Buffers: field 7 holds others' (1) and one's own (2).
  private mutating func readReactions() throws {
    guard db.has("ZWAMESSAGEINFO", ["ZMESSAGE", "ZRECEIPTINFO"]) else { return }
    let sql = "SELECT ZMESSAGE, ZRECEIPTINFO FROM ZWAMESSAGEINFO WHERE ZRECEIPTINFO IS NOT NULL"
    try db.forEach(sql) { row in
      guard let message = row.integer(0), let bytes = row.bytes(1) else { return }
      for info in WireMessage(bytes[...]).messages(7) {
        let others = info.messages(1).compactMap { entry in
          PhoneMessages.reaction(
            entry.text(2).flatMap(JID.init)?.handle, entry.text(3), entry.number(4))
        }
        let own = info.messages(2).compactMap { entry in
          PhoneMessages.reaction(PhoneMessages.owner, entry.text(2), entry.number(3))
        }
        reactions[message, default: []] += others + own
      }
    }
  }

  private static func reaction(_ actor: String?, _ sign: String?, _ time: UInt64?) -> Reaction? {
    guard let actor, let sign, !sign.isEmpty else { return nil }
    let milliseconds = time.flatMap { Int64(exactly: $0) }
    return Reaction(
      actor: actor, reaction: sign,
      reactedAt: milliseconds.flatMap { SourceTime.plausible.contains($0) ? $0 : nil })
  }
}
