import ArchiveExport
import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// CSV, read back by Python and LibreOffice.
@Suite struct CSVExportTests {
  /// The rows of the archive's own view, as text.
  private func rows(_ archive: SocialArchive, _ sql: String) throws -> [[String]] {
    try ArchiveDatabase.openForReading(archive.folder).rows(sql).map { $0.map { $0.text ?? "" } }
  }

  private func export(
    _ archive: SocialArchive, _ table: ArchiveTable, _ form: CSVForm, to path: String
  ) throws -> TableResult {
    let target = try ExportTarget(path, replaces: false)
    let result = try archive.exportCSV(table, form: form, to: target)
    try target.finish()
    return result
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func plainIsByteForByte() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(HostileShop.people, in: scratch)
      for (table, view) in [(ArchiveTable.messages, "messages"), (.customers, "customers")] {
        let path = "\(scratch)/\(view).csv"
        let result = try export(archive, table, .plain, to: path)
        let read = try OutsideReader.read([[String]].self, "csv_rows", [path])
        let wanted = try rows(archive, "SELECT * FROM \(view) ORDER BY id")
        #expect(Array(read.dropFirst()) == wanted)
        #expect(result.rows == wanted.count && result.formulas > 100)
      }
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func forPeopleNothingIsRun() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(HostileShop.people, in: scratch)
      for (separator, name) in [(Character(","), "comma"), (";", "semicolon"), ("\t", "tab")] {
        let path = "\(scratch)/\(name).csv"
        _ = try export(archive, .messages, .spreadsheet(separator: separator), to: path)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        guard let office = OutsideReader.office else { continue }
        // Evaluating formulas, which is not what it does unasked.
        let code = String(separator.asciiValue ?? 44)
        try OutsideReader.run(
          office,
          [
            "--headless", "-env:UserInstallation=file://\(scratch)/office", "--convert-to", "fods",
            "--infilter=CSV:\(code),34,76,1,,0,false,true,false,false,false,0,true", "--outdir",
            scratch, path,
          ])
        let sheet = try String(contentsOfFile: "\(scratch)/\(name).fods", encoding: .utf8)
        #expect(sheet.contains("calc"))
        #expect(!sheet.contains("table:formula"))
      }
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func selectionsAndColumns() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(
        [
          HostileShop.Person(name: "Dana", says: ["my number is 0795550111"]),
          HostileShop.Person(name: "Muna", says: ["hello"]),
        ], in: scratch)
      _ = try archive.change("Muna", .tag("vip"))
      func names(_ change: (inout ExportSelection) -> Void) throws -> [String] {
        var selection = ExportSelection()
        change(&selection)
        let path = "\(scratch)/\(UUID().uuidString).csv"
        let target = try ExportTarget(path, replaces: false)
        _ = try archive.exportCSV(.customers, selection, columns: ["name"], to: target)
        try target.finish()
        return try OutsideReader.read([[String]].self, "csv_rows", [path]).dropFirst().map { $0[0] }
      }
      #expect(try names { _ in } == ["Dana", "Muna"])
      #expect(try names { $0.hasPhone = true } == ["Dana"])
      #expect(try names { $0.isReachable = false } == ["Muna"])
      #expect(try names { $0.tag = "vip" } == ["Muna"])
      #expect(try names { $0.customer = "+962795550111" } == ["Dana"])
      #expect(try names { $0.platform = "whatsapp" } == [])
      #expect(try names { $0.after = "2023-11-15" } == [])
      #expect(try names { $0.before = "2023-11-15" } == ["Dana", "Muna"])
      #expect(try names { $0.hasEmail = true } == [])
      #expect(throws: ArchiveFailure.self) { try names { $0.customer = "nobody" } }
    }
  }

  /// The cases of csv-spectrum: written by us and read by Python, each value is the same.
  @Test(
    .enabled(if: TestFolders.fixtures != nil && OutsideReader.python != nil),
    arguments: [
      "comma_in_quotes", "empty", "escaped_quotes", "json", "newlines", "quotes_and_newlines",
      "simple", "utf8",
    ])
  func csvSpectrum(_ name: String) throws {
    try TestFolders.withScratch { scratch in
      let folder = (TestFolders.fixtures ?? "") + "/csv-spectrum"
      let source = try OutsideReader.read(
        [[String]].self, "csv_rows", ["\(folder)/csvs/\(name).csv"])
      let path = scratch + "/ours.csv"
      let file = try OutputFile(path, replaces: false)
      var output = ByteOutput(descriptor: file.descriptor)
      for row in source { CSVDialect.plain.line(row, to: &output) }
      try output.flush()
      try file.finish()
      #expect(try OutsideReader.read([[String]].self, "csv_rows", [path]) == source)
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/json/\(name).json")))
      let objects = try #require(json as? [[String: String]])
      #expect(source.count == objects.count + 1)
      for (row, object) in zip(source.dropFirst(), objects) {
        #expect(Dictionary(zip(source[0], row)) { $1 } == object)
      }
    }
  }
}
