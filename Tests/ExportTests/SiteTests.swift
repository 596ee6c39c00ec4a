import Foundation
import SocialArchive
import TestSupport
import Testing

/// The static site, in a browser and by its bytes.
@Suite struct SiteTests {
  private static let hostile = [
    "<script>document.title='owned'</script>", "<img src=http://x.example/a.png onerror=alert(1)>",
    "javascript:alert(1)", "https://x.example/\"onmouseover=\"alert(1)", "</div></body><h1>out",
    "&lt;b&gt;", "\u{202E}txt.exe", "see https://x.example/?a=1&b=2 there",
  ]

  private func withSite(
    _ people: [HostileShop.Person], _ body: (String, SiteResult) throws -> Void
  ) throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(people, in: scratch)
      let result = try archive.exportSite(
        ExportSelection(), to: scratch + "/site", replaces: false)
      try body(scratch + "/site", result)
    }
  }

  private func pages(_ site: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: site).filter { $0.hasSuffix(".html") }
      .sorted()
  }

  @Test func everythingIsThereAndHarmless() throws {
    let names = HostileShop.names.map { HostileShop.Person(name: $0, says: ["hello from " + $0]) }
    let hostile = Self.hostile.map { HostileShop.Person(name: $0, says: [$0]) }
    try withSite(names + hostile) { site, result in
      #expect(result.conversations == names.count + hostile.count)
      #expect(result.customers == result.conversations)
      var all = ""
      for page in try pages(site) {
        let text = try String(contentsOfFile: site + "/" + page, encoding: .utf8)
        all += text
        #expect(!text.contains("<script") && !text.contains("<img src=http"))
        // Nothing is loaded from outside: only links that somebody must follow lead there.
        #expect(!text.contains("src=\"http") && !text.contains("href=\"javascript"))
        #expect(text.components(separatedBy: "<body>").count == 2)
        #expect(text.components(separatedBy: "<h1>").count == 2)
      }
      for person in names {
        #expect(all.contains("hello from"));
        #expect(all.contains(person.name.replacingOccurrences(of: "'", with: "&#39;")))
      }
      #expect(all.contains("href=\"https://x.example/?a=1&amp;b=2\""))
      #expect(!all.contains("\u{202E}"))
    }
  }

  @Test func longConversationsHavePages() throws {
    let says = (0..<1_201).map { "message number \($0)" }
    try withSite([HostileShop.Person(name: "رانيا حداد", says: says)]) { site, result in
      #expect(result.messages == 1_201)
      let transcripts = try pages(site).filter { $0.hasPrefix("conversations/") }
      #expect(transcripts.count == 3)
      let texts = try transcripts.map {
        try String(contentsOfFile: site + "/" + $0, encoding: .utf8)
      }
      #expect(
        texts.map { $0.components(separatedBy: "<div class=\"message\"").count - 1 } == [
          500, 500, 201,
        ])
      #expect(texts[1].contains("message number 500<") && texts[2].contains("message number 1200<"))
      let next = try #require(transcripts[1].split(separator: "/").last)
      #expect(texts[0].contains("<a href=\"\(next)\">→</a>"))
    }
  }

  @Test func mediaStandBesideThePages() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads([TestFolders.samples + "/whatsapp/iphone_ar_dresses/download"]
      )
      let result = try archive.exportSite(
        ExportSelection(), to: scratch + "/site", replaces: false)
      let media = try FileManager.default.contentsOfDirectory(atPath: scratch + "/site/media")
      #expect(result.files > 0 && !media.isEmpty)
      let text = try pages(scratch + "/site").map {
        try String(contentsOfFile: scratch + "/site/" + $0, encoding: .utf8)
      }.joined()
      for name in media { #expect(text.contains("../media/\(name)")) }
      #expect(text.contains("<html dir=\"rtl\">"))
    }
  }

  /// Arabic, Greek, Hebrew and English in a browser: the direction is right, nothing is loaded from
  /// outside, and no error is said.
  @Test(.enabled(if: OutsideReader.browser != nil)) func aBrowserShowsIt() throws {
    let people = [
      ("رانيا حداد", "مرحبا، بدي كعكة", "rtl"), ("עדי לוי", "שלום, אני רוצה עוגה", "rtl"),
      ("Ελένη Μαρκάκη", "γεια σας, θέλω μια τούρτα", "ltr"), ("Dana", "hi, a cake please", "ltr"),
    ]
    let talk = people.map {
      HostileShop.Person(name: $0.0, says: [$0.1, $0.1, $0.1] + Self.hostile.prefix(2))
    }
    try withSite(talk) { site, _ in
      let scratch = (site as NSString).deletingLastPathComponent
      let log = scratch + "/net.json"
      for page in try pages(site) {
        let output = try OutsideReader.run(
          OutsideReader.browser ?? "",
          [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--log-net-log=\(log)", "--user-data-dir=\(scratch)/browser", "--dump-dom",
            "file://\(site)/\(page)",
          ])
        let shown = String(decoding: output, as: UTF8.self)
        #expect(!shown.contains("<title>owned"))
        let requests = try String(contentsOfFile: log, encoding: .utf8)
        #expect(!requests.contains("x.example"))
        guard page.hasPrefix("conversations/") else { continue }
        let person = try #require(people.first { shown.contains($0.1) })
        #expect(shown.contains("<html dir=\"\(person.2)\">"))
      }
    }
  }
}
