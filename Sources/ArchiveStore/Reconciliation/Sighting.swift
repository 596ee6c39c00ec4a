package import InboxModel

/// One occurrence of a message, reduced to what the union of downloads looks at.
package struct Sighting: Sendable, Hashable {
  /// An index into the conversation's list of sources.
  package var source: Int32
  /// The place of the record in its source, counted from 0 in the order of the file.
  package var record: Int32
  /// The place in its download's record of the thread: later messages are larger.
  package var order: Int64
  /// Who sent it: 0 and up are people, see `SenderKey` for the others.
  package var sender: Int32
  /// The fingerprint of what it says; 0 if it shows nothing.
  package var content: UInt64
  /// False if the source shows only that something was here: then it agrees with any content.
  package var hasOwnContent: Bool
  /// Milliseconds since 1970, UTC: the start of the interval that the source names.
  package var start: Int64
  package var precision: TimePrecision
  package var isEdited: Bool
  package var isDeleted: Bool
  /// True if the same download shows the same message once more here: it does not count.
  package var isRepeat: Bool

  package init(
    source: Int32, record: Int32, order: Int64, sender: Int32, content: UInt64,
    hasOwnContent: Bool = true, start: Int64, precision: TimePrecision, isEdited: Bool = false,
    isDeleted: Bool = false, isRepeat: Bool = false
  ) {
    self.source = source
    self.record = record
    self.order = order
    self.sender = sender
    self.content = content
    self.hasOwnContent = hasOwnContent
    self.start = start
    self.precision = precision
    self.isEdited = isEdited
    self.isDeleted = isDeleted
    self.isRepeat = isRepeat
  }

  /// The end of the interval, exclusive.
  package var end: Int64 { start + precision.span }
}

/// Senders that are not a person of the conversation.
package enum SenderKey {
  /// A person whose name the platform withholds: agrees with any sender.
  package static let unnamed: Int32 = -1
  /// The app itself.
  package static let app: Int32 = -2
}

/// A message of the union: the sightings that show it, and what they agree on.
package struct UnitedMessage: Sendable, Equatable {
  /// Indices of the sightings, the one that gives text and names first.
  package var sightings: [Int]
  package var sender: Int32
  package var start: Int64
  package var precision: TimePrecision
  package var isEdited: Bool
  package var isDeleted: Bool
}
