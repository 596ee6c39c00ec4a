import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// Graded people, rendered into downloads and imported: who becomes one customer, who is suggested.
@Suite struct GradedPeopleTests {
  /// What an archive made of graded people.
  private struct Outcome {
    var joined: [[String]] = []
    var suggested: Set<[String]> = []
    /// Numbers taken for the person's own that are not.
    var wrongOwners: [String] = []
    var missing: [String] = []
  }

  @Test func ourOwnPeople() throws {
    let path = try #require(
      Bundle.module.url(forResource: "people", withExtension: "json", subdirectory: "Graded")?.path)
    try check(try GradedPeople.read(path))
  }

  /// Graded people beside the outside downloads.
  private static let outside = (TestFolders.fixtures ?? "") + "/../gold/identities/dev.json"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: outside), "there are no graded people outside"))
  func outsidePeople() throws { try check(try GradedPeople.read(GradedPeopleTests.outside)) }

  private func check(_ people: GradedPeople) throws {
    var outcome = Outcome()
    let regions = Dictionary(grouping: people.profiles, by: \.region)
    for (region, profiles) in regions { try importRegion(region, profiles, &outcome) }
    #expect(outcome.missing.isEmpty, "\(outcome.missing)")
    #expect(outcome.wrongOwners.isEmpty, "\(outcome.wrongOwners)")

    let truth = GradedPeople.pairs(people.clusters.map(\.profiles))
    let automatic = GradedPeople.pairs(people.auto_clusters)
    let found = GradedPeople.pairs(outcome.joined)
    #expect(found.subtracting(truth).isEmpty, "false: \(found.subtracting(truth))")
    let recall = Double(found.intersection(automatic).count) / Double(automatic.count)
    #expect(recall >= 0.97, "missed: \(automatic.subtracting(found))")
    for miss in people.must_not_merge {
      for (place, group) in miss.groups.enumerated() {
        for other in miss.groups[(place + 1)...] {
          let touching = group.flatMap { a in other.map { [a, $0].sorted() } }
          #expect(found.isDisjoint(with: touching), "\(miss.reason)")
        }
      }
    }
    checkSuggestions(people, outcome, found: found, truth: truth)
  }

  private func checkSuggestions(
    _ people: GradedPeople, _ outcome: Outcome, found: Set<[String]>, truth: Set<[String]>
  ) {
    func group(_ id: String) -> [String] { outcome.joined.first { $0.contains(id) } ?? [id] }
    let wanted = GradedPeople.pairs(people.suggest.map(\.profiles)).subtracting(found)
    let answered = wanted.filter { pair in
      outcome.suggested.contains { Set($0.map(group)) == Set(pair.map(group)) }
    }
    #expect(
      Double(answered.count) >= 0.8 * Double(wanted.count),
      "not suggested: \(wanted.subtracting(answered))")
    let wrong = outcome.suggested.filter { pair in
      !group(pair[0]).contains { a in
        group(pair[1]).contains { truth.contains([a, $0].sorted()) }
      }
    }
    #expect(wrong.count <= answered.count, "suggested wrongly: \(wrong)")
  }

  private func importRegion(
    _ region: String, _ profiles: [GradedPeople.Profile], _ outcome: inout Outcome
  ) throws {
    try TestFolders.withScratch { scratch in
      let downloads = try PeopleDownloads(profiles, in: scratch + "/downloads")
      let archive = SocialArchive(folder: scratch + "/archive")
      var options = ImportOptions()
      options.region = region
      options.timezone = "UTC"
      options.ownerName = PeopleDownloads.owner
      _ = try archive.importDownloads(downloads.paths, options: options)
      let database = try ArchiveDatabase.openForReading(archive.folder)
      var ids: [Int64: String] = [:]
      for (person, sql) in downloads.places {
        guard let id = try database.cell(sql).integer else {
          outcome.missing.append(person)
          continue
        }
        ids[id] = person
      }
      var customers: [Int64: [String]] = [:]
      for (id, person) in ids {
        let customer = try database.cell("SELECT customer_id FROM profiles WHERE id = \(id)")
          .integer
        customers[customer ?? -id, default: []].append(person)
      }
      outcome.joined += customers.values
      for row in try database.rows(
        "SELECT first_id, second_id FROM profile_link WHERE verdict = 'suggested'")
      {
        guard let first = row[0].integer.flatMap({ ids[$0] }),
          let second = row[1].integer.flatMap({ ids[$0] })
        else { continue }
        outcome.suggested.insert([first, second].sorted())
      }
      let known = Dictionary(uniqueKeysWithValues: profiles.map { ($0.id, $0) })
      for (id, person) in ids {
        outcome.wrongOwners += try wrongOwners(known[person], id, database)
      }
    }
  }

  /// Somebody else's mobiles that are taken for the writer's own.
  private func wrongOwners(
    _ profile: GradedPeople.Profile?, _ id: Int64, _ database: ArchiveDatabase
  ) throws -> [String] {
    try (profile?.phones ?? []).filter { $0.ownership == "other" }.compactMap { phone in
      let count = try database.cell(
        """
        SELECT count(*) FROM contact_points WHERE profile_id = ? AND value = ?
          AND ownership = 'self'
        """, [.integer(id), .text(phone.e164)]
      ).integer
      return count == 0 ? nil : "\(profile?.id ?? "") \(phone.context ?? phone.raw)"
    }
  }
}
