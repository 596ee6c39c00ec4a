import ForeignDatabases
import Importing
import InboxModel

/// Reads the messages of an Android database as WhatsApp has kept them since about 2021.
///
/// Rows of one chat lie far apart, and a backup has no index: the places of all messages are
/// sorted by chat and time first, 16 bytes each, and each row is then fetched by its number.
struct AndroidMessages {
  private struct Place {
    let time: Int64
    let chat: Int32
    let number: UInt32

    /// The row in `message`.
    var row: Int64 { Int64(number) }
  }

  private let db: ForeignDatabase
  private let people: AndroidPeople
  private let chats: AndroidChats
  private let sides: AndroidSides
  private let emit: (ImportEvent) throws -> Void
  private var details: AndroidDetails
  private var isGroup = false
  private var other: String?
  private var leftOut = LeftOut()

  /// How many messages a database has in this schema; 0 if it has another.
  static func count(_ db: ForeignDatabase) throws -> Int64 {
    guard db.has("message", ["_id", "chat_row_id", "from_me", "timestamp", "message_type"]),
      db.has("chat", ["_id", "jid_row_id"])
    else { return 0 }
    var count: Int64 = 0
    try db.forEach("SELECT 1 FROM message WHERE chat_row_id > 0") { _ in count += 1 }
    return count
  }

  init(_ db: ForeignDatabase, emit: @escaping (ImportEvent) throws -> Void) throws {
    self.db = db
    self.emit = emit
    people = try AndroidPeople(db)
    chats = try AndroidChats(db, people)
    sides = try AndroidSides(db, people)
    details = AndroidDetails(db)
  }

  /// Hands out all messages, of which there are `count`, chat by chat.
  mutating func read(count: Int64) throws {
    for name in people.names { try emit(.person(name)) }
    var open: Int32?
    let row = try rowStatement()
    for place in try places(count) {
      if chats.all[Int64(place.chat)]?.address?.kind == .status {
        leftOut.status += 1
        continue
      }
      if open != place.chat {
        open = place.chat
        try begin(Int64(place.chat))
      }
      row.reset(place.row)
      guard db.salvage({ try row.step() }) == true else { continue }
      if let message = try message(row, place) { try emit(.message(message)) }
    }
    for call in sides.callsAlone { try emit(.record(call)) }
    try AndroidLabels.read(db, people, emit)
    for issue in leftOut.issues { try emit(.issue(issue)) }
  }

  private func places(_ count: Int64) throws -> [Place] {
    var places: [Place] = []
    places.reserveCapacity(Int(count))
    // The row with chat -1 stands for nothing.
    try db.forEach("SELECT _id, chat_row_id, timestamp FROM message WHERE chat_row_id > 0") { row in
      guard let number = row.integer(0).flatMap(UInt32.init(exactly:)),
        let chat = row.integer(1).flatMap(Int32.init(exactly:))
      else { throw ForeignDatabaseError("its rows have numbers that no phone gives") }
      places.append(Place(time: row.integer(2) ?? 0, chat: chat, number: number))
    }
    places.sort { ($0.chat, $0.time, $0.number) < ($1.chat, $1.time, $1.number) }
    return places
  }

  private func rowStatement() throws -> ForeignStatement {
    let wanted = [
      "from_me", "sender_jid_row_id", "message_type", "text_data", "message_add_on_flags",
    ]
    let columns = wanted.map { db.has("message", [$0]) ? $0 : "NULL" }.joined(separator: ", ")
    return try db.statement("SELECT \(columns) FROM message WHERE _id = ?")
  }

  private mutating func begin(_ id: Int64) throws {
    let chat = chats.all[id]
    isGroup = chat?.address?.handle == nil
    other = chat?.address?.handle
    if chat == nil {
      let reason = "the database lost whom a chat is with; its messages stand in one without a name"
      try emit(.issue(ImportIssue(.mended, reason)))
    }
    try emit(
      .thread(
        InboxModel.Thread(
          key: "chat-\(id)", address: chat?.address, title: chat?.subject,
          members: chat?.members ?? [], owner: people.owner)))
  }

