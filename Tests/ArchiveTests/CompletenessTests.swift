import Foundation
import SocialArchive
import TestSupport
import Testing

/// A receipt says what its downloads leave out.
@Suite struct CompletenessTests {
  private func thread(_ time: Int) -> String {
    """
    {"participants":[{"name":"Dana"},{"name":"Rana Shop"}],"messages":[{"sender_name":"Dana",\
    "timestamp_ms":\(time),"content":"hi"}],"title":"Dana"}
    """
  }

  @Test func namesMissingPartsAndDates() throws {
    try TestFolders.withScratch { scratch in
      for part in [1, 3] {
        var zip = ZipMaker()
        zip.add(
          "your_facebook_activity/messages/inbox/dana_12345\(part)/message_1.json",
          thread(1_700_000_000_000 + part))
        if part == 1 {
          zip.add(
            "personal_information/profile_information/profile_information.json",
            #"{"profile_v2":{"name":{"full_name":"Rana Shop"},"registration_timestamp":1300000000}}"#
          )
        }
        try zip.write(to: "\(scratch)/facebook-rana-2024-\(part).zip")
      }
      var pages = ZipMaker()
      pages.add(
        "your_instagram_activity/messages/inbox/ana_1234567/message_1.html",
        """
        <html><body><header><h1>Ana</h1><aside>Contains data from <time datetime="2025-08-11T00:00Z">\
        a</time> to <time datetime="2026-08-11T00:00Z">b</time></aside></header><main><div>\
        <h2>Ana</h2><div><div>hello</div></div><div>Aug 10, 2026 6:32 pm</div></div></main></body></html>
        """)
      try pages.write(to: scratch + "/instagram-rana-2026-08-11-abc.zip")
      let receipt = try SocialArchive(folder: scratch + "/archive")
        .importDownloads(
          ["facebook-rana-2024-1", "facebook-rana-2024-3", "instagram-rana-2026-08-11-abc"]
            .map { "\(scratch)/\($0).zip" })
      let advice = receipt.advice.joined(separator: "\n")
      #expect(advice.contains("facebook-rana-2024: part 2 of at least 3 is not here."))
      #expect(advice.contains("between 2025-08-11 and 2026-08-11"))
      #expect(
        advice.contains(
          "The account Rana Shop is from 2011-03-13, its oldest message from 2023-11-14"))
    }
  }
}
