import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Exports of a whole archive: they come back as an equal one, and others can read them.
@Suite struct ArchiveFolderTests {
  private static let download = TestFolders.samples + "/whatsapp/iphone_ar_dresses/download"

  /// An archive with messages, media, an order that was confirmed, a tag and a note.
  private func withArchive(_ body: (SocialArchive, String) throws -> Void) throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads([Self.download], options: Self.options)
      let name = try #require(try archive.customers(CustomerFilter(), columns: ["name"])[0][0])
      _ = try archive.change(name, .tag("vip"))
      _ = try archive.change(name, .note("one\ntwo \"three\""))
      var edit = OrderEdit()
      edit.addedLines = ["2 x cake @ 12.500"]
      let order = try #require(try archive.addOrder(name, edit, message: nil).1.first)
      edit = OrderEdit()
      edit.status = "paid"
      _ = try archive.edit(order.entry.uid, edit)
      try body(archive, scratch)
    }
  }

  private static var options: ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "Asia/Amman"
    return options
  }

  @Test(arguments: ["jsonl", "bag"]) func comesBackAsAnEqualArchive(_ format: String) throws {
    try withArchive { archive, scratch in
      let dump = try Captured.dump(archive.folder)
      let path = scratch + "/export"
      if format == "bag" {
        _ = try archive.exportBag(to: path, replaces: false)
      } else {
        _ = try archive.exportFolder(
          ExportSelection(), withOriginals: true, to: path, replaces: false)
      }
      #expect(SocialArchive.isExport(path) && !SocialArchive.isExport(Self.download))
      let second = SocialArchive(folder: scratch + "/second")
      let result = try second.restore(path)
      #expect(result.imports == 1 && result.decisions == 4 && result.originals > 1)
      #expect(try Captured.dump(second.folder) == dump)
      // The original download adds nothing to it, nor the export once more.
      let receipt = try second.importDownloads([Self.download], options: Self.options)
      #expect(receipt.newMessages == 0)
      #expect(try second.restore(path).decisions == 0)
      #expect(try Captured.dump(second.folder) == dump)
      #expect(try second.verify().isEmpty)
    }
  }

  /// What is missing is never left out without a word.
  @Test func aMissingOriginalIsSaid() throws {
    try withArchive { archive, scratch in
      let manager = FileManager.default
      let hash = try #require(
        ArchiveDatabase.openForReading(archive.folder).cell(
          "SELECT sha256 FROM files WHERE path LIKE '%.txt'"
        ).text)
      let path = scratch + "/bag"
      _ = try archive.exportBag(to: path, replaces: false)
      try manager.removeItem(atPath: "\(path)/data/objects/\(hash.prefix(2))/\(hash)")
      #expect(try SocialArchive(folder: scratch + "/second").restore(path).damaged == [hash])
      let dump = try Captured.dump(archive.folder)
      try manager.removeItem(atPath: "\(archive.folder)/objects/\(hash.prefix(2))/\(hash)")
      #expect(throws: ArchiveFailure.self) { try archive.rebuild() }
      #expect(try Captured.dump(archive.folder) == dump)
      #expect(try archive.exportBag(to: path, replaces: true).damaged == [hash])
      #expect(try archive.rebuild(isPartial: true).missing == [hash])
    }
  }

  /// A database that is none any more is made again, from any folder.
  @Test func aBrokenDatabaseIsMadeAgain() throws {
    try withArchive { archive, _ in
      let dump = try Captured.dump(archive.folder)
      for ending in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: archive.folder + "/archive.sqlite" + ending)
      }
      try Data("garbage".utf8).write(to: URL(fileURLWithPath: archive.folder + "/archive.sqlite"))
      #expect(try archive.verify().count == 1)
      #expect(try archive.rebuild().imports == 1)
      #expect(try Captured.dump(archive.folder) == dump)
    }
  }

  /// An export is of one moment, whatever is imported beside it.
  @Test func anExportIsOfOneMoment() throws {
    try withArchive { archive, _ in
      let still = try ArchiveDatabase.openForReading(archive.folder)
      try still.holdStill()
      let count = "SELECT count(*) FROM messages"
      let before = try still.cell(count)
      let more = TestFolders.samples + "/whatsapp"
      _ = try archive.importDownloads([more], options: Self.options)
      #expect(try still.cell(count) == before)
      #expect(try ArchiveDatabase.openForReading(archive.folder).cell(count) != before)
    }
  }

  /// What was taken back in either archive stays taken back, and nothing is taken over twice.
  @Test func whatIsTakenBackStaysSo() throws {
    try withArchive { archive, scratch in
      let path = scratch + "/export"
      _ = try archive.exportBag(to: path, replaces: false)
      let second = SocialArchive(folder: scratch + "/second")
      _ = try second.restore(path)
      _ = try archive.undo(1)
      _ = try archive.restore(path)
      #expect(try archive.decisions().first { $0.number == 1 }?.undoneAt != nil)
      _ = try archive.exportBag(to: path, replaces: true)
      #expect(try second.restore(path).decisions == 0)
      #expect(try second.decisions().first { $0.number == 1 }?.undoneAt != nil)
      let database = try ArchiveDatabase.openForReading(second.folder)
      #expect(try database.cell("SELECT count(*) FROM import").integer == 1)
    }
  }

  @Test func decisionsJoinThoseOfAnotherArchive() throws {
    try withArchive { archive, scratch in
      _ = try archive.exportFolder(
        ExportSelection(), withOriginals: true, to: scratch + "/export", replaces: false)
      let second = SocialArchive(folder: scratch + "/second")
      _ = try second.importDownloads([Self.download], options: Self.options)
      let name = try #require(try second.customers(CustomerFilter(), columns: ["name"])[0][0])
      _ = try second.change(name, .tag("regular"))
      #expect(try second.restore(scratch + "/export").decisions == 4)
      #expect(try second.customer(name).tags == ["regular", "vip"])
      var paid = 0
      try second.forEachOrder(OrderFilter()) {
        if $0.status == "paid", $0.source == "manual" { paid += 1 }
      }
      #expect(paid == 1)
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func othersCanReadIt() throws {
    try withArchive { archive, scratch in
      _ = try archive.exportBag(to: scratch + "/bag", replaces: false)
      #expect(try OutsideReader.read([String].self, "bag", [scratch + "/bag"]) == [])
      let data = scratch + "/bag/data"
      let counts = try OutsideReader.read(
        [String: Int].self, "json_lines", [data + "/archive.jsonl", data + "/schema.json"])
      let database = try ArchiveDatabase.openForReading(archive.folder)
      for (kind, view) in [
        ("message", "messages"), ("customer", "customers"), ("order", "orders"),
        ("order_line", "order_lines"), ("sighting", "sightings"), ("attachment", "attachments"),
        ("decision", "decision"), ("file", "files"),
      ] {
        let count = try database.cell("SELECT count(*) FROM \(view)").integer ?? 0
        #expect(counts[kind] ?? 0 == Int(count) && count > 0, "\(kind)")
      }
      // What anybody can check in any year.
      try OutsideReader.run(
        "/bin/sh", ["-c", "cd \(scratch)/bag && sha256sum -c --quiet *manifest-sha256.txt"])
      try Data("x".utf8).write(to: URL(fileURLWithPath: data + "/stray"))
      #expect(try OutsideReader.read([String].self, "bag", [scratch + "/bag"]) != [])
    }
  }

  @Test func whatIsNotWholeIsRefused() throws {
    try withArchive { archive, scratch in
      let path = scratch + "/export"
      let lines = path + "/archive.jsonl"
      let manager = FileManager.default
      func refused(_ reason: String) {
        let second = SocialArchive(folder: scratch + "/\(UUID().uuidString)")
        #expect(throws: ArchiveFailure.self, "\(reason)") { try second.restore(path) }
      }
      _ = try archive.exportFolder(
        ExportSelection(), withOriginals: false, to: path, replaces: false)
      refused("no originals")
      var choice = ExportSelection()
      choice.tag = "vip"
      _ = try archive.exportFolder(choice, withOriginals: true, to: path, replaces: true)
      refused("only a choice")
      _ = try archive.exportFolder(ExportSelection(), withOriginals: true, to: path, replaces: true)
      let whole = try Data(contentsOf: URL(fileURLWithPath: lines))
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: lines))
      refused("broken off")
      // No name in an export ever becomes a path.
      let hash = try #require(
        ArchiveDatabase.openForReading(archive.folder).cell("SELECT manifest FROM import").text)
      let outside = "../../../" + String(repeating: "x", count: 55)
      let hostile = String(decoding: whole, as: UTF8.self).replacingOccurrences(
        of: hash, with: outside)
      try Data(hostile.utf8).write(to: URL(fileURLWithPath: lines))
      refused("a name that leads outside")
      try whole.write(to: URL(fileURLWithPath: lines))
      let objects = try manager.subpathsOfDirectory(atPath: path + "/objects")
      let object = try #require(objects.first { $0.utf8.count > 60 })
      try Data("changed".utf8).write(to: URL(fileURLWithPath: "\(path)/objects/\(object)"))
      // What has changed is listed, and costs nothing but itself.
      let third = SocialArchive(folder: scratch + "/third")
      let result = try third.restore(path)
      #expect(result.damaged == [(object as NSString).lastPathComponent] && result.decisions == 4)
      // A folder of somebody else's is never replaced.
      try manager.createDirectory(atPath: scratch + "/mine", withIntermediateDirectories: true)
      #expect(throws: ArchiveFailure.self) {
        try archive.exportBag(to: scratch + "/mine", replaces: true)
      }
      let left = try manager.contentsOfDirectory(atPath: scratch).filter { $0.hasSuffix("partial") }
      #expect(left.isEmpty)
    }
  }
}
