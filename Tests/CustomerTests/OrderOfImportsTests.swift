import Foundation
import SocialArchive
import TestSupport
import Testing

/// The same downloads of many people, in any order and grouping: the same customers for the same
/// reasons.
@Suite struct OrderOfImportsTests {
  @Test(arguments: ["JO", "IL", "GR"])
  func anyOrderGivesTheSameCustomers(region: String) throws {
    let path = try #require(
      Bundle.module.url(forResource: "people", withExtension: "json", subdirectory: "Graded")?.path)
    let people = try GradedPeople.read(path).profiles.filter { $0.region == region }
    try TestFolders.withScratch { scratch in
      let downloads = try PeopleDownloads(people, in: scratch + "/downloads")
      var options = ImportOptions()
      options.region = region
      options.timezone = "UTC"
      options.ownerName = PeopleDownloads.owner
      func dump(_ groups: [[String]], _ name: String) throws -> String {
        let archive = SocialArchive(folder: "\(scratch)/\(name)")
        for group in groups { _ = try archive.importDownloads(group, options: options) }
        return try Captured.dump(archive.folder)
      }
      let expected = try dump([downloads.paths], "all")
      #expect(expected.contains(#"{"is":"link""#))
      for round in 0..<3 {
        let paths = downloads.paths.shuffled()
        let groups = round == 0 ? paths.map { [$0] } : [Array(paths.dropFirst()), [paths[0]]]
        #expect(try dump(groups, "round\(round)") == expected, "\(groups)")
      }
    }
  }
}
