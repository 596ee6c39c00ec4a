import Foundation
import SocialArchive
import TestSupport
import Testing

/// The report on one's account, which has no messages.
@Suite struct ReportTests {
  @Test func contactsAndGroups() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let folder = scratch + "/My account info/whatsapp_connections"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (name, text) in [
        (
          "contacts.json",
          #"{"wa_contacts": ["962791234567", {"phone_number": "+962 7 9999 9999"}]}"#
        ),
        ("groups.json", #"{"wa_groups": [{"subject": "Cake friends"}, "Suppliers"]}"#),
        (
          "../registration_information.json",
          #"{"wa_registration_info": {"phone_number": "+962 79 000 0000", "platform": "smba"}}"#
        ),
        ("../index.html", "<html></html>"),
      ] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
      }
      let receipt = try SocialArchive(folder: archive.folder).importDownloads(
        [scratch + "/My account info"])
      #expect(receipt.files == ["read": 3, "kept": 1])
      #expect(
        try archive.rows("SELECT kind, name FROM records ORDER BY kind, name") == [
          "contact|-", "contact|-", "group|Cake friends", "group|Suppliers", "profile|-",
        ])
      #expect(
        try archive.rows("SELECT value FROM contact_points ORDER BY value") == [
          "+962791234567", "+962799999999",
        ])
    }
  }
}
