/// The views that other programs may rely on: plain names, stable columns.
enum ArchiveViews {
  /// ISO 8601 in UTC with milliseconds, out of a column of milliseconds since 1970.
  static func iso(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
  }

  private static let precision =
    "CASE m.time_precision WHEN 0 THEN 'millisecond' WHEN 1 THEN 'second' WHEN 2 THEN 'minute' ELSE 'day' END"

  /// The uid of message `m` in conversation `c`: its conversation, time and place at that time.
  static let messageUID = "c.uid || '-' || m.sent_at_ms || '-' || m.ordinal"

  static let version1 = """
    CREATE VIEW messages AS SELECT
      m.id AS id, \(messageUID) AS uid, c.platform AS platform, a.name AS account,
      m.conversation_id AS conversation_id, c.uid AS conversation_uid, p.name AS sender,
      m.sender_id AS sender_profile_id, coalesce(p.is_owner, 0) AS is_owner,
      c.customer_id AS customer_id, \(iso("m.sent_at_ms")) AS sent_at, m.sent_at_ms AS sent_at_ms,
      \(precision) AS time_precision,
      CASE m.time_basis WHEN 0 THEN 'utc' WHEN 1 THEN 'zone' ELSE 'assumed' END AS time_basis,
      m.kind AS kind, m.text AS text, 
      CASE WHEN m.reply_to_ms IS NULL THEN NULL ELSE (
        SELECT c.uid || '-' || r.sent_at_ms || '-' || r.ordinal FROM message r
        WHERE r.id BETWEEN m.reply_to_ms << 12 AND (m.reply_to_ms + 1) << 12
          AND r.conversation_id = m.conversation_id AND r.sent_at_ms = m.reply_to_ms
        ORDER BY r.ordinal LIMIT 1) END AS reply_to_uid, m.is_edited AS is_edited,
      m.is_deleted AS is_deleted, m.attachment_count AS attachment_count,
      m.reaction_count AS reaction_count, m.sighting_count AS sighting_count,
      \(iso("m.delivered_ms")) AS delivered_at, \(iso("m.read_ms")) AS read_at
    FROM message m JOIN conversation c ON c.id = m.conversation_id
    LEFT JOIN account a ON a.id = c.account_id LEFT JOIN profile p ON p.id = m.sender_id;

    CREATE VIEW conversations AS SELECT
      c.id AS id, c.uid AS uid, c.platform AS platform, a.name AS account, c.kind AS kind,
      c.title AS title, c.participant_count AS participant_count,
      c.message_count AS message_count, \(iso("c.first_ms")) AS first_message_at,
      \(iso("c.last_ms")) AS last_message_at, c.customer_id AS customer_id
    FROM conversation c LEFT JOIN account a ON a.id = c.account_id;

    CREATE VIEW profiles AS SELECT
      id, uid, platform, name, handle, is_owner, customer_id FROM profile;

    CREATE VIEW customers AS SELECT
      id, uid, name, phones, emails, platforms, profile_count, message_count, order_count,
      \(iso("first_ms")) AS first_contact_at, \(iso("last_ms")) AS last_contact_at,
      kind, kind_reason, consent, consent_reason, aliases, tags, notes
    FROM customer;

    CREATE VIEW contact_points AS SELECT
      t.id AS id, p.customer_id AS customer_id, t.profile_id AS profile_id, t.kind AS kind,
      t.value AS value, t.raw AS raw, t.ownership AS ownership,
      CASE WHEN m.id IS NULL THEN NULL ELSE \(messageUID) END AS source_message_uid,
      t.reason AS reason
    FROM contact_point t LEFT JOIN profile p ON p.id = t.profile_id
    LEFT JOIN message m ON m.id = t.message_id LEFT JOIN conversation c ON c.id = m.conversation_id;

    CREATE VIEW orders AS SELECT
      id, uid, customer_id, conversation_id, status, placed_at, total, currency, currency_basis,
      delivery_address, phone, source, review, evidence, delivery_fee, status_reason, suggestion
    FROM purchase;

    CREATE VIEW order_lines AS SELECT
      purchase_id AS order_id, position, item, quantity, unit, unit_price, line_total
    FROM purchase_line;

    CREATE VIEW attachments AS SELECT
      t.id AS id, \(messageUID) AS message_uid, t.kind AS kind, t.file_name AS file_name,
      NULL AS mime_type, s.bytes AS bytes, s.sha256 AS sha256, t.state AS state, t.reason AS reason
    FROM attachment t JOIN message m ON m.id = t.message_id
    JOIN conversation c ON c.id = m.conversation_id LEFT JOIN source s ON s.id = t.source_id;

    CREATE VIEW reactions AS SELECT
      \(messageUID) AS message_uid, r.profile_id AS profile_id,
      coalesce(p.name, r.actor) AS actor,
      r.reaction AS reaction, \(iso("r.reacted_at_ms")) AS reacted_at
    FROM reaction r JOIN message m ON m.id = r.message_id
    JOIN conversation c ON c.id = m.conversation_id LEFT JOIN profile p ON p.id = r.profile_id;

    CREATE VIEW sightings AS SELECT
      \(messageUID) AS message_uid,
      (SELECT min(f.id) FROM file f WHERE f.source_id = g.source_id) AS file_id,
      g.place || '+' || g.length AS locator, g.sent_at_ms AS sent_at_ms,
      \(precision.replacing("m.", with: "g.")) AS time_precision
    FROM sighting g JOIN message m ON m.id = g.message_id
    JOIN conversation c ON c.id = m.conversation_id;

    CREATE VIEW records AS SELECT
      r.id AS id, r.uid AS uid, r.platform AS platform, a.name AS account, r.kind AS kind,
      r.name AS name, r.text AS text, \(iso("r.happened_ms")) AS happened_at, r.amount AS amount,
      r.currency AS currency, NULL AS conversation_uid, r.detail AS detail,
      (SELECT min(f.id) FROM file f WHERE f.source_id = g.source_id) AS file_id,
      'bytes ' || g.place || '+' || g.length AS locator
    FROM record r JOIN record_sighting g ON g.id = r.sighting_id
    LEFT JOIN account a ON a.id = r.account_id;

    CREATE VIEW imports AS SELECT id, started_at, finished_at, state, tool_version FROM import;

    CREATE VIEW files AS SELECT
      f.id AS id, f.import_id AS import_id, p.download_id AS download, f.path AS path,
      f.bytes AS bytes, s.sha256 AS sha256, f.outcome AS outcome, f.reason AS reason,
      CASE f.outcome WHEN 'read' THEN s.records_read WHEN 'failed' THEN s.records_read ELSE 0 END
        AS records_read,
      CASE f.outcome WHEN 'read' THEN s.records_skipped WHEN 'failed' THEN s.records_skipped
        ELSE 0 END AS records_skipped
    FROM file f JOIN part p ON p.id = f.part_id LEFT JOIN source s ON s.id = f.source_id;

    CREATE VIEW suggestions AS SELECT
      s.id AS id, s.kind AS kind, c.id AS first_conversation_id, c.title AS first_title,
      d.id AS second_conversation_id, d.title AS second_title, s.reason AS reason
    FROM suggestion s
      LEFT JOIN source g ON g.sha256 = substr(s.first_uid, 1, 64)
      LEFT JOIN thread t ON t.source_id = g.id AND t.key = substr(s.first_uid, 66)
      LEFT JOIN conversation c ON c.id = t.conversation_id
      LEFT JOIN source h ON h.sha256 = substr(s.second_uid, 1, 64)
      LEFT JOIN thread u ON u.source_id = h.id AND u.key = substr(s.second_uid, 66)
      LEFT JOIN conversation d ON d.id = u.conversation_id;
    """
}

extension String {
  /// The text with one piece exchanged everywhere.
  fileprivate func replacing(_ piece: String, with other: String) -> String {
    split(separator: piece, omittingEmptySubsequences: false).joined(separator: other)
  }
}
