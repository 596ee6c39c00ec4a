import Downloads
import Foundation
import TestSupport
import Testing

@Suite struct ZipReaderTests {
  private func read(
    _ zip: ZipMaker, cutAt: Int? = nil
  ) throws -> (names: [String], outcomes: [EntryOutcome], problems: [String]) {
    try TestFolders.withScratch { scratch in
      let path = scratch + "/test.zip"
      try zip.write(to: path, cutAt: cutAt)
      var names: [String] = []
      var outcomes: [EntryOutcome] = []
      var problems: [String] = []
      try Part(path: path, kind: .zip).forEachEntry(
        { entry in
          names.append(entry.name.text)
          outcomes.append(try entry.read { _ in })
        }, problem: { problems.append($0.reason) })
      return (names, outcomes, problems)
    }
  }

  /// Names as old programs wrote them: bytes of one-byte character sets without a flag.
  @Test(arguments: [
    ("שלום עולם.txt", [0x99, 0x8C, 0x85, 0x8D, 0x20, 0x92, 0x85, 0x8C, 0x8D] as [UInt8]),  // CP862
    ("שלום עולם.txt", [0xF9, 0xEC, 0xE5, 0xED, 0x20, 0xF2, 0xE5, 0xEC, 0xED]),  // Windows-1255
    ("καλημερα.txt", [0xA1, 0x98, 0xA2, 0x9E, 0xA3, 0x9C, 0xA8, 0x98]),  // CP737: καλημερα
    ("παραγγελία.txt", [0xF0, 0xE1, 0xF1, 0xE1, 0xE3, 0xE3, 0xE5, 0xEB, 0xDF, 0xE1]),
    ("مرحبا.txt", [0xE3, 0xD1, 0xCD, 0xC8, 0xC7]),  // Windows-1256
  ])
  func readsLegacyNames(_ expected: String, _ stem: [UInt8]) throws {
    var zip = ZipMaker()
    zip.add(name: stem + Array(".txt".utf8), content: [1])
    #expect(try read(zip).names == [expected])
  }

  @Test func readsUTF8NamesWithoutTheFlag() throws {
    var zip = ZipMaker()
    zip.add(name: Array("دردشة.txt".utf8), content: [1])
    #expect(try read(zip).names == ["دردشة.txt"])
  }

  @Test func readsWholeEntriesOfACutZip() throws {
    var zip = ZipMaker()
    for index in 0..<10 { zip.add("file\(index).txt", String(repeating: "x", count: 1_000)) }
    // Nine whole entries of 30 + 9 + 1,000 bytes, and half of the tenth.
    let found = try read(zip, cutAt: 9 * 1_039 + 500)
    #expect(found.outcomes.filter { $0 == .whole }.count == 9)
    #expect(found.outcomes.count == 10)
    #expect(!found.problems.isEmpty)
  }

  @Test func refusesOverlaps() throws {
    var zip = ZipMaker()
    zip.add("a.txt", "content")
    zip.addDirectoryTwice()
    let outcomes = try read(zip).outcomes
    #expect(outcomes.filter { $0 == .whole }.count == 1)
    #expect(outcomes.count == 2)
  }

  @Test func reportsLyingSizes() throws {
    var zip = ZipMaker()
    zip.add(name: Array("a.txt".utf8), content: Array("content".utf8), statedSize: 4_000)
    let outcomes = try read(zip).outcomes
    #expect(outcomes.allSatisfy { $0 != .whole })
  }

  @Test func namesHazards() {
    #expect(EntryName(text: "../../etc/passwd").hazard != nil)
    #expect(EntryName(text: "/etc/passwd").hazard != nil)
    #expect(EntryName(text: "C:\\x").hazard != nil)
    #expect(EntryName(text: "messages/inbox/a_1/message_1.json").hazard == nil)
  }
}
