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

  /// A choice has all that belongs to it, and nothing of anybody else.
  @Test(.enabled(if: OutsideReader.python != nil)) func aChoiceIsWholeInItself() throws {
    try TestFolders.withScratch { scratch in
      let archive = SocialArchive(folder: scratch + "/archive")
      for name in ["iphone_ar_dresses", "android_en_cakes"] {
        _ = try archive.importDownloads(
          ["\(TestFolders.samples)/whatsapp/\(name)/download"], options: Self.options)
      }
      let database = try ArchiveDatabase.openForReading(archive.folder)
      let customer = try #require(
        database.cell("SELECT customer_id FROM messages WHERE attachment_count > 0").integer)
      var choice = ExportSelection()
      choice.customer = String(customer)
      let path = scratch + "/choice"
      _ = try archive.exportFolder(choice, withOriginals: false, to: path, replaces: false)
      let counts = try OutsideReader.read(
        [String: Int].self, "json_lines", [path + "/archive.jsonl", path + "/schema.json"])
      let mine = "IN (SELECT uid FROM messages WHERE customer_id = \(customer))"
      for (kind, sql) in [
        ("customer", "customers WHERE id = \(customer)"),
        ("message", "messages WHERE customer_id = \(customer)"),
        ("attachment", "attachments WHERE message_uid \(mine)"),
        ("reaction", "reactions WHERE message_uid \(mine)"),
        ("sighting", "sightings WHERE message_uid \(mine)"),
        ("contact_point", "contact_points WHERE customer_id = \(customer)"),
        ("order", "orders WHERE customer_id = \(customer)"),
      ] {
        let count = try #require(try database.cell("SELECT count(*) FROM \(sql)").integer)
        #expect(counts[kind] ?? 0 == Int(count), "\(kind)")
      }
      // The two who write, and the file they wrote in.
      #expect(counts["profile"] == 2 && counts["file"] == 1)
      #expect(counts["attachment"] ?? 0 > 0 && counts["conversation"] == 1)
      // Days choose, too.
      choice = ExportSelection()
      choice.after = "2000"
      _ = try archive.exportFolder(choice, withOriginals: false, to: path, replaces: true)
      let all = try OutsideReader.read(
        [String: Int].self, "json_lines", [path + "/archive.jsonl", path + "/schema.json"])
      let messages = try database.cell("SELECT count(*) FROM messages").integer ?? 0
      #expect(all["message"] == Int(messages))
    }
  }

  /// What came of an export, for programs.
  @Test func resultsAreToldInJSON() throws {
    try withArchive { archive, scratch in
      func said(_ arguments: [String]) throws -> [String: Any] {
        let result = try Program.run(
          ["export"] + arguments + ["--json", "--archive", archive.folder])
        #expect(result.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return object as? [String: Any] ?? [:]
      }
      func path(_ name: String) -> String { scratch + "/" + name }
      let csv = try said(["csv", "messages", "--output", path("a.csv")])
      #expect(csv["rows"] as? Int ?? 0 > 1 && csv["files"] as? [String] == [path("a.csv")])
      let preset = try said(["csv", "--for", "mailchimp", "--output", path("b.csv")])
      #expect(preset["rows"] as? Int != nil && preset["notes"] as? [String: Int] != nil)
      let book = try said(["xlsx", "--output", path("c.xlsx")])
      #expect((book["sheets"] as? [[String: Any]])?.count == 4)
      #expect(try said(["vcard", "--output", path("d.vcf")])["cards"] as? Int == 1)
      #expect(try said(["html", "--output", path("e")])["customers"] as? Int == 1)
      let bag = try said(["bag", "--output", path("f")])
      #expect(bag["originals"] as? Int ?? 0 > 1 && bag["damaged"] as? [String] == [])
      // Where the export itself is on standard output, it is told beside it.
      let result = try Program.run(["export", "jsonl", "--json", "--archive", archive.folder])
      #expect(result.talk.hasPrefix("{\"lines\":") && result.output.hasSuffix("\n"))
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
      // Lines that are not what a bag's manifest says.
      let bag = scratch + "/bag"
      _ = try archive.exportBag(to: bag, replaces: false)
      let named = try Data(contentsOf: URL(fileURLWithPath: bag + "/data/archive.jsonl"))
      let renamed = String(decoding: named, as: UTF8.self).replacingOccurrences(
        of: "\"vip\"", with: "\"foe\"")
      try Data(renamed.utf8).write(to: URL(fileURLWithPath: bag + "/data/archive.jsonl"))
      let fourth = SocialArchive(folder: scratch + "/fourth")
      #expect(throws: ArchiveFailure.self) { try fourth.restore(bag) }
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
