import Foundation
import TestSupport
import Testing

/// The rules of the house that a machine can check.
@Suite struct HouseTests {
  private func swiftFiles(_ folders: [String]) throws -> [String] {
    folders.flatMap { folder -> [String] in
      let files = FileManager.default.enumerator(atPath: TestFolders.project + "/" + folder)
      var found: [String] = []
      while let path = files?.nextObject() as? String {
        if path.hasSuffix(".swift") { found.append(folder + "/" + path) }
      }
      return found
    }
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: TestFolders.project + "/" + path, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func imports(_ path: String) throws -> [String] {
    try lines(path).compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count,
        index == 0 || ["package", "public", "internal"].contains(words[0])
      else { return nil }
      return String(words[index + 1])
    }
  }

  private static let floors: [String: Int] = [
    "InboxModel": 0, "Downloads": 0, "TextDecoding": 0, "SearchText": 0, "ForeignDatabases": 0,
    "Unsealing": 0,
    "Importing": 1, "ArchiveStore": 1, "ArchiveExport": 1, "CustomerMatching": 1,
    "MetaFormat": 2, "Facebook": 3, "Instagram": 3, "WhatsApp": 3, "ImporterCatalog": 4,
    "SocialArchive": 5, "ArchiveCommand": 6,
  ]

  @Test func importsPointDown() throws {
    for path in try swiftFiles(["Sources", "Importers"]) {
      let parts = path.split(separator: "/")
      let module = parts[1] == "Catalog" ? "ImporterCatalog" : String(parts[1])
      guard let floor = HouseTests.floors[module] else { continue }
      for imported in try imports(path) {
        guard let other = HouseTests.floors[imported], imported != module else { continue }
        #expect(other < floor, "\(path) imports \(imported)")
      }
    }
  }

  @Test func eachLibraryHasOneUser() throws {
    let owners = [
      "GRDB": "Sources/ArchiveStore/", "GRDBSQLite": "Sources/ArchiveStore/",
      "ArgumentParser": "Sources/ArchiveCommand/", "Hummingbird": "Sources/ArchiveWeb/",
      "CPhoneNumber": "Sources/CustomerMatching/", "CArchive": "Sources/Downloads/",
      "CSQLite": "Sources/ForeignDatabases/", "COpenSSL": "Sources/Unsealing/",
    ]
    for path in try swiftFiles(["Sources", "Importers"]) {
      for imported in try imports(path) {
        if let owner = owners[imported] {
          #expect(path.hasPrefix(owner), "\(path) imports \(imported)")
        }
      }
    }
  }

  @Test func importersSeeOnlyTheContract() throws {
    let allowed: Set<String> = [
      "Importing", "InboxModel", "TextDecoding", "Downloads", "SearchText", "MetaFormat",
      "ForeignDatabases", "Unsealing", "Foundation", "Glibc", "Facebook", "Instagram", "WhatsApp",
    ]
    for path in try swiftFiles(["Importers"]) {
      for imported in try imports(path) where !path.hasPrefix("Importers/Catalog") {
        #expect(allowed.contains(imported), "\(path) imports \(imported)")
      }
    }
  }

  @Test func filesStaySmall() throws {
    for path in try swiftFiles(["Sources", "Importers", "Tests"]) {
      let code = try lines(path).filter {
        let line = $0.drop { $0 == " " }
        return !line.isEmpty && !line.hasPrefix("//")
      }
      #expect(code.count <= 400, "\(path) has \(code.count) code lines")
    }
  }

  @Test func topLevelHasOnlyItsRooms() throws {
    let rooms: Set<String> = ["Sources", "Tests", "Importers", "Samples"]
    for name in try FileManager.default.contentsOfDirectory(atPath: TestFolders.project) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: TestFolders.project + "/" + name, isDirectory: &isFolder)
      if isFolder.boolValue, !name.hasPrefix(".") { #expect(rooms.contains(name), "\(name)") }
    }
  }

  @Test func everyModuleIsInTheMap() throws {
    let map = try lines("Sources/README.md").joined(separator: "\n")
    for module in try FileManager.default.contentsOfDirectory(
      atPath: TestFolders.project + "/Sources")
    where module != "README.md" {
      #expect(map.contains("`\(module)`"), "\(module)")
    }
  }
}
