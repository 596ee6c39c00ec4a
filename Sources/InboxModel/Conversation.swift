/// One to one, or several people.
package enum ConversationKind: String, Sendable {
  case direct, group
}

/// In which order a file lists the messages of a thread.
package enum RecordOrder: Int, Sendable {
  case oldestFirst = 0
  case newestFirst = 1
}

/// A conversation as one file shows it.
package struct Thread: Sendable, Hashable {
  /// Names the thread inside its download: the files of one thread share it.
  package var key: String
  /// The platform's own id of the conversation; nil where the platform gives none.
  package var platformID: String?
  /// The title as written; nil if the file names none.
  package var title: String?
  /// The people in it, as the file names them; may lack people who left.
  package var participants: [String]
  /// Nil if the file does not tell one to one from a group.
  package var kind: ConversationKind?
  package var order: RecordOrder
  /// The number of this file among the files of the thread, in the thread's own order.
  package var sequence: Int
  /// True if the format can show reactions: only then does their absence say anything.
  package var showsReactions: Bool
  /// True for a chat that goes on where another download's record of it stops.
  package var continues: Bool
  /// Names under which the account's owner speaks here, where the file shows it.
  package var ownerNames: [String]
  /// True for a page made for people to look at: another form of the same download may show the
  /// same messages as data.
  package var isRendered = false
  /// The name of the thread's folder, where the platform makes that of a handle or of a name.
  package var slug: String?
  /// True if people are named by their handles, which are theirs in every thread.
  package var namesAreHandles: Bool

  package init(
    key: String, platformID: String? = nil, title: String? = nil, participants: [String] = [],
    kind: ConversationKind? = nil, order: RecordOrder = .oldestFirst, sequence: Int = 1,
    showsReactions: Bool = false, continues: Bool = false, ownerNames: [String] = [],
    namesAreHandles: Bool = false
  ) {
    self.key = key
    self.platformID = platformID
    self.title = title
    self.participants = participants
    self.kind = kind
    self.order = order
    self.sequence = sequence
    self.showsReactions = showsReactions
    self.continues = continues
    self.ownerNames = ownerNames
    self.namesAreHandles = namesAreHandles
  }
}

/// What a download says about the account that it was made from.
package struct OwnerFacts: Sendable, Hashable {
  /// What an owner is called where a source does not say the name.
  package static let unnamed = "You"

  /// Names the owner writes under.
  package var names: [String]
  /// The account's handle or user name; nil if the file has none.
  package var handle: String?
  /// Phone numbers of the account, as written.
  package var phones: [String]
  /// The dates from and to which the download has data, ISO 8601; nil if it does not say.
  package var window: Window?

  package struct Window: Sendable, Hashable {
    package let from: String
    package let to: String

    package init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  package init(
    names: [String], handle: String? = nil, phones: [String] = [], window: Window? = nil
  ) {
    self.names = names
    self.handle = handle
    self.phones = phones
    self.window = window
  }
}
