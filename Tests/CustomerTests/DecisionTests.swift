import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// What the user decides counts, survives, and can be taken back.
@Suite struct DecisionTests {
  private static func person(
    _ id: String, _ platform: String, _ name: String, says: [String] = [], number: String? = nil,
    seen: (String, String)? = nil
  ) throws -> GradedPeople.Profile {
    var phones: [[String: Any]] = says.map {
      ["raw": $0, "source": "chat", "ownership": "self", "context": $0, "e164": ""]
    }
    if let number {
      phones.append(["raw": number, "source": "profile", "ownership": "self", "e164": number])
    }
    var object: [String: Any] = [
      "id": id, "platform": platform, "display_name": name, "region": "JO", "phones": phones,
      "emails": [String](), "claims": [String](),
    ]
    if let seen { (object["first_seen"], object["last_seen"]) = seen }
    return try JSONDecoder().decode(
      GradedPeople.Profile.self, from: JSONSerialization.data(withJSONObject: object))
  }

  /// Rania on two platforms, linked by her number; Dana on two, whom nothing links; a courier.
  private func withArchive(
    _ body: (SocialArchive, PeopleDownloads, String) throws -> Void
  ) throws {
    try TestFolders.withScratch { scratch in
      let downloads = try PeopleDownloads(
        [
          Self.person("r1", "instagram", "Rania Haddad", says: ["my number is 0795550201"]),
          Self.person("r2", "whatsapp", "رانيا حداد", number: "+962795550201"),
          Self.person("d1", "instagram", "Dana K"),
          Self.person("d2", "messenger", "Dana Khoury"),
          Self.person("m1", "instagram", "Muna", says: ["stop", "unsubscribe me please"]),
          Self.person("a1", "whatsapp", "Aramex driver", number: "+962795550999"),
          Self.person("a2", "instagram", "Minnie Driver"),
        ], in: scratch + "/downloads")
      let archive = SocialArchive(folder: scratch + "/archive")
      _ = try archive.importDownloads(downloads.paths, options: Self.options)
      try body(archive, downloads, scratch)
    }
  }

