import InboxModel
import SearchText

/// A message on its way into the archive.
struct MessageRow {
  var conversation: Int64
  var sender: Int64?
  var time: Instant
  /// The place among the messages of its millisecond, from 0; nil if their order tells it.
  var ordinal: Int64?
  /// Rises in the order of time inside one source.
  var order: Int64
  var kind: MessageKind
  var text: String?
  /// The folded words for the search index.
  var words: [UInt8]
  var isEdited: Bool
  var isDeleted: Bool
  /// What the platform's own records say of the message.
  var facts = MessageFacts()
  var attachments: [Attachment]
  var reactions: [Reaction]
  var sightings: [SightingRow]
}

/// What only some formats record of a message; a format without them takes nothing away.
struct MessageFacts {
  var repliesTo: Int64?
  var deliveredAt: Int64?
  var readAt: Int64?
  var order: PlatformOrder?

  init() {}

  var isEmpty: Bool {
    repliesTo == nil && deliveredAt == nil && readAt == nil && order == nil
  }

  /// With what a later download says; what it does not say stays.
  func updated(by later: MessageFacts) -> MessageFacts {
    var result = later
    result.repliesTo = later.repliesTo ?? repliesTo
    result.deliveredAt = later.deliveredAt ?? deliveredAt
    result.readAt = later.readAt ?? readAt
    result.order = later.order ?? order
    return result
  }

  init(_ message: Message) {
    repliesTo = message.repliesTo
    deliveredAt = message.deliveredAt
    readAt = message.readAt
    order = message.order
  }
}

/// Where a message was seen.
struct SightingRow {
  var source: Int64
  var record: Int64
  var place: RecordPlace
  var time: Int64
  var precision: TimePrecision
}

/// A conversation as one source shows it, after reading; of a thread that comes in pieces, one of them.
struct ThreadRow {
  var source: Int64
  var platform: Platform
  var thread: InboxModel.Thread
  var count: Int64 = 0
  var first: Int64?
  var last: Int64?
  /// Nil while it is not known which conversation it belongs to.
  var conversation: Int64?
  /// True if the messages that went straight in must be looked at again.
  var isUnsettled = false
}

/// A person, before anything is known but the name.
struct ProfileRow {
  var id: Int64
  var platform: Platform
  var conversation: Int64?
  var name: String?
  var handle: String?
}

/// What became of a source.
struct SourceResult {
  var source: Int64
  var outcome: SourceOutcome
  /// The hash of the log of changes that was read with it.
  var log: String?
  var read: Int64
  var skipped: Int64
  var newest: Int64
  /// What it calls people who are known by handles.
  var names: [PersonName] = []
  /// Names that the source gives to the account's owner.
  var ownerNames: [String]
  var window: OwnerFacts.Window?
  var issues: [(gravity: String, reason: String, offset: Int64?)]
}

/// A record that a source shows beside its messages.
struct RecordRow {
  var source: Int64
  var number: Int64
  var platform: Platform
  var record: Record
  /// UTC milliseconds.
  var time: Int64?
}

/// Rows that go into the archive together.
struct RowBatch {
  var conversations: [(id: Int64, platform: Platform)] = []
  var profiles: [ProfileRow] = []
  var participants: [(conversation: Int64, profile: Int64)] = []
  /// Numbers of known people, as another source writes them.
  var numbers: [(profile: Int64, name: String)] = []
  var messages: [MessageRow] = []
  var records: [RecordRow] = []
  var threads: [ThreadRow] = []
  var results: [SourceResult] = []
  var forms: [WordCollector.Form] = []
  /// True if no source is in the middle of being read.
  var endsWithSource = false

  var isEmpty: Bool {
    conversations.isEmpty && profiles.isEmpty && messages.isEmpty && records.isEmpty
      && threads.isEmpty && results.isEmpty && forms.isEmpty
  }
}
