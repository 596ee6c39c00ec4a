import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// One suite over catalog x samples: what each sample's download becomes is what is written by
/// hand beside it.
@Suite struct SampleTests {
  @Test(arguments: try TestFolders.sampleNames())
  func importsAsExpected(_ sample: String) throws {
    let folder = "\(TestFolders.samples)/\(sample)"
    let expected = try Expected.read(folder + "/expected.json")
    try TestFolders.withScratch { scratch in
      let receipt = try SampleImport.run(["\(folder)/download"], expected, into: scratch)
      #expect(receipt.failures.isEmpty)
      try SampleCheck(scratch).compare(expected)
    }
  }

  /// Data and pages of one account, in either order: the data's messages, each seen twice.
  @Test(arguments: ["facebook/bakery_en_inbox_and_group", "instagram/cakes_ar_inbox"])
  func unitesDataAndPages(_ sample: String) throws {
    let folder = "\(TestFolders.samples)/\(sample)"
    let expected = try Expected.read(folder + "/expected.json").withoutFiles
    let downloads = ["\(folder)/download", "\(folder)_pages/download"]
    for order in [downloads, downloads.reversed()] {
      try TestFolders.withScratch { scratch in
        for download in order { _ = try SampleImport.run([download], expected, into: scratch) }
        try SampleCheck(scratch).compare(expected)
        let counts = try ArchiveDatabase.openForReading(scratch).rows(
          "SELECT DISTINCT sighting_count FROM messages")
        #expect(counts == [[.integer(2)]])
      }
    }
  }

  /// Lists as data and as pages: a record of both is one, with the more exact time.
  @Test func unitesRecordsOfDataAndPages() throws {
    let folder = "\(TestFolders.samples)/instagram/cakes_ar_records"
    let expected = try Expected.read(folder + "/expected.json")
    let downloads = ["\(folder)/download", "\(folder)_pages/download"]
    for order in [downloads, downloads.reversed()] {
      try TestFolders.withScratch { scratch in
        for download in order { _ = try SampleImport.run([download], expected, into: scratch) }
        let kinds = try ArchiveDatabase.openForReading(scratch).rows(
          """
          SELECT kind || ' ' || count(*) FROM records
          WHERE kind IN ('comment', 'follower', 'following', 'friend') GROUP BY kind ORDER BY kind
          """)
        #expect(
          kinds.compactMap { $0[0].text } == ["comment 1", "follower 2", "following 1", "friend 1"])
        let times = try ArchiveDatabase.openForReading(scratch).rows(
          "SELECT happened_at FROM records WHERE kind = 'following'")
        #expect(times == [[.text("2023-07-22T04:26:40.000Z")]])
      }
    }
  }

  @Test func unitesOverlappingExports() throws {
    let folder = TestFolders.samples + "/whatsapp"
    let expected = try Expected.read(folder + "/union_android_en_cakes.json")
    let downloads = ["android_en_cakes", "android_en_cakes_later"].map {
      "\(folder)/\($0)/download"
    }
    for order in [downloads, downloads.reversed()] {
      try TestFolders.withScratch { scratch in
        for download in order { _ = try SampleImport.run([download], expected, into: scratch) }
        try SampleCheck(scratch).compare(expected)
      }
    }
  }
}

enum SampleImport {
  static func run(_ paths: [String], _ expected: Expected, into folder: String) throws -> Receipt {
    var options = ImportOptions()
    options.region = expected.settings["region"]
    options.timezone = expected.settings["timezone"]
    return try SocialArchive(folder: folder).importDownloads(paths, options: options)
  }
}

/// Compares an archive with what is expected of it.
struct SampleCheck {
  private let archive: ArchiveDatabase

  init(_ folder: String) throws { archive = try ArchiveDatabase.openForReading(folder) }

  func compare(_ expected: Expected) throws {
    if let files = expected.files { try compare(files: files) }
    if let records = expected.records { try compare(records: records) }
    if let contacts = expected.contacts {
      let found = try archive.rows(
        "SELECT kind || ' ' || value FROM contact_points WHERE profile_id IS NULL ORDER BY 1")
      #expect(found.compactMap { $0[0].text } == contacts)
    }
    let found = try archive.rows("SELECT id, title, kind FROM conversations ORDER BY id")
    #expect(found.count == expected.conversations.count)
    for conversation in expected.conversations {
      let matches = found.filter { $0[1].text == conversation.title }
      #expect(matches.count == 1, "one conversation is called \(conversation.title)")
      guard let match = matches.first, let id = match[0].integer else { continue }
      #expect(match[2].text == conversation.kind, "\(conversation.title)")
      try compare(conversation, id)
    }
  }

  private func compare(records: [Expected.Record]) throws {
    let found = try archive.rows(
      "SELECT kind, name, text, happened_at, amount, currency FROM records"
    ).map { row in
      Expected.Record(
        kind: row[0].text ?? "", name: row[1].text, text: row[2].text, happened_at: row[3].text,
        amount: row[4].text, currency: row[5].text)
    }
    #expect(found.sorted() == records.sorted())
  }

  private func compare(files: [String: String]) throws {
    var found: [String: String] = [:]
    for row in try archive.rows("SELECT path, outcome FROM files") {
      found[row[0].text ?? ""] = row[1].text
    }
    #expect(found == files)
  }

  private func compare(_ expected: Expected.Conversation, _ id: Int64) throws {
    let rows = try archive.rows(
      """
      SELECT sender, is_owner, sent_at, time_precision, kind, text, is_edited, is_deleted, id
      FROM messages WHERE conversation_id = ? ORDER BY sent_at_ms, id
      """, [.integer(id)])
    #expect(rows.count == expected.messages.count, "\(expected.title)")
    for (row, message) in zip(rows, expected.messages) {
      let key = row[8].integer ?? 0
      let attachments = try archive.rows(
        "SELECT kind, file_name, state FROM attachment WHERE message_id = ? ORDER BY position",
        [.integer(key)]
      ).map {
        Expected.Attachment(
          kind: $0[0].text ?? "", file_name: $0[1].text, state: $0[2].text ?? "")
      }
      let reactions = try archive.rows(
        "SELECT actor, reaction FROM reaction WHERE message_id = ? ORDER BY position",
        [.integer(key)]
      ).map { Expected.Reaction(actor: $0[0].text ?? "", reaction: $0[1].text ?? "") }
      let found = Expected.Message(
        sender: row[0].text, is_owner: row[1].integer == 1, sent_at: row[2].text ?? "",
        time_precision: row[3].text ?? "", kind: row[4].text ?? "", text: row[5].text,
        is_edited: row[6].integer == 1 ? true : nil, is_deleted: row[7].integer == 1 ? true : nil,
        attachments: attachments.isEmpty ? nil : attachments,
        reactions: reactions.isEmpty ? nil : reactions)
      #expect(found == message)
    }
  }
}