  private mutating func message(_ row: ForeignStatement, _ place: Place) throws -> Message? {
    guard SourceTime.plausible.contains(place.time) else {
      try emit(.issue(ImportIssue(.lost, "a message without a time", offset: place.row)))
      return nil
    }
    let kind = AndroidKind(row.integer(2) ?? 0)
    if kind == .album {
      leftOut.albums += 1
      return nil
    }
    var message = Message(
      sender: sender(row, kind),
      time: SourceTime(milliseconds: place.time, precision: .millisecond), text: row.text(3),
      reactions: (sides.reactions[place.row] ?? []).map(named),
      isEdited: sides.edited.contains(place.row),
      place: RecordPlace(offset: place.row, length: 0))
    if message.text?.isEmpty == true { message.text = nil }
    message.repliesTo = sides.answered[place.row]
    (message.deliveredAt, message.readAt) = sides.receipts.times(of: place.row)
    // What hangs on a message may be damaged where the message is not.
    if db.salvage({ try fill(&message, kind, place.row) }) == nil { message.hasOwnContent = false }
    if sides.paid.contains(place.row) {
      message.order = db.salvage({ try details.payment(of: place.row) }) ?? message.order
      if message.kind == .text { message.kind = .order }
    }
    return message
  }

  private func sender(_ row: ForeignStatement, _ kind: AndroidKind) -> Sender {
    if kind == .system { return .app }
    if row.integer(0) == 1 { return .named(people.owner) }
    // 0 stands for "does not apply": the other of two.
    if let handle = people.handle(row.integer(1)) { return .named(handle) }
    return other.map { .named($0) } ?? .unnamed
  }

  /// Between two, a reaction without a name is the other's.
  private func named(_ reaction: Reaction) -> Reaction {
    guard reaction.actor.isEmpty, let other else { return reaction }
    return Reaction(actor: other, reaction: reaction.reaction, reactedAt: reaction.reactedAt)
  }

  private mutating func fill(_ message: inout Message, _ kind: AndroidKind, _ row: Int64) throws {
    if kind == .deleted || sides.revoked.contains(row) {
      message.kind = .unavailable
      message.isDeleted = true
      message.hasOwnContent = message.text != nil
      return
    }
    switch kind {
    case .media(let media):
      message.kind = media == .sticker ? .sticker : .media
      message.attachments = [try details.attachment(media, of: row) ?? Attachment(kind: media)]
      message.text = try message.text ?? details.caption(of: row)
      message.hasOwnContent = message.text != nil || message.attachments[0].fileName != nil
    case .contact:
      message.kind = .contact
      message.text = try details.cards(of: row) ?? message.text
    case .location:
      message.kind = .location
      message.text = try details.place(of: row) ?? message.text
    case .call:
      message.kind = .call
      message.text = sides.calls[row] ?? "Missed call"
      message.hasOwnContent = false
    case .system:
      let action = try details.row("message_system", ["action_type"], of: row)?.integer(0)
      message.kind = .system
      message.text = AndroidEvent.text(action, message.text)
      message.hasOwnContent = false
    default: try fillBusiness(&message, kind, row)
    }
  }

  /// What shops and newer versions send.
  private mutating func fillBusiness(
    _ message: inout Message, _ kind: AndroidKind, _ row: Int64
  ) throws {
    switch kind {
    case .order:
      message.kind = .order
      message.order = try details.order(of: row)
      message.text = AndroidDetails.joined([
        message.text, message.order?.title, try details.note(ofOrder: row),
      ])
      if let photo = try details.attachment(.photo, of: row) { message.attachments = [photo] }
    case .product:
      message.kind = .share
      message.text = AndroidDetails.joined([try details.product(of: row), message.text])
      if let photo = try details.attachment(.photo, of: row) { message.attachments = [photo] }
    case .poll:
      message.kind = .poll
      let lines = [message.text] + (try details.options(of: row))
      message.text = AndroidDetails.joined(lines)
      message.hasOwnContent = false
    case .viewOnce, .waiting:
      message.kind = .unavailable
      message.hasOwnContent = message.text != nil
    case .unknown(let number):
      leftOut.addUnknown(number)
      if message.text == nil {
        message.kind = .unavailable
        message.hasOwnContent = false
      }
    default:
      if message.text == nil { message.text = try details.elements(of: row) }
      if message.text == nil {
        message.kind = .unavailable
        message.hasOwnContent = false
      }
    }
  }
}
