import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// A setting that is given later counts as if it had been given at first.
@Suite struct SettingsTests {
  private func dump(first: ImportOptions, then change: (SocialArchive) throws -> Void) throws
    -> String
  {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      let samples = TestFolders.samples + "/whatsapp"
      _ = try archive.importDownloads(
        ["\(samples)/android_en_cakes/download", "\(samples)/iphone_el_shop/download"],
        options: first)
      try change(archive)
      return try Captured.dump(archive.folder)
    }
  }

  private func options(timezone: String, region: String? = "JO", owner: String? = nil)
    -> ImportOptions
  {
    var options = ImportOptions()
    options.timezone = timezone
    options.region = region
    options.ownerName = owner
    return options
  }

  @Test func timezoneInterpretsAnew() throws {
    let direct = try dump(first: options(timezone: "Europe/Athens"), then: { _ in })
    let later = try dump(first: options(timezone: "Asia/Tokyo")) {
      try $0.set("timezone", "Europe/Athens")
    }
    #expect(direct == later)
    #expect(direct.contains("\"time_basis\":1"))
  }

  @Test func regionInterpretsAnew() throws {
    let direct = try dump(first: options(timezone: "Asia/Amman"), then: { _ in })
    let later = try dump(first: options(timezone: "Asia/Amman", region: nil)) {
      try $0.set("region", "JO")
    }
    #expect(direct == later)
  }

  @Test func ownerInterpretsAnew() throws {
    let name = "Dana Khoury"
    let direct = try dump(first: options(timezone: "Asia/Amman", owner: name), then: { _ in })
    let later = try dump(first: options(timezone: "Asia/Amman")) { try $0.set("owner", name) }
    #expect(direct == later)
  }

  /// What cannot be read again stays as it is, and somebody says so.
  @Test func aMissingOriginalCostsNoMessage() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads(
        [TestFolders.samples + "/whatsapp/android_en_cakes/download"],
        options: options(timezone: "Asia/Amman"))
      func count() throws -> Int64? {
        try ArchiveDatabase.openForReading(archive.folder).cell("SELECT count(*) FROM messages")
          .integer
      }
      let before = try count()
      let objects = archive.folder + "/objects"
      for name in try FileManager.default.subpathsOfDirectory(atPath: objects)
      where name.utf8.count > 60 {
        try FileManager.default.removeItem(atPath: objects + "/" + name)
      }
      #expect(try archive.set("region", "GR") == 1)
      #expect(try archive.set("date-order", "month/day/year") == 1)
      #expect(try count() == before && before ?? 0 > 0)
      let issues = try ArchiveDatabase.openForReading(archive.folder).rows(
        "SELECT reason FROM issue WHERE reason LIKE '%original is missing%'")
      #expect(issues.count == 1)
      let result = try Program.run([
        "settings", "region", "JO", "--archive", archive.folder,
      ])
      #expect(result.status == 3 && result.talk.contains("1 texts stay"))
    }
  }
}
