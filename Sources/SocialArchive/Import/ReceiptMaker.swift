import ArchiveStore
import ImporterCatalog
import Importing

/// Makes the receipt of an import from what the archive has of it.
struct ReceiptMaker {
  let archive: ArchiveDatabase
  let importID: Int64

  func make(messagesBefore: Int, contacts: Int) throws -> Receipt {
    var receipt = Receipt()
    receipt.importID = importID
    let own: [Cell] = [.integer(importID)]
    for row in try archive.rows(
      """
      SELECT p.name, p.importer, count(f.id) FROM part p LEFT JOIN file f ON f.part_id = p.id
      WHERE p.import_id = ? GROUP BY p.id HAVING count(f.id) > 0 ORDER BY p.id
      """, own)
    {
      let importer = row[1].text.flatMap(ImporterCatalog.importer)
      receipt.parts.append(
        Receipt.Part(
          name: row[0].text ?? "", kind: importer?.title ?? "no known download",
          files: Int(row[2].integer ?? 0)))
    }
    for row in try archive.rows(
      "SELECT outcome, count(*) FROM file WHERE import_id = ? GROUP BY outcome", own)
    {
      receipt.files[row[0].text ?? ""] = Int(row[1].integer ?? 0)
    }
    receipt.fileCount = receipt.files.values.reduce(0, +)
    receipt.recordsRead = try count(
      """
      SELECT count(*) FROM record_sighting WHERE source_id IN
        (SELECT source_id FROM file WHERE import_id = ?)
      """, own)
    let all = try count(
      """
      SELECT coalesce(sum(records_read), 0) FROM source WHERE id IN
        (SELECT source_id FROM file WHERE import_id = ?)
      """, own)
    receipt.messagesRead = all - receipt.recordsRead
    for row in try archive.rows("SELECT kind, count(*) FROM record GROUP BY kind") {
      receipt.recordKinds[row[0].text ?? ""] = Int(row[1].integer ?? 0)
    }
    receipt.recordsLost = try count(
      """
      SELECT coalesce(sum(records_skipped), 0) FROM source WHERE id IN
        (SELECT source_id FROM file WHERE import_id = ?)
      """, own)
    receipt.totalMessages = try count("SELECT count(*) FROM message")
    receipt.newMessages = receipt.totalMessages - messagesBefore
    receipt.conversations = try count("SELECT count(*) FROM conversation")
    receipt.customers = try count("SELECT count(*) FROM customer")
    receipt.contactPoints = contacts
    try addTimes(&receipt, own)
    try addProblems(&receipt, own)
    try addAdvice(&receipt, own)
    return receipt
  }

  private func count(_ sql: String, _ arguments: [Cell] = []) throws -> Int {
    Int(try archive.cell(sql, arguments).integer ?? 0)
  }

  private func addTimes(_ receipt: inout Receipt, _ own: [Cell]) throws {
    let row = try archive.rows(
      """
      SELECT strftime('%Y-%m-%d', min(t.first_ms) / 1000, 'unixepoch'),
        strftime('%Y-%m-%d', max(t.last_ms) / 1000, 'unixepoch')
      FROM thread t WHERE t.source_id IN (SELECT source_id FROM file WHERE import_id = ?)
      """, own
    ).first
    receipt.firstMessageAt = row?[0].text
    receipt.lastMessageAt = row?[1].text
    receipt.missingMedia = try count("SELECT count(*) FROM attachment WHERE state = 'missing'")
    receipt.omittedMedia = try count("SELECT count(*) FROM attachment WHERE state = 'omitted'")
  }

  private func addProblems(_ receipt: inout Receipt, _ own: [Cell]) throws {
    for row in try archive.rows(
      "SELECT path, reason FROM file WHERE import_id = ? AND outcome = 'failed' ORDER BY path", own)
    {
      receipt.failures.append(
        Receipt.Problem(path: row[0].text ?? "", reason: row[1].text ?? "it could not be read"))
    }
    receipt.hasWrongKey = receipt.failures.contains {
      $0.reason == LockedFile.wrongKey.description
    }
    for row in try archive.rows(
      "SELECT reason FROM issue WHERE import_id = ? AND gravity = 'lost' ORDER BY id", own)
    {
      receipt.failures.append(Receipt.Problem(path: "", reason: row[0].text ?? ""))
    }
    for row in try archive.rows(
      """
      SELECT min(f.path), i.reason, i.gravity, i.place FROM issue i JOIN file f ON f.source_id = i.source_id
      WHERE f.import_id = ? AND i.gravity <> 'note' GROUP BY i.id ORDER BY i.id LIMIT 200
      """, own)
    {
      let place = row[3].integer.map { " (at byte \($0))" } ?? ""
      let problem = Receipt.Problem(path: row[0].text ?? "", reason: (row[1].text ?? "") + place)
      receipt.mended.append(problem)
    }
    for row in try archive.rows(
      """
      SELECT i.reason, count(DISTINCT i.source_id) FROM issue i JOIN file f ON f.source_id = i.source_id
      WHERE f.import_id = ? AND i.gravity = 'note' GROUP BY i.reason ORDER BY 2 DESC, 1 LIMIT 50
      """, own)
    {
      receipt.readings[row[0].text ?? ""] = Int(row[1].integer ?? 0)
    }
    for row in try archive.rows(
      """
      SELECT reason, count(*) FROM file WHERE import_id = ? AND outcome = 'kept'
      GROUP BY reason ORDER BY reason
      """, own)
    {
      receipt.notRead[row[0].text ?? "not known"] = Int(row[1].integer ?? 0)
    }
  }

  private func addAdvice(_ receipt: inout Receipt, _ own: [Cell]) throws {
    receipt.advice += try Completeness(archive: archive, importID: importID).advice()
    if receipt.missingMedia > 0 {
      receipt.advice.append(
        "\(receipt.missingMedia) media files are named by messages but are in no part. If the download came in several parts, import the others too."
      )
    }
    if receipt.omittedMedia > 0 {
      receipt.advice.append(
        "\(receipt.omittedMedia) media files were left out by WhatsApp. Export those chats again with media."
      )
    }
    let hasCutover = try count(
      """
      SELECT count(*) FROM file WHERE import_id = ? AND path LIKE '%e2ee_cutover/%'
        AND outcome = 'read'
      """, own)
    let hasEncrypted = try count(
      "SELECT count(*) FROM source WHERE importer = 'messenger-encrypted' AND outcome = 'read'")
    if hasCutover > 0, hasEncrypted == 0 {
      receipt.advice.append(
        "\(hasCutover) chats go on end-to-end encrypted, in another download: messenger.com, Privacy & safety, End-to-end encrypted chats, Message storage, Download secure storage data."
      )
    }
  }
}
