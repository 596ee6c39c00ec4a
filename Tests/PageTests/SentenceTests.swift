import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// What the apps write is told from what people write, in every language of the table.
@Suite struct SentenceTests {
  private static let owner = "Rana Shop"

  @Test(arguments: [
    ("Dana Khoury", "Dana sent an attachment.", "unavailable"),
    ("Rana Shop", "You called Dana.", "call"),
    ("Dana Khoury", "Dana Khoury added Bob Miller to the group.", "system"),
    ("Dana Khoury", "Reacted ❤ to your message ", "reaction"),
    ("Rana Shop", "You marked the listing as Sold.", "marketplace"),
    ("Ελένη Παππά", "Η Ελένη έστειλε ένα συνημμένο.", "unavailable"),
    ("Ελένη Παππά", "Ο/Η Ελένη Παππά πρόσθεσε Νίκος στην ομάδα.", "system"),
    ("رانيا حداد", "أرسلت رانيا مرفقًا.", "unavailable"),
    ("رانيا حداد", "غادرت رانيا المجموعة.", "system"),
    ("נועה לוי", "נועה שלחה קובץ מצורף.", "unavailable"),
    ("נועה לוי", "שיחת הווידאו הסתיימה.", "call"),
    ("Ayşe Yılmaz", "Ayşe bir ek gönderdi.", "unavailable"),
    ("Ayşe Yılmaz", "Ayşe gruptan ayrıldı.", "system"),
    ("José Núñez", "José marcó este artículo como vendido.", "marketplace"),
    ("José Núñez", "Enviaste un adjunto.", "unavailable"),
    // People's words.
    ("Dana Khoury", "I added two cakes to my order", "text"),
    ("Dana Khoury", "You called my sister.", "text"),
    ("Dana Khoury", "You sold me a broken cake.", "text"),
    ("Dana Khoury", "Bob sent an attachment.", "text"),
    ("Dana Khoury", "Dana sent an attachment. Did you see it?", "text"),
    ("رانيا حداد", "أرسلت لك صورة.", "text"),
    ("Ελένη Παππά", "Η μαμά έστειλε ένα συνημμένο.", "text"),
    ("נועה לוי", "שלחתי לך תמונה.", "text"),
  ])
  func tellsAppsFromPeople(_ sender: String, _ content: String, _ kind: String) throws {
    try TestFolders.withScratch { scratch in
      let message: [String: Any] = [
        "sender_name": sender, "timestamp_ms": 1_700_000_000_000, "content": content,
      ]
      try SentenceTests.write([message], sender: sender, to: scratch + "/download")
      _ = try SocialArchive(folder: scratch + "/archive").importDownloads([scratch + "/download"])
      let found = try ArchiveDatabase.openForReading(scratch + "/archive").rows(
        "SELECT kind FROM messages")
      #expect(found == [[.text(kind)]], "\(content)")
    }
  }

  /// In a language of no table, only what stands beside a file and begins with the sender's name.
  @Test(arguments: [
    ("Anna lähetti liitteen.", true, "NULL"),
    ("Anna lähetti liitteen.", false, "Anna lähetti liitteen."),
    ("Liite on tässä.", true, "Liite on tässä."),
    ("Anna osti kakun. Tässä kuva.", true, "Anna osti kakun. Tässä kuva."),
  ])
  func guessesOnlyBesideFiles(_ content: String, _ hasPhoto: Bool, _ text: String) throws {
    try TestFolders.withScratch { scratch in
      var message: [String: Any] = [
        "sender_name": "Anna Virtanen", "timestamp_ms": 1_700_000_000_000, "content": content,
      ]
      if hasPhoto { message["photos"] = [["uri": "photos/1.jpg"]] }
      try SentenceTests.write([message], sender: "Anna Virtanen", to: scratch + "/download")
      let receipt = try SocialArchive(folder: scratch + "/archive").importDownloads([
        scratch + "/download"
      ])
      let found = try ArchiveDatabase.openForReading(scratch + "/archive").rows(
        "SELECT coalesce(text, 'NULL') FROM messages")
      #expect(found == [[.text(text)]])
      let says = receipt.mended.contains { $0.reason.contains("a language that no table has") }
      #expect(says == (text == "NULL"))
    }
  }

  private static func write(_ messages: [[String: Any]], sender: String, to folder: String) throws {
    let thread: [String: Any] = [
      "participants": [["name": sender], ["name": "Dana Khoury"], ["name": owner]],
      "title": sender, "messages": messages,
    ]
    let file = folder + "/your_facebook_activity/messages/inbox/x_123456/message_1.json"
    let url = URL(fileURLWithPath: file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try JSONSerialization.data(withJSONObject: thread).write(to: url)
  }
}
