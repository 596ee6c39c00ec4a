/// What a message is. The raw value is the word in the archive's `kind` column.
package enum MessageKind: String, Sendable, CaseIterable {
  case text, media, sticker, share, location, contact, call, poll, order, marketplace
  /// An app's sentence about a reaction ("Liked a message"): never a customer's words.
  case reaction
  /// The app speaks, not a person.
  case system
  /// The source shows that a message was here, not what it said.
  case unavailable
}

/// Who sent a message, as far as its source says.
package enum Sender: Sendable, Hashable {
  /// A name, handle or phone as the source shows it, without invisible marks.
  case named(String)
  /// A person whose name the platform withholds ("Facebook user", or an empty name).
  case unnamed
  /// The app itself: a system line that belongs to nobody.
  case app
}

/// Where a record stands in its file, in bytes of the file as it was delivered.
package struct RecordPlace: Sendable, Hashable {
  package var offset: Int64
  package var length: Int64

  package init(offset: Int64, length: Int64) {
    self.offset = offset
    self.length = length
  }
}

/// One message as one file shows it.
package struct Message: Sendable {
  package var sender: Sender
  package var time: SourceTime
  package var kind: MessageKind
  /// What was written; nil if the message has no words.
  package var text: String?
  package var attachments: [Attachment]
  package var reactions: [Reaction]
  package var isEdited: Bool
  package var isDeleted: Bool
  /// False where the source shows only that something was here: deleted, unsent, unavailable,
  /// omitted media, an app's own sentence. Such a sighting agrees with any content.
  package var hasOwnContent: Bool
  package var place: RecordPlace
  /// When the message that this one answers was sent, milliseconds since 1970 in UTC; nil if it
  /// answers none, or its source does not say.
  package var repliesTo: Int64?
  /// When it reached the other side and when it was read there first, milliseconds since 1970 in
  /// UTC; nil if the source does not say.
  package var deliveredAt: Int64?
  package var readAt: Int64?
  /// What the platform itself records of an order or a payment in this message.
  package var order: PlatformOrder?

  package init(
    sender: Sender, time: SourceTime, kind: MessageKind = .text, text: String? = nil,
    attachments: [Attachment] = [], reactions: [Reaction] = [], isEdited: Bool = false,
    isDeleted: Bool = false, hasOwnContent: Bool = true,
    place: RecordPlace = RecordPlace(offset: 0, length: 0)
  ) {
    self.sender = sender
    self.time = time
    self.kind = kind
    self.text = text
    self.attachments = attachments
    self.reactions = reactions
    self.isEdited = isEdited
    self.isDeleted = isDeleted
    self.hasOwnContent = hasOwnContent
    self.place = place
  }
}
