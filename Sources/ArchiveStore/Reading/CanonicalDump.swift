/// The logical content of an archive, without local numbers, times of import or paths.
package enum CanonicalDump {
  /// A kind of line and the query that gives its lines in order.
  package struct Section: Sendable {
    package let name: String
    package let sql: String
  }

  private static let uid = ArchiveViews.messageUID

  package static let sections: [Section] = [
    Section(name: "setting", sql: "SELECT key, value FROM setting ORDER BY key"),
    Section(name: "account", sql: "SELECT uid, platform, name FROM account ORDER BY uid"),
    Section(
      name: "source",
      sql: """
        SELECT sha256, bytes, outcome, records_read, records_skipped FROM source
        WHERE EXISTS (SELECT 1 FROM file f WHERE f.source_id = source.id) ORDER BY sha256
        """),
    Section(
      name: "conversation",
      sql: """
        SELECT c.uid, c.platform, a.name AS account, c.kind, c.title, c.participant_count,
          c.message_count, c.first_ms, c.last_ms, k.uid AS customer
        FROM conversation c LEFT JOIN account a ON a.id = c.account_id
        LEFT JOIN customer k ON k.id = c.customer_id ORDER BY c.uid
        """),
    Section(
      name: "profile",
      sql: """
        SELECT p.uid, p.platform, p.name, p.handle, p.is_owner, k.uid AS customer FROM profile p
        LEFT JOIN customer k ON k.id = p.customer_id ORDER BY p.uid, p.name
        """),
    Section(
      name: "message",
      sql: """
        SELECT \(uid) AS uid, p.uid AS sender, m.sent_at_ms, m.time_precision, m.time_basis, m.kind,
          m.text, m.is_edited, m.is_deleted, m.attachment_count, m.reaction_count, m.sighting_count,
          m.reply_to_ms, m.delivered_ms, m.read_ms
        FROM message m JOIN conversation c ON c.id = m.conversation_id
        LEFT JOIN profile p ON p.id = m.sender_id ORDER BY c.uid, m.sent_at_ms, m.ordinal
        """),
    Section(
      name: "sighting",
      sql: """
        SELECT \(uid) AS message, s.sha256, g.place, g.length, g.sent_at_ms, g.time_precision
        FROM sighting g JOIN message m ON m.id = g.message_id
        JOIN conversation c ON c.id = m.conversation_id JOIN source s ON s.id = g.source_id
        ORDER BY c.uid, m.sent_at_ms, m.ordinal, s.sha256, g.record
        """),
    Section(
      name: "attachment",
      sql: """
        SELECT \(uid) AS message, t.position, t.kind, t.file_name, s.sha256, t.state, t.reason
        FROM attachment t JOIN message m ON m.id = t.message_id
        JOIN conversation c ON c.id = m.conversation_id LEFT JOIN source s ON s.id = t.source_id
        ORDER BY c.uid, m.sent_at_ms, m.ordinal, t.position
        """),
    Section(
      name: "reaction",
      sql: """
        SELECT \(uid) AS message, r.position, r.actor, r.reaction, r.reacted_at_ms
        FROM reaction r JOIN message m ON m.id = r.message_id
        JOIN conversation c ON c.id = m.conversation_id
        ORDER BY c.uid, m.sent_at_ms, m.ordinal, r.position
        """),
    Section(
      name: "order",
      sql: """
        SELECT o.uid, c.uid AS conversation, k.uid AS customer, o.status, o.placed_at, o.total,
          o.currency, o.currency_basis, o.delivery_fee, o.delivery_address, o.phone, o.source,
          o.review, o.status_reason, o.suggestion, o.evidence, l.position, l.item, l.quantity, l.unit,
          l.unit_price, l.line_total
        FROM purchase o LEFT JOIN conversation c ON c.id = o.conversation_id
        LEFT JOIN customer k ON k.id = o.customer_id
        LEFT JOIN purchase_line l ON l.purchase_id = o.id ORDER BY o.uid, l.position
        """),
    Section(
      name: "order proof",
      sql: """
        SELECT o.uid, p.number, p.field, \(uid) AS message, p.start, p.length
        FROM purchase_proof p JOIN purchase o ON o.id = p.purchase_id
        JOIN message m ON m.id = p.message_id JOIN conversation c ON c.id = m.conversation_id
        ORDER BY o.uid, p.number
        """),
    Section(
      name: "customer",
      sql: """
        SELECT uid, name, aliases, phones, emails, platforms, kind, kind_reason, consent,
          consent_reason, tags, notes, profile_count, message_count, order_count, first_ms, last_ms
        FROM customer ORDER BY uid
        """),
    Section(
      name: "link",
      sql: """
        SELECT p.uid AS first, q.uid AS second, l.rule, l.kind, l.value, l.verdict, l.reason
        FROM profile_link l JOIN profile p ON p.id = l.first_id JOIN profile q ON q.id = l.second_id
        ORDER BY l.kind, l.value, p.uid, q.uid
        """),
    Section(
      name: "decision",
      sql: "SELECT number, kind, value, undone_at IS NULL AS counts FROM decision ORDER BY number"),
    Section(
      name: "contact_point",
      sql: """
        SELECT p.uid AS profile, t.kind, t.value, t.raw, t.ownership, t.reason,
          CASE WHEN m.id IS NULL THEN NULL ELSE \(uid) END AS message, r.uid AS record
        FROM contact_point t LEFT JOIN profile p ON p.id = t.profile_id
        LEFT JOIN record r ON r.id = t.record_id
        LEFT JOIN message m ON m.id = t.message_id LEFT JOIN conversation c ON c.id = m.conversation_id
        ORDER BY p.uid, t.kind, t.value, t.raw, 7, 8
        """),
    Section(
      name: "record",
      sql: """
        SELECT r.uid, r.platform, a.name AS account, r.kind, r.name, r.text, r.happened_ms,
          r.amount, r.currency, r.detail FROM record r LEFT JOIN account a ON a.id = r.account_id
        ORDER BY r.uid
        """),
    Section(
      name: "suggestion",
      sql: "SELECT kind, first_uid, second_uid, reason FROM suggestion ORDER BY 2, 3"),
  ]
}
