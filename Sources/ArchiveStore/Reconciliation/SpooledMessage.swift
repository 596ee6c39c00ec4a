import InboxModel

/// A message as bytes, to be laid aside while conversations are united.
struct SpooledMessage {
  private(set) var bytes: [UInt8] = []

  init(_ message: Message) {
    bytes.reserveCapacity(128 + (message.text?.utf8.count ?? 0))
    switch message.sender {
    case .app: put(0)
    case .unnamed: put(1)
    case .named(let name):
      put(2)
      add(name)
    }
    add(message.time)
    add(message.kind.rawValue)
    add(optional: message.text)
    let flags: [UInt8] = [
      message.isEdited ? 1 : 0, message.isDeleted ? 2 : 0, message.hasOwnContent ? 4 : 0,
    ]
    put(flags.reduce(0, |))
    add(message.place.offset)
    add(message.place.length)
    for time in [message.repliesTo, message.deliveredAt, message.readAt] { add(time ?? .min) }
    add(Int64(message.attachments.count))
    for attachment in message.attachments {
      add(attachment.kind.rawValue)
      add(optional: attachment.reference)
      add(optional: attachment.fileName)
      add(optional: attachment.absence)
      add(optional: attachment.sha256)
    }
    add(Int64(message.reactions.count))
    for reaction in message.reactions {
      add(reaction.actor)
      add(reaction.reaction)
      add(reaction.reactedAt ?? .min)
    }
    put(message.order == nil ? 0 : 1)
    if let order = message.order { add(order) }
  }

  private mutating func put(_ byte: UInt8) { bytes.append(byte) }

  private mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func add(optional text: String?) {
    put(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  private mutating func add(_ time: SourceTime) {
    add(time.milliseconds)
    put(UInt8(time.precision.rawValue))
    switch time.clock {
    case .utc: put(0)
    case .local: put(1)
    case .fixed(let offset):
      put(2)
      add(offset)
    }
  }

  private mutating func add(_ order: PlatformOrder) {
    add(order.kind.rawValue)
    for text in [order.reference, order.title, order.total, order.currency] { add(optional: text) }
    add(order.quantity ?? .min)
  }

  /// The message again; nil if the bytes are not of this kind.
  static func message(_ bytes: UnsafeRawBufferPointer) -> Message? {
    var reader = Reader(bytes: bytes)
    guard let sender = reader.sender(), let time = reader.time(),
      let kind = reader.text().flatMap(MessageKind.init), let text = reader.optional(),
      let flags = reader.byte(), let offset = reader.number(), let length = reader.number()
    else { return nil }
    var message = Message(
      sender: sender, time: time, kind: kind, text: text, isEdited: flags & 1 != 0,
      isDeleted: flags & 2 != 0, hasOwnContent: flags & 4 != 0,
      place: RecordPlace(offset: offset, length: length))
    message.repliesTo = reader.optionalNumber()
    message.deliveredAt = reader.optionalNumber()
    message.readAt = reader.optionalNumber()
    for _ in 0..<(reader.number() ?? 0) {
      guard let attachment = reader.attachment() else { return nil }
      message.attachments.append(attachment)
    }
    for _ in 0..<(reader.number() ?? 0) {
      guard let actor = reader.text(), let sign = reader.text() else { return nil }
      message.reactions.append(
        Reaction(actor: actor, reaction: sign, reactedAt: reader.optionalNumber()))
    }
    if reader.byte() == 1 { message.order = reader.order() }
    return message
  }

  /// Takes values off the front of bytes.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func byte() -> UInt8? {
      guard place < bytes.count else { return nil }
      place += 1
      return bytes[place - 1]
    }

    mutating func number() -> Int64? {
      guard place + 8 <= bytes.count else { return nil }
      place += 8
      return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place - 8, as: Int64.self))
    }

    mutating func optionalNumber() -> Int64? {
      number().flatMap { $0 == .min ? nil : $0 }
    }

    mutating func text() -> String? {
      guard let count = number(), count >= 0, place + Int(count) <= bytes.count else { return nil }
      place += Int(count)
      return String(decoding: bytes[(place - Int(count))..<place], as: UTF8.self)
    }

    /// Nil inside of nil where the bytes end.
    mutating func optional() -> String?? {
      switch byte() {
      case 0: .some(nil)
      case 1: text().map { .some($0) }
      default: nil
      }
    }

    mutating func sender() -> Sender? {
      switch byte() {
      case 0: .app
      case 1: .unnamed
      case 2: text().map { .named($0) }
      default: nil
      }
    }

    mutating func time() -> SourceTime? {
      guard let milliseconds = number(), let raw = byte(),
        let precision = TimePrecision(rawValue: Int(raw))
      else { return nil }
      let clock: SourceClock
      switch byte() {
      case 0: clock = .utc
      case 1: clock = .local
      default: clock = .fixed(number() ?? 0)
      }
      return SourceTime(milliseconds: milliseconds, precision: precision, clock: clock)
    }

    mutating func attachment() -> Attachment? {
      guard let kind = text().flatMap(AttachmentKind.init), let reference = optional(),
        let name = optional(), let absence = optional(), let hash = optional()
      else { return nil }
      return Attachment(
        kind: kind, reference: reference, fileName: name, absence: absence, sha256: hash)
    }

    mutating func order() -> PlatformOrder? {
      guard let kind = text().flatMap(PlatformOrder.Kind.init), let reference = optional(),
        let title = optional(), let total = optional(), let currency = optional()
      else { return nil }
      return PlatformOrder(
        kind: kind, reference: reference, title: title, quantity: optionalNumber(), total: total,
        currency: currency)
    }
  }
}