  private static var options: ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "UTC"
    options.ownerName = PeopleDownloads.owner
    return options
  }

  /// The names of profiles of one customer, for all customers.
  private func groups(_ archive: SocialArchive) throws -> Set<Set<String>> {
    let database = try ArchiveDatabase.openForReading(archive.folder)
    var groups: [Int64: Set<String>] = [:]
    for row in try database.rows(
      "SELECT customer_id, name FROM profiles WHERE customer_id IS NOT NULL")
    {
      groups[row[0].integer ?? 0, default: []].insert(row[1].text ?? "")
    }
    return Set(groups.values)
  }

  @Test func mergesAndUndoes() throws {
    try withArchive { archive, _, _ in
      let before = try Captured.dump(archive.folder)
      let (decisions, card) = try archive.merge(["Dana K", "Dana Khoury"])
      #expect(
        card.profiles.map(\.name).sorted { $0 ?? "" < $1 ?? "" } == ["Dana K", "Dana Khoury"])
      #expect(card.links.map(\.rule) == ["user"])
      let (isOne, findings) = try archive.why("Dana K", "Dana Khoury")
      #expect(isOne && findings.contains { $0.verdict == "merged" })
      let undone = try archive.undo(decisions[0])
      #expect(undone.kind == "merge")
      let after = try Captured.dump(archive.folder)
      let decisionLine = #"{"is":"decision""#
      #expect(
        after.split(separator: "\n").filter { !$0.hasPrefix(decisionLine) }
          == before.split(separator: "\n").filter { !$0.hasPrefix(decisionLine) })
      #expect(throws: ArchiveFailure.self) { try archive.undo(decisions[0]) }
    }
  }

  @Test func splitHoldsOnEveryLaterImport() throws {
    try withArchive { archive, downloads, scratch in
      let card = try archive.customer("Rania Haddad")
      #expect(card.profiles.count == 2)
      let whatsapp = try #require(card.profiles.first { $0.platform == "whatsapp" })
      let (_, cards) = try archive.split("Rania Haddad", [whatsapp.id])
      #expect(cards.map(\.profiles.count) == [1, 1])
      _ = try archive.importDownloads(downloads.paths, options: Self.options)
      // The same people in a later download say the same again.
      let later = try PeopleDownloads(
        [
          Self.person(
            "r3", "whatsapp", "رانيا حداد", says: ["ok"], number: "+962795550201",
            seen: ("2024-08-01", "2024-08-02"))
        ], in: scratch + "/later")
      _ = try archive.importDownloads(later.paths, options: Self.options)
      #expect(try self.groups(archive).isSuperset(of: [["Rania Haddad"], ["رانيا حداد"]]))
      #expect(try archive.customerSuggestions().isEmpty, "what is kept apart is not suggested")
      let (isOne, findings) = try archive.why("Rania Haddad", "رانيا حداد")
      #expect(!isOne && Set(findings.map(\.verdict)) == ["joined", "split"])
    }
  }

  /// Decided before or after the rest came, on the same downloads: the same archive.
  @Test func decisionsHoldInAnyOrderOfImports() throws {
    try withArchive { archive, downloads, scratch in
      _ = try archive.merge(["Dana K", "Dana Khoury"])
      _ = try archive.change("Dana K", .name("Dana from Abdoun"))
      let whatsapp = try #require(
        archive.customer("Rania Haddad").profiles.first { $0.platform == "whatsapp" })
      _ = try archive.split("Rania Haddad", [whatsapp.id])
      let expected = try Captured.dump(archive.folder)
      for round in 0..<4 {
        let other = SocialArchive(folder: "\(scratch)/other\(round)")
        let paths = downloads.paths.shuffled()
        _ = try other.importDownloads([paths[0]], options: Self.options)
        // The decisions come from elsewhere, before the people whom they are about.
        try FileManager.default.copyItem(
          atPath: archive.folder + "/decisions.jsonl", toPath: other.folder + "/decisions.jsonl")
        for path in paths.dropFirst() {
          _ = try other.importDownloads([path], options: Self.options)
        }
        let found = try Captured.dump(other.folder)
        #expect(found == expected, "\(paths)")
      }
    }
  }

  @Test func surviveRebuildAndALostDatabase() throws {
    try withArchive { archive, _, _ in
      _ = try archive.merge(["Dana K", "Dana Khoury"])
      _ = try archive.change("Muna", .note("likes lemon"))
      _ = try archive.change("Muna", .tag("vip"))
      let expected = try Captured.dump(archive.folder)
      _ = try archive.rebuild()
      #expect(try Captured.dump(archive.folder) == expected)
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: archive.folder + "/archive.sqlite" + ending)
      }
      _ = try archive.rebuild()
      let card = try archive.customer("Muna")
      #expect(card.notes == ["likes lemon"] && card.tags == ["vip"])
      #expect(try groups(archive).contains(["Dana K", "Dana Khoury"]))
    }
  }

  /// A line that a crash cut off was never acknowledged, and costs no other.
  @Test func cutLineCostsOnlyItself() throws {
    try withArchive { archive, _, _ in
      _ = try archive.change("Muna", .tag("vip"))
      let path = archive.folder + "/decisions.jsonl"
      let whole = try String(contentsOfFile: path, encoding: .utf8)
      try (whole + #"{"first":[{"pla"#).write(toFile: path, atomically: true, encoding: .utf8)
      _ = try archive.change("Muna", .note("second"))
      _ = try archive.rebuild()
      let card = try archive.customer("Muna")
      #expect(card.tags == ["vip"] && card.notes == ["second"])
    }
  }

  @Test func consentIsNeverGuessed() throws {
    try withArchive { archive, _, _ in
      #expect(try archive.customer("Rania Haddad").consent == "unknown")
      let muna = try archive.customer("Muna")
      #expect(muna.consent == "opted-out" && muna.consentReason?.contains("unsubscribe") == true)
      // A yes that the user gives later than her no counts.
      #expect(try archive.change("Muna", .consent("opted-in")).1.consent == "opted-in")
      #expect(throws: ArchiveFailure.self) { try archive.change("Muna", .consent("yes")) }
      _ = try archive.undo(nil)
      #expect(try archive.customer("Muna").consent == "opted-out")
    }
  }

  @Test func aYesCoversOnlyWhoWasKnown() throws {
    try withArchive { archive, _, _ in
      _ = try archive.change("Dana K", .consent("opted-in"))
      let (_, card) = try archive.merge(["Dana K", "Muna"])
      #expect(card.consent == "opted-out" && card.consentReason?.contains("unsubscribe") == true)
      let later = try archive.change("Muna", .consent("opted-in")).1
      #expect(later.consent == "opted-in")
    }
  }

  @Test func couriersAreNoCustomers() throws {
    try withArchive { archive, _, _ in
      var filter = CustomerFilter()
      let names = try archive.customers(filter, columns: ["name"]).compactMap { $0[0] }
      #expect(!names.contains("Aramex driver") && names.contains("Muna"))
      filter.kind = "courier"
      #expect(try archive.customers(filter, columns: ["name"]) == [["Aramex driver"]])
      let card = try archive.change("Aramex driver", .kind("customer")).1
      #expect(card.kind == "customer" && card.kindReason == nil)
      // A name in which a courier's word stands beside others is a name.
      #expect(names.contains("Minnie Driver"))
      #expect(throws: ArchiveFailure.self) { try archive.change("Muna", .kind("friend")) }
    }
  }

  @Test func renamedCustomersAreFoundByAllNames() throws {
    try withArchive { archive, _, _ in
      let card = try archive.change("رانيا حداد", .name("Rania (Abdoun)")).1
      #expect(card.name == "Rania (Abdoun)")
      #expect(card.aliases == ["Rania Haddad", "رانيا حداد"])
      for name in ["Abdoun", "haddad", "رانيا", "+962 79-555 0201", card.uid] {
        #expect(try archive.customer(name).id == card.id, "\(name)")
      }
      #expect(throws: ArchiveFailure.self) { try archive.customer("Dana") }
      #expect(throws: ArchiveFailure.self) { try archive.customer("nobody") }
    }
  }

  @Test func reachabilityIsMeant() throws {
    try withArchive { archive, _, _ in
      var filter = CustomerFilter()
      filter.isReachable = true
      #expect(try archive.customers(filter, columns: ["name"]).count == 1)
      filter.isReachable = false
      let names = try archive.customers(filter, columns: ["name"]).compactMap { $0[0] }
      #expect(Set(names) == ["Dana K", "Dana Khoury", "Minnie Driver", "Muna"])
    }
  }
}
