import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// The query language: fields, dates, alternatives, and whatever people type by mistake.
@Suite struct QueryTests {
  /// Three conversations of a shop with photos, edits and two years.
  private static func makeArchive(in folder: String) throws -> SocialArchive {
    func message(_ sender: String, _ day: String, _ text: String?, photo: String? = nil) throws
      -> [String: Any]
    {
      let time = try Date(day + "T12:00:00Z", strategy: .iso8601)
      var message: [String: Any] = [
        "sender_name": sender, "timestamp_ms": Int(time.timeIntervalSince1970) * 1_000,
      ]
      message["content"] = text
      if let photo { message["photos"] = [["uri": "photos/\(photo)"]] }
      return message
    }
    let threads: [(String, [[String: Any]])] = [
      (
        "Rania Haddad",
        [
          try message("Rania Haddad", "2021-03-05", "Two chocolate cakes please, 079-155 0134"),
          try message("Shop", "2021-03-06", "The cakes are ready"),
          try message("Rania Haddad", "2022-01-10", nil, photo: "garden plan.jpg"),
        ]
      ),
      (
        "رنا سالم",
        [
          try message("رنا سالم", "2022-05-01", "بدي كيكة شوكولاتة للخميس"),
          try message("Shop", "2022-05-02", "الكيكة جاهزة"),
        ]
      ),
      ("Bob Miller", [try message("Bob Miller", "2022-07-07", "Is the vanilla torte fresh?")]),
    ]
    for (number, thread) in threads.enumerated() {
      let object: [String: Any] = [
        "participants": [["name": thread.0], ["name": "Shop"]], "title": thread.0,
        "messages": Array(thread.1.reversed()),
      ]
      let path = "\(folder)/d/your_facebook_activity/messages/inbox/c_\(200_000 + number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try JSONSerialization.data(withJSONObject: object).write(
        to: URL(fileURLWithPath: path + "/message_1.json"))
    }
    let archive = SocialArchive(folder: folder + "/archive")
    var options = ImportOptions()
    options.ownerName = "Shop"
    _ = try archive.importDownloads([folder + "/d"], options: options)
    return archive
  }

  @Test func fieldsNarrow() throws {
    try TestFolders.withScratch { scratch in
      let archive = try QueryTests.makeArchive(in: scratch)
      let expected: [(String, Int)] = [
        ("cakes", 2), ("cake from:rania", 1), ("cake is:mine", 1), ("from:rania", 2),
        ("cake -from:rania", 1), ("to:rania", 1), ("has:photo", 1), ("garden", 1),
        ("before:2022", 2), ("after:2022", 4), ("on:2022-05", 2), ("on:5/3/2021", 1),
        ("after:2022-05-02 before:2022-07", 1), ("platform:whatsapp", 0), ("in:bob", 1),
        ("cake OR torte", 3), ("cake | torte", 3), ("-cake", 4), ("torte OR -cakes", 4),
        ("torte OR -cakes in:bob", 1), ("-cake OR -ready", 5), ("!!!", 0), ("€", 0),
        ("before:60y", 0), ("after:2021-10-9223372036854775807", 0),
        ("from:rania OR from:bob", 3), ("on:2021 on:2022-07", 3), ("RR0791550134CN", 0),
        ("(079) 155-0134", 1), ("\"call 079-155 0134\"", 0), ("cho*", 1), ("\"the cakes\"", 1),
        ("\"cakes the\"", 0), ("0791550134", 1), ("079 155 0134", 1), ("+0791550134", 1),
        ("from:rania haddad cake", 1), ("from:rania cake", 1), ("من:رنا", 1),
        ("كيك قبل:2022-05-02", 1), ("από:rania", 2), ("מאת:rania", 2),
        ("لديه", 0), ("kind:media", 1), ("customer:rania", 3), ("-kind:media", 5),
        // What no field can mean is text.
        ("from:", 0), ("before:never", 0), ("has:cakes", 0), ("on:cakes", 0), ("is:", 1),
        ("http://x", 0),
      ]
      for (query, count) in expected {
        let found = try archive.search(SearchRequest(query: query)).messages.count
        #expect(found == count, "\(query): \(found)")
      }
      let customers = try archive.search(SearchRequest(query: "kind:customer haddad")).customers
      #expect(customers.map(\.name) == ["Rania Haddad"])
    }
  }

  @Test func ranksShowsAndCounts() throws {
    try TestFolders.withScratch { scratch in
      let archive = try QueryTests.makeArchive(in: scratch)
      var request = SearchRequest(query: "cakes")
      request.isByRelevance = true
      request.context = 1
      let found = try archive.search(request).messages
      #expect(
        found.map(\.text) == [
          "The cakes are ready", "Two chocolate cakes please, 079-155 0134",
        ])
      #expect(found[0].before.map(\.text) == ["Two chocolate cakes please, 079-155 0134"])
      #expect(found[0].snippet.filter(\.isHit).map(\.text) == ["cakes"])
      let counts = try archive.searchCounts(SearchRequest(query: "cake OR كيكة"), by: "year")
      #expect(counts.map(\.name) == ["2021", "2022"])
      #expect(counts.map(\.count) == [2, 2])
      let nearest = try archive.nearestWords(SearchRequest(query: "choclate"))
      #expect(nearest.map(\.nearest) == [["chocolate"]])
      var phone = SearchRequest(query: "0791550134")
      phone.limit = 1
      let snippet = try archive.search(phone).messages[0].snippet
      #expect(snippet.filter(\.isHit).map(\.text) == ["079", "155", "0134"])
    }
  }

  /// `ARCHIVE_MUTATIONS` sets how many queries are tried.
  @Test func takesAnyQuery() throws {
    try TestFolders.withScratch { scratch in
      let archive = try QueryTests.makeArchive(in: scratch)
      let rounds = Int(ProcessInfo.processInfo.environment["ARCHIVE_MUTATIONS"] ?? "") ?? 2_000
      var numbers = SeededNumbers(seed: 7)
      let pieces = [
        "\"", "*", "^", "NEAR(", ")", "(", "-", "--", ":", "OR", "AND", "NOT", "|", "+", "'", ";",
        "cake", "كيكة", "кофе", "from:", "before:60y", "before:2021-10-99999999999999999999",
        "on:x", "has:photo", "-has:", "\u{0}",
        "\u{1F44D}\u{1F3FD}", "\u{202E}", "中文", "ไทย", "e\u{301}", "\\", "%", "_", "DROP TABLE",
        "0791550134", "+962 7", "{", "}", "#1", "@x", "a*", "**", "“", "”", " ", "\t", "\n",
      ]
      for _ in 0..<rounds {
        var query = ""
        for _ in 0..<Int.random(in: 0..<12, using: &numbers) {
          query +=
            pieces[Int.random(in: 0..<pieces.count, using: &numbers)]
            + (Int.random(in: 0..<2, using: &numbers) == 0 ? " " : "")
        }
        var request = SearchRequest(query: query)
        request.isByRelevance = Int.random(in: 0..<2, using: &numbers) == 0
        request.limit = 3
        _ = try archive.search(request)
      }
      let long = String(repeating: "cake* ", count: 3_000)
      _ = try archive.search(SearchRequest(query: long))
    }
  }
}
