/// What kind of file a message carries. The raw value stands in the archive.
package enum AttachmentKind: String, Sendable, CaseIterable {
  case photo, video, audio, file, gif, sticker, contact
}

/// Whether the bytes of an attachment are in the archive.
package enum AttachmentState: String, Sendable {
  /// The file is in the archive.
  case present
  /// The source names a file that no download seen so far holds.
  case missing
  /// The source says that the file was left out of the export.
  case omitted
}

/// A file that a message carries, as the source names it.
package struct Attachment: Sendable, Hashable {
  package var kind: AttachmentKind
  /// The path or address as written in the source; nil if the source gives none.
  package var reference: String?
  /// The file's own name, for people; nil if the source gives none.
  package var fileName: String?
  /// Why there can be no file (`omitted` by the export, expired address, failed download).
  package var absence: String?
  /// The SHA-256 of the file in hexadecimal; nil if the source does not say.
  package var sha256: String?

  package init(
    kind: AttachmentKind, reference: String? = nil, fileName: String? = nil,
    absence: String? = nil, sha256: String? = nil
  ) {
    self.kind = kind
    self.reference = reference
    self.fileName = fileName
    self.absence = absence
    self.sha256 = sha256
  }
}

/// A reaction to a message.
package struct Reaction: Sendable, Hashable {
  /// The name of the person who reacted, as the source shows it.
  package var actor: String
  /// The emoji or word.
  package var reaction: String
  /// Milliseconds since 1970 in UTC; nil if the source does not say.
  package var reactedAt: Int64?

  package init(actor: String, reaction: String, reactedAt: Int64? = nil) {
    self.actor = actor
    self.reaction = reaction
    self.reactedAt = reactedAt
  }
}
