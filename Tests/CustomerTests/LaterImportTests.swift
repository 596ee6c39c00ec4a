import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// What a later download changes about people of earlier ones: who the business is, which
/// conversations are one, whose a number is. In any order the archive is the same, and whole.
@Suite struct LaterImportTests {
  /// Writes a chat's text; lines are day, sender and words.
  private func chat(
    _ title: String, _ lines: [(String, String, String)], in folder: String
  ) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = lines.map { "\($0.0)/05/2024, 10:00 - \($0.1): \($0.2)\n" }.joined()
    let path = "\(folder)/WhatsApp Chat with \(title).txt"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private var options: ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "UTC"
    return options
  }

  /// Imports in every order; all must give the same archive without damage.
  private func check(
    _ paths: [String], _ scratch: String, _ look: (SocialArchive) throws -> Void
  ) throws {
    var expected: String?
    for (number, order) in orders(paths).enumerated() {
      let archive = SocialArchive(folder: "\(scratch)/archive\(number)")
      for path in order { _ = try archive.importDownloads([path], options: options) }
      let damage = try archive.verify()
      #expect(damage.isEmpty, "\(order)")
      let found = try Captured.dump(archive.folder)
      if let expected { #expect(found == expected, "\(order)") }
      expected = expected ?? found
      try look(archive)
    }
  }

  private func orders(_ paths: [String]) -> [[String]] {
    guard paths.count > 1 else { return [paths] }
    return paths.indices.flatMap { place -> [[String]] in
      var rest = paths
      let first = rest.remove(at: place)
      return orders(rest).map { [first] + $0 }
    }
  }

  private func names(_ archive: SocialArchive) throws -> Set<String> {
    var filter = CustomerFilter()
    filter.kind = "all"
    return Set(try archive.customers(filter, columns: ["name"]).compactMap { $0[0] })
  }

  /// A chat in which only the shop wrote: until another chat shows who the shop is, it looks like a
  /// customer.
  @Test func ownerShowsLate() throws {
    try TestFolders.withScratch { scratch in
      let paths = [
        try chat("Rania", [("01", "Dalal Style", "hello")], in: scratch + "/a"),
        try chat(
          "Huda", [("02", "Huda", "my number is 0795550201"), ("03", "Dalal Style", "ok")],
          in: scratch + "/b"),
        try chat(
          "Samar", [("02", "Samar", "hi"), ("04", "Dalal Style", "ok")], in: scratch + "/c"),
      ]
      try check(paths, scratch) { archive in
        let found = try names(archive)
        #expect(!found.contains("Dalal Style"), "\(found)")
      }
    }
  }

  /// A number is too many people's once the fifth gives it, whatever came first.
  @Test func numberBecomesNobodys() throws {
    try TestFolders.withScratch { scratch in
      let people = ["Rania", "Huda", "Samar", "Dana", "Omar"]
      let paths = try people.map { name in
        try chat(
          name,
          [("01", name, "hi"), ("02", name, "0795550201"), ("03", "Dalal Style", "ok 0795550201")],
          in: "\(scratch)/\(name)")
      }
      let archive = SocialArchive(folder: scratch + "/archive")
      for path in paths.dropLast() { _ = try archive.importDownloads([path], options: options) }
      func owned() throws -> Int64? {
        try ArchiveDatabase.openForReading(archive.folder).cell(
          "SELECT count(*) FROM contact_points WHERE kind = 'phone' AND ownership = 'self'"
        ).integer
      }
      let before = try owned()
      _ = try archive.importDownloads([paths[4]], options: options)
      let after = try owned()
      #expect(before == 4 && after == 0)
      let damage = try archive.verify()
      #expect(damage.isEmpty)
    }
  }

  /// The courier's number is taken from who gave it without a word, also if the word comes later.
  @Test func courierIsNamedLater() throws {
    try TestFolders.withScratch { scratch in
      let paths = [
        try chat(
          "Rania",
          [("01", "Rania", "hi"), ("02", "Rania", "0795550280"), ("03", "Dalal Style", "ok")],
          in: scratch + "/a"),
        try chat(
          "Huda",
          [("01", "Huda", "the driver 0795550280 called me"), ("02", "Dalal Style", "ok")],
          in: scratch + "/b"),
        try chat(
          "Samar", [("01", "Samar", "hi"), ("03", "Dalal Style", "ok")], in: scratch + "/c"),
      ]
      try check(paths, scratch) { archive in
        let contacts = try archive.customer("Rania").contacts
        #expect(contacts.map(\.ownership) == ["other"])
      }
    }
  }

  /// A longer export of one chat changes the uid of nobody who can be found, and keeps what was said.
  @Test func longerExportKeepsDecisions() throws {
    try TestFolders.withScratch { scratch in
      let lines = [
        ("01", "Rania", "hi"), ("02", "Dalal Style", "hello"), ("03", "Rania", "a cake"),
      ]
      let short = try chat("Rania", Array(lines.prefix(2)), in: scratch + "/a")
      let long = try chat("Rania", lines, in: scratch + "/b")
      let other = try chat(
        "Huda", [("01", "Huda", "hi"), ("02", "Dalal Style", "ok")], in: scratch + "/c")
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads([short, other], options: options)
      let uid = try archive.change("Rania", .tag("vip")).1.uid
      _ = try archive.importDownloads([long], options: options)
      let card = try archive.customer(uid)
      #expect(card.name == "Rania" && card.tags == ["vip"])
      let damage = try archive.verify()
      #expect(damage.isEmpty)
    }
  }
}
