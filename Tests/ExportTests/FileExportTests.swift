import ArchiveExport
import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Workbooks and cards, read back by openpyxl and vobject; and files that are whole or not there.
@Suite struct FileExportTests {
  private struct ReadSheet: Decodable {
    let name: String
    let rightToLeft: Bool
    let frozen: String?
    let rows: [[Value?]]
    let kinds: [String]

    enum Value: Decodable, Equatable {
      case text(String)
      case number(Double)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .text(text)
        } else {
          self = .number(try container.decode(Double.self))
        }
      }

      var text: String? { if case .text(let text) = self { text } else { nil } }
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func aWorkbookHoldsWhatTheArchiveHolds() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(HostileShop.people, in: scratch)
      let path = scratch + "/shop.xlsx"
      let target = try ExportTarget(path, replaces: false)
      _ = try archive.exportWorkbook(ExportSelection(), to: target)
      #expect(!FileManager.default.fileExists(atPath: path))
      try target.finish()
      let sheets = try OutsideReader.read([ReadSheet].self, "xlsx_rows", [path])
      #expect(sheets.map(\.name) == ["customers", "orders", "order lines", "messages"])
      #expect(sheets.allSatisfy { $0.frozen == "A2" })
      // No cell is a formula, whatever it begins with.
      #expect(sheets.allSatisfy { $0.kinds.allSatisfy { !$0.contains("f") } })
      let database = try ArchiveDatabase.openForReading(archive.folder)
      let texts = try database.rows("SELECT text FROM messages ORDER BY id").map {
        $0[0].text ?? ""
      }
      let read = sheets[3].rows.dropFirst().map { $0[4]?.text ?? "" }
      // What XML cannot hold is U+FFFD; line breaks are one character in a cell.
      func plain(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
          .replacingOccurrences(of: "\0", with: "\u{FFFD}")
          .replacingOccurrences(of: "\u{FFFE}", with: "\u{FFFD}")
      }
      #expect(read.count == texts.count)
      for (one, other) in zip(read, texts) { #expect(Self.unescaped(one) == plain(other)) }
      let phones = sheets[0].rows.dropFirst().compactMap { $0[2]?.text }
      #expect(phones.count > 200 && phones.allSatisfy { $0.hasPrefix("+962") })
      // 2023-11-14 22:13:20 UTC is after midnight in Amman.
      #expect(sheets[3].rows[1][0] == .text("2023-11-15T01:13:20"))
    }
  }

  /// `_x0001_` in a cell is one character: Excel reads it so, openpyxl does not.
  private static func unescaped(_ text: String) -> String {
    text.replacing(/_x([0-9A-F]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
  }

  @Test(.enabled(if: OutsideReader.python != nil)) func longTextsGoOnAndDirectionFollows() throws {
    try TestFolders.withScratch { scratch in
      let long = String(repeating: "كلمة طويلة 😀 ", count: 6_000)
      let archive = try HostileShop.archive(
        [HostileShop.Person(name: "رانيا حداد", says: [long])], in: scratch)
      let path = scratch + "/shop.xlsx"
      let target = try ExportTarget(path, replaces: false)
      let result = try archive.exportWorkbook(ExportSelection(), to: target)
      try target.finish()
      let sheet = try OutsideReader.read([ReadSheet].self, "xlsx_rows", [path])[3]
      let pieces = sheet.rows.dropFirst().map { $0[4]?.text ?? "" }
      #expect(pieces.joined() == long && pieces.count == 3)
      #expect(pieces.allSatisfy { $0.utf16.count <= 32_767 })
      #expect(result.continued == 2 && sheet.rightToLeft)
      #expect(sheet.rows[2].last == .text("(continued)"))
    }
  }

  private struct ReadCard: Decodable {
    let uid: String
    let name: String
    let family: String
    let given: String
    let phones: [String]
    let notes: [String]
  }

  @Test(.enabled(if: OutsideReader.python != nil), arguments: ["3.0", "4.0"])
  func cardsHoldWhatTheArchiveHolds(_ version: String) throws {
    try TestFolders.withScratch { scratch in
      let people = HostileShop.people
      let archive = try HostileShop.archive(people, in: scratch)
      _ = try archive.change("Rania Haddad", .note("one, two; three\nfour \\ five"))
      func write(_ name: String) throws -> Data {
        let target = try ExportTarget("\(scratch)/\(name)", replaces: false)
        _ = try archive.exportVCards(ExportSelection(), version: version, to: target)
        try target.finish()
        return try Data(contentsOf: URL(fileURLWithPath: "\(scratch)/\(name)"))
      }
      let bytes = try write("a.vcf")
      #expect(try write("b.vcf") == bytes)
      // Folded at 75 bytes, never inside a character.
      for line in bytes.split(separator: 0x0A) {
        #expect(line.count <= 76 && line.last == 0x0D)
        #expect(String(validating: line, as: UTF8.self) != nil)
      }
      let cards = try OutsideReader.read([ReadCard].self, "vcards", [scratch + "/a.vcf"])
      #expect(cards.count == people.count)
      #expect(Set(cards.map(\.uid)).count == cards.count)
      let names = Set(cards.map(\.name))
      #expect(HostileShop.names.allSatisfy(names.contains))
      let rania = try #require(cards.first { $0.name == "Rania Haddad" })
      #expect(rania.given == "Rania" && rania.family == "Haddad" && rania.phones.count == 1)
      #expect(rania.notes[0].hasPrefix("one, two; three\nfour \\ five"))
    }
  }

  @Test func aFileIsWholeOrNotThere() throws {
    try TestFolders.withScratch { scratch in
      let archive = try HostileShop.archive(
        [HostileShop.Person(name: "Dana", says: ["hi"])], in: scratch)
      let path = scratch + "/out.csv"
      try "mine".write(toFile: path, atomically: true, encoding: .utf8)
      let run = { try Program.run(["--archive", archive.folder, "export"] + $0) }
      let kept = try run(["csv", "--output", path])
      #expect(kept.status == 2 && kept.talk.contains("--force"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      #expect(try run(["csv", "--output", path, "--force"]).status == 0)
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("Dana"))
      #expect(
        try run(["csv", "--columns", "nothing", "--output", scratch + "/no.csv"]).status == 2)
      #expect(try run(["csv", "--output", "/dev/full"]).status == 2)
      #expect(try run(["csv", "--output", scratch + "/no/folder.csv"]).status == 2)
      #expect(try run(["csv", "--output", "-"]).output.contains("Dana"))
      for (format, status) in [
        (["xlsx"], Int32(64)), (["vcard", "--version", "2.1"], 64), (["csv", "--for", "no"], 2),
        (["csv", "messages", "--for", "hubspot"], 64), (["csv", "--separator", "tab"], 64),
        (["csv", "--reachable", "--unreachable"], 64), (["presets", "no"], 1),
        (["csv", "records", "--has-phone"], 2), (["presets"], 0), (["presets", "odoo"], 0),
      ] { #expect(try run(format).status == status, "\(format)") }
      // Nothing is left behind of what was not finished.
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch).sorted()
      #expect(names == ["archive", "instagram-dalal", "out.csv"])
    }
  }

  /// A disk that is full in the middle leaves no file under the final name.
  @Test func aFullDiskLeavesNothing() throws {
    try TestFolders.withScratch { scratch in
      let people = (0..<40).map {
        HostileShop.Person(
          name: "P\($0)" + String(repeating: " long", count: 400),
          says: [String(repeating: "long ", count: 2_000)])
      }
      let archive = try HostileShop.archive(people, in: scratch)
      for format in [["csv", "messages"], ["xlsx"], ["vcard"]] {
        let path = scratch + "/out"
        // The shell's limit of a file's size stands for the disk: 64 KiB.
        let program = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
          ["-c", program, Program.path, "--archive", archive.folder, "export"] + format + [
            "--output", path,
          ]
        let talk = Pipe()
        process.standardError = talk
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let words = String(decoding: talk.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 2, "\(format): \(words)")
        #expect(
          words.contains("cannot be written") || words.contains("could not be written"), "\(words)")
        #expect(!FileManager.default.fileExists(atPath: path))
      }
    }
  }
}
