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
}
