import Crypto
import GRDB
import TextDecoding

extension ArchiveDatabase {
  /// Looks for damage; each finding is a sentence. An empty list means that all is well.
  ///
  /// Checks the database's pages and references, the search index, the stored counts, and the
  /// bytes of every original against its hash.
  package func verify() throws -> [String] {
    var findings: [String] = []
    for row in try rows("PRAGMA integrity_check") {
      if let text = row[0].text, text != "ok" { findings.append("database: \(text)") }
    }
    for row in try rows("PRAGMA foreign_key_check") {
      findings.append("database: table \(row[0].text ?? "") has a row without its parent")
    }
    findings += try countFindings()
    findings += try indexFindings()
    findings += try objectFindings()
    return findings
  }

  private func countFindings() throws -> [String] {
    let checks: [(String, String)] = [
      (
        "conversations whose message count is wrong",
        """
        SELECT count(*) FROM conversation c WHERE c.message_count <>
          (SELECT count(*) FROM message m WHERE m.conversation_id = c.id)
        """
      ),
      (
        "messages whose sighting count is wrong",
        """
        SELECT count(*) FROM message m WHERE m.sighting_count <>
          (SELECT count(*) FROM sighting g WHERE g.message_id = m.id)
        """
      ),
      (
        "messages whose attachment count is wrong",
        """
        SELECT count(*) FROM message m WHERE m.attachment_count <>
          (SELECT count(*) FROM attachment a WHERE a.message_id = m.id)
        """
      ),
      (
        "customers whose counts are wrong",
        """
        SELECT count(*) FROM customer k WHERE (k.profile_count <>
            (SELECT count(*) FROM profile p WHERE p.customer_id = k.id)
          OR k.message_count <> (SELECT coalesce(sum(c.message_count), 0) FROM conversation c
            WHERE c.customer_id = k.id)
          OR k.order_count <> (SELECT count(*) FROM purchase o
            WHERE o.customer_id = k.id AND o.review <> 'rejected'))
          -- An import that was stopped before its second phase left no damage: the next goes on.
          AND NOT EXISTS (SELECT 1 FROM conversation WHERE needs_contacts = 1)
          AND NOT EXISTS (SELECT 1 FROM stale_profile)
          AND NOT EXISTS (SELECT 1 FROM left_customer)
          AND NOT EXISTS (SELECT 1 FROM stale_order)
        """
      ),
      (
        "messages without their conversation",
        "SELECT count(*) FROM message WHERE conversation_id NOT IN (SELECT id FROM conversation)"
      ),
      (
        "originals that were queued and never read",
        "SELECT count(*) FROM source WHERE outcome = 'pending'"
      ),
    ]
    return try checks.compactMap { what, sql in
      let count = try cell(sql).integer ?? 0
      return count == 0 ? nil : "\(count) \(what)"
    }
  }

  private func objectFindings() throws -> [String] {
    var findings: [String] = []
    for row in try rows(
      """
      SELECT sha256, bytes FROM source s
      WHERE EXISTS (SELECT 1 FROM file f WHERE f.source_id = s.id)
      UNION SELECT manifest, NULL FROM import WHERE manifest IS NOT NULL
      """)
    {
      guard let sha256 = row[0].text else { continue }
      guard objects.contains(sha256) else {
        findings.append("the original \(sha256) is missing")
        continue
      }
      var hasher = SHA256()
      do {
        try MappedFile.read(objects.path(sha256)) { bytes in
          var offset = 0
          while offset < bytes.count {
            let end = min(offset + (1 << 20), bytes.count)
            hasher.update(bufferPointer: UnsafeRawBufferPointer(bytes.buffer(offset..<end)))
            bytes.release(from: offset, to: end)
            offset = end
          }
        }
      } catch let error as FileReadError {
        findings.append("the original \(sha256) cannot be read: \(error.reason)")
        continue
      }
      if Hexadecimal.text(hasher.finalize()) != sha256 {
        findings.append("the original \(sha256) has changed")
      }
    }
    return findings
  }
}
