import ArchiveExport
import ArchiveStore

/// A conversation as people read it.
public struct ShownConversation: Sendable {
  public let uid: String
  public let platform: String
  public let kind: String
  public let title: String?
  public let messages: [ShownMessage]
}

/// A message as people read it.
public struct ShownMessage: Sendable {
  public let uid: String
  public let sender: String?
  public let isOwner: Bool
  /// ISO 8601, UTC.
  public let sentAt: String
  public let precision: String
  public let kind: String
  public let text: String?
  public let isEdited: Bool
  public let isDeleted: Bool
  public let attachments: [String]
  public let reactions: [String]
  /// Where the message was seen: paths and places.
  public let sightings: [String]
}

extension SocialArchive {
  /// A conversation by uid, number or title, or the one that holds a message of this uid.
  ///
  /// - Returns: The conversation with all its messages, or with the one that was named; nil if
  ///   nothing has that name.
  /// - Throws: `ArchiveFailure`.
  public func show(_ name: String) throws -> ShownConversation? {
    let archive = try reading()
    let resolved = try resolve(name, archive)
    if let row = try archive.rows(
      """
      SELECT id, uid, platform, kind, title FROM conversations
      WHERE uid = ?1 OR id = CAST(?1 AS INTEGER) AND ?1 NOT GLOB '*[^0-9]*' OR title = ?1
      ORDER BY uid = ?1 DESC, last_message_at DESC LIMIT 1
      """, [.text(resolved)]
    ).first {
      return try conversation(row, "m.conversation_id = \(row[0].integer ?? 0)", archive)
    }
    let pieces = resolved.split(separator: "-")
    guard pieces.count == 3, let time = Int64(pieces[1]), let ordinal = Int64(pieces[2]),
      let row = try archive.rows(
        "SELECT id, uid, platform, kind, title FROM conversations WHERE uid = ?",
        [.text(String(pieces[0]))]
      ).first
    else { return nil }
    let found = try conversation(
      row,
      "m.conversation_id = \(row[0].integer ?? 0) AND m.sent_at_ms = \(time) AND m.ordinal = \(ordinal)",
      archive)
    return found.messages.isEmpty ? nil : found
  }

  /// Follows aliases of uids that were true of an earlier set of downloads.
  func resolve(_ name: String, _ archive: ArchiveDatabase) throws -> String {
    var name = name
    for _ in 0..<16 {
      if let next = try archive.cell(
        "SELECT new_uid FROM uid_alias WHERE old_uid = ?", [.text(name)]
      ).text {
        name = next
        continue
      }
      let pieces = name.split(separator: "-")
      guard pieces.count == 3,
        let next = try archive.cell(
          "SELECT new_uid FROM uid_alias WHERE old_uid = ?", [.text(String(pieces[0]))]
        ).text
      else { break }
      name = "\(next)-\(pieces[1])-\(pieces[2])"
    }
    return name
  }

  private func conversation(
    _ row: [Cell], _ condition: String, _ archive: ArchiveDatabase
  ) throws -> ShownConversation {
    let uid = row[1].text ?? ""
    let messages = try archive.rows(
      """
      SELECT m.id, '\(uid)-' || m.sent_at_ms || '-' || m.ordinal, p.name,
        coalesce(p.is_owner, 0), strftime('%Y-%m-%dT%H:%M:%fZ', m.sent_at_ms / 1000.0, 'unixepoch'), m.time_precision, m.kind, m.text, m.is_edited,
        m.is_deleted, m.attachment_count, m.reaction_count
      FROM message m LEFT JOIN profile p ON p.id = m.sender_id
      WHERE \(condition) ORDER BY m.sent_at_ms, m.ordinal
      """
    ).map { try message($0, archive) }
    return ShownConversation(
      uid: uid, platform: row[2].text ?? "", kind: row[3].text ?? "", title: row[4].text,
      messages: messages)
  }

  private func message(_ row: [Cell], _ archive: ArchiveDatabase) throws -> ShownMessage {
    let id: [Cell] = [row[0]]
    let attachments =
      row[10].integer == 0
      ? []
      : try archive.rows(
        "SELECT kind, file_name, state, reason FROM attachment WHERE message_id = ? ORDER BY position",
        id
      ).map { "\($0[0].text ?? "") \($0[1].text ?? "") (\($0[2].text ?? ""))" }
    let reactions =
      row[11].integer == 0
      ? []
      : try archive.rows(
        """
        SELECT r.reaction, coalesce(p.name, r.actor) FROM reaction r
        LEFT JOIN profile p ON p.id = r.profile_id WHERE r.message_id = ? ORDER BY r.position
        """, id
      ).map { "\($0[0].text ?? "") \($0[1].text ?? "")" }
    let sightings = try archive.rows(
      """
      SELECT (SELECT min(f.path) FROM file f WHERE f.source_id = g.source_id), g.place, g.length
      FROM sighting g WHERE g.message_id = ? ORDER BY g.source_id, g.record
      """, id
    ).map { "\($0[0].text ?? "") at byte \($0[1].integer ?? 0), \($0[2].integer ?? 0) bytes" }
    let precisions = ["millisecond", "second", "minute", "day"]
    return ShownMessage(
      uid: row[1].text ?? "", sender: row[2].text, isOwner: row[3].integer == 1,
      sentAt: row[4].text ?? "", precision: precisions[Int(row[5].integer ?? 0)],
      kind: row[6].text ?? "", text: row[7].text, isEdited: row[8].integer == 1,
      isDeleted: row[9].integer == 1, attachments: attachments, reactions: reactions,
      sightings: sightings)
  }
}

extension ShownConversation {
  /// The conversation as one JSON object.
  public var json: String {
    var text = JSONText()
    text.add("uid", uid)
    text.add("platform", platform)
    text.add("kind", kind)
    text.add("title", title)
    text.add("messages", json: JSONText.list(messages.map(\.json)))
    return text.text
  }
}

extension ShownMessage {
  /// The message as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("uid", uid)
    line.add("sender", sender)
    line.add("is_owner", isOwner)
    line.add("sent_at", sentAt)
    line.add("time_precision", precision)
    line.add("kind", kind)
    line.add("text", text)
    line.add("is_edited", isEdited)
    line.add("is_deleted", isDeleted)
    line.add("attachments", json: JSONText.list(attachments.map(JSONText.string)))
    line.add("reactions", json: JSONText.list(reactions.map(JSONText.string)))
    line.add("sightings", json: JSONText.list(sightings.map(JSONText.string)))
    return line.text
  }
}
