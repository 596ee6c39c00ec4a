import ArchiveExport

extension Receipt {
  /// The receipt as one JSON object.
  public func json(isRehearsal: Bool) -> String {
    var text = JSONText()
    text.add("format", Int64(1))
    text.add("dry_run", isRehearsal)
    text.add("import_id", importID)
    text.add(
      "parts",
      json: JSONText.list(
        parts.map {
          var part = JSONText()
          part.add("name", $0.name)
          part.add("kind", $0.kind)
          part.add("files", Int64($0.files))
          return part.text
        }))
    var outcomes = JSONText()
    for (outcome, count) in files.sorted(by: { $0.key < $1.key }) {
      outcomes.add(outcome, Int64(count))
    }
    text.add("files", json: outcomes.text)
    text.add("file_count", Int64(fileCount))
    text.add("messages_read", Int64(messagesRead))
    text.add("records_read", Int64(recordsRead))
    var kinds = JSONText()
    for (kind, count) in recordKinds.sorted(by: { $0.key < $1.key }) {
      kinds.add(kind, Int64(count))
    }
    text.add("records", json: kinds.text)
    text.add("records_lost", Int64(recordsLost))
    text.add("messages_new", Int64(newMessages))
    text.add("messages_total", Int64(totalMessages))
    text.add("conversations", Int64(conversations))
    text.add("customers", Int64(customers))
    text.add("contact_points_new", Int64(contactPoints))
    text.add("seconds_contacts", json: String(contactSeconds))
    text.add("first_message_on", firstMessageAt)
    text.add("last_message_on", lastMessageAt)
    text.add("media_missing", Int64(missingMedia))
    text.add("media_omitted", Int64(omittedMedia))
    text.add("failures", json: Receipt.list(failures))
    text.add("notes", json: Receipt.list(mended))
    var understood = JSONText()
    for (what, count) in readings.sorted(by: { $0.key < $1.key }) {
      understood.add(what, Int64(count))
    }
    text.add("understood", json: understood.text)
    var kept = JSONText()
    for (what, count) in notRead.sorted(by: { $0.key < $1.key }) { kept.add(what, Int64(count)) }
    text.add("kept", json: kept.text)
    text.add("missing", json: JSONText.list(advice.map(JSONText.string)))
    return text.text
  }

  private static func list(_ problems: [Problem]) -> String {
    JSONText.list(
      problems.map {
        var problem = JSONText()
        problem.add("path", $0.path)
        problem.add("reason", $0.reason)
        return problem.text
      })
  }
}
