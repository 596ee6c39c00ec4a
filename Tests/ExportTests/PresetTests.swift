import ArchiveExport
import Foundation
import SocialArchive
import TestSupport
import Testing

/// What target programs take, read back by Python.
@Suite struct PresetTests {
  private func export(
    _ archive: SocialArchive, _ preset: String, _ table: String = "customers", to path: String
  ) throws -> (PresetResult, [String]) {
    let target = try ExportTarget(path, replaces: false)
    let result = try archive.exportPreset(table, for: preset, ExportSelection(), to: target)
    try target.finish()
    return (result, target.names)
  }

  private func read(_ path: String) throws -> [[String: String]] {
    let rows = try OutsideReader.read([[String]].self, "csv_rows", [path])
    return rows.dropFirst().map { Dictionary(zip(rows[0], $0)) { first, _ in first } }
  }

  /// Every customer is in the file of every program, or the report says why not.
  @Test(
    .enabled(if: OutsideReader.python != nil), arguments: try SocialArchive.presets().map(\.name))
  func everyCustomerIsThere(_ name: String) throws {
    try TestFolders.withScratch { scratch in
      let people = HostileShop.names.enumerated().map { index, name in
        HostileShop.Person(name: name, says: ["my number is 07955501\(10 + index)"])
      }
      let archive = try HostileShop.archive(people, in: scratch)
      let preset = try PresetShelf.preset(name)
      let (result, files) = try export(archive, name, to: scratch + "/out.csv")
      let rows = try read(files[0])
      let table = try #require(preset.tables["customers"])
      #expect(rows.count == result.rows)
      #expect(rows.count + (result.notes["left out"] ?? 0) == people.count)
      // What stands in a column without a format or a limit is what the archive has.
      for column in table.columns {
        guard column.source == "name", column.maxBytes == nil, column.format == nil,
          rows.count == people.count
        else { continue }
        #expect(Set(rows.compactMap { $0[column.header] }) == Set(people.map(\.name)))
      }
      for row in rows { #expect(row.count == Set(table.columns.map(\.header)).count) }
      if let key = table.key, !key.isEmpty {
        let keys = rows.compactMap { $0[key] }.filter { !$0.isEmpty }
        #expect(Set(keys).count == keys.count)
      }
    }
  }

  private static let dana = HostileShop.Person(
    name: "دانا " + String(repeating: "خوري", count: 70),
    says: ["my number is 0795550111", "mail me: Dana.K@Example.com"])

  @Test(.enabled(if: OutsideReader.python != nil)) func valuesAreFitted() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive([Self.dana], in: scratch)
      // Three parts of a number.
      let twenty = try read(try export(archive, "twenty", to: scratch + "/twenty.csv").1[0])[0]
      #expect(twenty["Phones / Primary Phone Number"] == "795550111")
      #expect(twenty["Phones / Primary Phone Country Code"] == "JO")
      #expect(twenty["Phones / Primary Phone Calling Code"] == "+962")
      // 255 bytes, cut between letters, and said so.
      let (result, files) = try export(archive, "mailchimp", to: scratch + "/mailchimp.csv")
      let last = try #require(try read(files[0])[0]["Last Name"])
      #expect(last.utf8.count == 254 && Self.dana.name.contains(last))
      #expect(result.notes == ["cut": 1])
      let report = try read(files[1])
      #expect(report.map { $0["what"] } == ["cut"])
      #expect(last + (report[0]["detail"] ?? "") == String(Self.dana.name.dropFirst(5)))
      #expect(result.unknownConsent == 1)
      // Hashed as Meta wants it: sha256("dana.k@example.com"), sha256("962795550111").
      let meta = try OutsideReader.read(
        [[String]].self, "csv_rows",
        [try export(archive, "meta-audience", to: scratch + "/meta.csv").1[0]])
      #expect(meta[1].contains("a31ee12231dee1a36f1c8a7c98a310d45a55b934521b976df25208cb3774f4a8"))
      #expect(meta[1].contains("5583c72ac9244ad41d2525eadfb64be6b014b7a6cd29611a7c3f7b8727017010"))
      #expect(!meta[1].contains { $0.contains("@") || $0.contains("0111") })
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func whoWantsNoMessagesIsLeftOut() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive([Self.dana], in: scratch)
      _ = try archive.change("+962795550111", .consent("opted-out"))
      let (result, files) = try export(archive, "mailchimp", to: scratch + "/out.csv")
      #expect(result.rows == 0 && result.optedOut == 1)
      #expect(try read(files[1]).map { $0["detail"] } == ["wants no messages"])
      #expect(try export(archive, "hubspot", to: scratch + "/hubspot.csv").0.rows == 1)
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func ordersAndNotes() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive([Self.dana], in: scratch)
      var edit = OrderEdit()
      edit.addedLines = ["2 x cake @ 12.5", "baklava = 9"]
      edit.currency = "JOD"
      edit.deliveryFee = "3"
      edit.placed = "2024-05-05"
      _ = try archive.addOrder("+962795550111", edit, message: nil)
      _ = try archive.change("+962795550111", .note("likes pistachio"))
      let odoo = try read(try export(archive, "odoo", "orders", to: scratch + "/odoo.csv").1[0])
      #expect(odoo.map { $0["order_line/name"] } == ["cake", "baklava", "Delivery"])
      #expect(odoo.map { $0["order_line/price_unit"] } == ["12.500", "9.000", "3.000"])
      #expect(odoo.map { $0["id"]?.isEmpty } == [false, true, true])
      #expect(odoo[0]["date_order"] == "2024-05-05 00:00:00")
      let deals = try read(
        try export(archive, "hubspot", "orders", to: scratch + "/deals.csv").1[0])
      #expect(deals.map { $0["Amount"] } == ["34.000"])
      let notes = try read(try export(archive, "hubspot", "notes", to: scratch + "/notes.csv").1[0])
      #expect(notes.map { $0["Note body"] } == ["likes pistachio"])
      #expect(throws: ArchiveFailure.self) {
        try export(archive, "mailchimp", "orders", to: scratch + "/no.csv")
      }
      #expect(!FileManager.default.fileExists(atPath: scratch + "/no.csv"))
    }
  }

  /// A user's own file, small limits and forbidden characters.
  @Test(.enabled(if: OutsideReader.python != nil)) func ownPresets() throws {
    try TestFolders.withScratch { scratch in
      let people = ["a<b", "c|d", "e"].map { HostileShop.Person(name: $0, says: ["hi"]) }
      let archive = try HostileShop.archive(people, in: scratch)
      let own = """
        {"name": "own", "title": "Own", "about": "", "page": "", "read": "", "verified": false,
         "unverified": [], "isMarketing": false, "separator": ";", "replaced": {"<": "(", "|": "/"},
         "tables": {"customers": {"maxRows": 2, "columns": [
           {"header": "who", "source": "name"}, {"header": "what", "value": "x"}]}}}
        """
      let path = scratch + "/own.json"
      try own.write(toFile: path, atomically: true, encoding: .utf8)
      let (result, files) = try export(archive, path, to: scratch + "/out.csv")
      #expect(result.files == 2 && result.notes == ["replaced": 2])
      let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
      #expect(texts[0] == "who;what\r\na(b;x\r\nc/d;x\r\n")
      #expect(texts[1] == "who;what\r\ne;x\r\n")
      #expect(
        files.map { ($0 as NSString).lastPathComponent } == [
          "out.csv", "out-2.csv", "out.report.csv",
        ])
      for wrong in [
        own.replacingOccurrences(of: "\"name\"}", with: "\"shoe size\"}"), "{}", "[",
        own.replacingOccurrences(of: "\";\"", with: "\"x\""),
        own.replacingOccurrences(of: "\"maxRows\"", with: "\"maxrows\""),
        own.replacingOccurrences(of: "\"value\": \"x\"", with: "\"value\": \"x\", \"maxbytes\": 9"),
      ] {
        try wrong.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ArchiveFailure.self) { try export(archive, path, to: scratch + "/no.csv") }
      }
    }
  }

  @Test func namesAreSplitWithoutInventing() {
    func parts(_ name: String) -> [String?] {
      let parts = NameParts(name)
      return [parts.first, parts.last]
    }
    #expect(parts("Rania Haddad") == ["Rania", "Haddad"])
    #expect(parts("رانيا حداد") == ["رانيا", "حداد"])
    #expect(parts("عبد الله الحسيني") == ["عبد الله", "الحسيني"])
    #expect(parts("عبد الله") == [nil, "عبد الله"])
    #expect(parts("أم عبد الله الحسيني") == ["أم عبد الله", "الحسيني"])
    #expect(parts("rania.h") == [nil, "rania.h"])
    #expect(parts("Maria de la Cruz") == ["Maria", "de la Cruz"])
    #expect(parts("Dr. Dana  Khoury ") == ["Dr. Dana", "Khoury"])
    #expect(parts("") == [nil, nil])
  }
}
