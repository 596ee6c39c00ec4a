import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// An account rendered in every build of Meta's pages and every language comes back whole, and is
/// one with its JSON.
@Suite struct PageFormTests {
  /// The messages of an archive as lines, to be compared.
  private func messages(_ folder: String, withMilliseconds: Bool = false) throws -> [String] {
    try ArchiveDatabase.openForReading(folder).rows(
      """
      SELECT coalesce(m.sender, ''), coalesce(m.text, ''), m.sent_at_ms,
        (SELECT group_concat(a.file_name) FROM attachment a WHERE a.message_id = m.id),
        (SELECT group_concat(r.reaction || r.actor) FROM reaction r WHERE r.message_id = m.id)
      FROM messages m
      """
    ).map { row in
      let time = row[2].integer ?? 0
      return line(
        row[0].text ?? "", row[1].text ?? "", withMilliseconds ? time : time / 60_000, row[3].text,
        row[4].text)
    }.sorted()
  }

  private func line(
    _ sender: String, _ text: String, _ time: Int64, _ file: String?, _ reaction: String?
  ) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return [sender, words, String(time), file ?? "-", reaction ?? "-"].joined(separator: "|")
  }

  private func expected(
    _ account: InventedAccount, withReactions: Bool = true, withMilliseconds: Bool = false
  ) -> [String] {
    account.threads.flatMap(\.messages).map { message in
      line(
        message.sender, message.text ?? "",
        withMilliseconds ? message.time : message.time / 60_000,
        message.photo?.split(separator: "/").last.map(String.init),
        withReactions ? message.reaction.map { $0.sign + $0.actor } : nil)
    }.sorted()
  }

  private func importing(_ downloads: [String], into folder: String) throws -> Receipt {
    var options = ImportOptions()
    options.timezone = "Asia/Amman"
    let archive = SocialArchive(folder: folder)
    var receipt: Receipt?
    for download in downloads {
      receipt = try archive.importDownloads([download], options: options)
    }
    return try #require(receipt)
  }

  @Test(arguments: PageGeneration.allCases, PageDates.modern)
  func everyBuildAndLanguageComesBack(_ generation: PageGeneration, _ dates: PageDates) throws {
    let account = InventedAccount(threads: 10, messages: 14)
    try TestFolders.withScratch { scratch in
      try account.writePages(generation, dates, to: scratch + "/pages")
      let receipt = try importing([scratch + "/pages"], into: scratch + "/archive")
      #expect(receipt.failures.isEmpty, "\(receipt.failures)")
      let hasReactions = generation != .onePage && generation != .numbered
      #expect(
        try messages(scratch + "/archive") == expected(account, withReactions: hasReactions))
    }
  }

  /// The same at size, where `ARCHIVE_PAGE_THREADS` says how many threads.
  @Test(
    .enabled(if: PageFormTests.threads != nil),
    arguments: zip(
      PageGeneration.allCases, [PageDates.modern[0]] + PageDates.modern.suffix(6)))
  func largeAccountsComeBack(_ generation: PageGeneration, _ dates: PageDates) throws {
    let account = InventedAccount(threads: try #require(PageFormTests.threads), messages: 14)
    try TestFolders.withScratch { scratch in
      try account.writePages(generation, dates, to: scratch + "/pages")
      let hasReactions = generation != .onePage && generation != .numbered
      if hasReactions { try account.writeJSON(to: scratch + "/data") }
      _ = try importing([scratch + "/pages"], into: scratch + "/archive")
      #expect(
        try messages(scratch + "/archive") == expected(account, withReactions: hasReactions))
      guard hasReactions else { return }
      _ = try importing([scratch + "/data"], into: scratch + "/archive")
      #expect(
        try messages(scratch + "/archive", withMilliseconds: true)
          == expected(account, withMilliseconds: true))
    }
  }

  /// A message whose time cannot be read is said, and its words are not another's.
  @Test(arguments: [PageGeneration.onePage, .boxes, .headings, .sections, .unknown])
  func unreadableTimesAreSaid(_ generation: PageGeneration) throws {
    let account = InventedAccount(threads: 1, messages: 14)
    try TestFolders.withScratch { scratch in
      try account.writePages(generation, PageDates.modern[0], to: scratch + "/pages")
      let files = FileManager.default.enumerator(atPath: scratch + "/pages")
      let path = try #require(
        files?.compactMap { $0 as? String }.first { $0.contains("message") && $0.contains(".htm") })
      let page = URL(fileURLWithPath: "\(scratch)/pages/\(path)")
      var text = try String(contentsOf: page, encoding: .utf8)
      let time = PageDates.modern[0].text(account.threads[0].messages[7].time, hours: -8)
      text.replace(time, with: "some time ago")
      try Data(text.utf8).write(to: page)
      let lost = account.threads[0].messages.count {
        PageDates.modern[0].text($0.time, hours: -8) == time
      }
      let receipt = try importing([scratch + "/pages"], into: scratch + "/archive")
      #expect(receipt.recordsLost == lost)
      #expect(receipt.totalMessages == 14 - lost)
      let words = try messages(scratch + "/archive")
      #expect(
        words.allSatisfy { expected(account, withReactions: generation != .onePage).contains($0) })
    }
  }

  private static let threads =
    ProcessInfo.processInfo.environment["ARCHIVE_PAGE_THREADS"].flatMap(Int.init)

  /// Pages and JSON, in either order: the JSON's messages, each with two sightings.
  @Test(arguments: [PageGeneration.boxes, .headings, .sections, .unknown], [-8, 3])
  func pagesAndDataAreOne(_ generation: PageGeneration, _ hours: Int) throws {
    let account = InventedAccount(threads: 10, messages: 14)
    try TestFolders.withScratch { scratch in
      try account.writePages(generation, PageDates.modern[0], hours: hours, to: scratch + "/pages")
      try account.writeJSON(to: scratch + "/data")
      var dumps: Set<String> = []
      for order in [["/pages", "/data"], ["/data", "/pages"]] {
        let folder = scratch + "/archive\(dumps.count)"
        _ = try importing(order.map { scratch + $0 }, into: folder)
        #expect(
          try messages(folder, withMilliseconds: true)
            == expected(account, withMilliseconds: true))
        let counts = try ArchiveDatabase.openForReading(folder).rows(
          "SELECT DISTINCT sighting_count FROM messages")
        #expect(counts == [[.integer(2)]])
        dumps.insert(try Captured.dump(folder))
      }
      #expect(dumps.count == 1)
    }
  }
}
