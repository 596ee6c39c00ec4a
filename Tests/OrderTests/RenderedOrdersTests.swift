import Foundation
import SocialArchive
import TestSupport
import Testing

/// Graded conversations as real downloads: the archive has of them what is read out of them alone.
@Suite struct RenderedOrdersTests {
  @Test func ourOwnConversations() throws {
    try check(try GradedConversation.own("orders"), [.instagram, .whatsapp])
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: GradedOrdersTests.outside),
      "there are no graded orders outside"),
    arguments: [OrderDownloads.Platform.instagram, .whatsapp])
  func outsideConversations(_ platform: OrderDownloads.Platform) throws {
    try check(try GradedConversation.read(GradedOrdersTests.outside), [platform])
  }

  private func check(
    _ conversations: [GradedConversation], _ platforms: [OrderDownloads.Platform]
  ) throws {
    var alone = OrderScore()
    var stored = OrderScore()
    var wrong: [String] = []
    var differing: [String] = []
    for (region, group) in Dictionary(grouping: conversations, by: \.region).sorted(by: {
      $0.key ?? "" < $1.key ?? ""
    }) {
      try TestFolders.withScratch { scratch in
        let downloads = try OrderDownloads(group, platforms, in: scratch + "/downloads")
        let found = try downloads.imported(
          region: region, into: SocialArchive(folder: scratch + "/archive"))
        #expect(found.count == group.count)
        for (place, conversation) in group.enumerated() where !conversation.namesFiles {
          let one = found[place] ?? OrderDownloads.Found()
          let read = try conversation.orders()
          alone.add(conversation.expected_orders, read)
          stored.add(conversation.expected_orders, one.orders)
          if read.map(\.status) != one.orders.map(\.status) { differing.append(conversation.id) }
          guard let own = conversation.expected_contacts else { continue }
          let others = one.contacts.subtracting(own.phones + own.emails)
          if !others.isEmpty { wrong.append("\(conversation.id) \(others.sorted())") }
        }
      }
    }
    #expect(stored.description == alone.description, "\(differing)")
    #expect(wrong.isEmpty, "contact points that are not the customer's own: \(wrong)")
  }
}

extension GradedConversation {
  /// True if a file that was sent is told by its name: in a download it is a file, and no text.
  fileprivate var namesFiles: Bool { messages.contains { $0.text.hasSuffix("(dosya ekli)") } }
}
