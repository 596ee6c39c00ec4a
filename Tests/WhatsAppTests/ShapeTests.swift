import ArchiveStore
import Foundation
import SocialArchive
import TestSupport
import Testing

/// One chat in the shapes of many phones comes back whole, alone and united.
@Suite struct ShapeTests {
  @Test(arguments: ChatShape.all, [false, true])
  func everyShapeComesBack(_ shape: ChatShape, withMedia: Bool) throws {
    let chat = try RenderedChat(InventedChat(), shape, withMedia: withMedia)
    try TestFolders.withScratch { scratch in
      let receipt = try importing([chat], into: scratch)
      #expect(receipt.failures.isEmpty)
      let found = try messages(scratch)
      for (found, expected) in zip(found, chat.expected) where found != expected {
        Issue.record("\(shape): \(found) is not \(expected)")
      }
      #expect(found.count == chat.expected.count, "\(shape)")
    }
  }

  /// Two shapes of a chat are one: each message once, at the finer of its times.
  @Test(arguments: ChatShape.all.indices)
  func anyTwoShapesAreOne(_ index: Int) throws {
    let first = ChatShape.all[index]
    let steps = [1, 17, 40]
    for step in steps {
      let second = ChatShape.all[(index + step) % ChatShape.all.count]
      let chats = try [first, second].map { try RenderedChat(InventedChat(), $0, withMedia: false) }
      try TestFolders.withScratch { scratch in
        _ = try importing(chats, into: scratch)
        let expected = zip(chats[0].expected, chats[1].expected).map { left, right in
          max(left.seconds, right.seconds)
        }
        let found = try messages(scratch)
        #expect(found.map(\.seconds) == expected, "\(first) and \(second)")
        #expect(found.map(\.isOwner) == chats[0].expected.map(\.isOwner), "\(first) and \(second)")
        let conversations = try ArchiveDatabase.openForReading(scratch + "/archive").cell(
          "SELECT count(*) FROM conversations")
        #expect(conversations.integer == 1, "\(first) and \(second)")
      }
    }
  }

  private func importing(_ chats: [RenderedChat], into scratch: String) throws -> Receipt {
    var options = ImportOptions()
    options.timezone = InventedChat.zone
    options.ownerName = InventedChat.owner
    var paths: [String] = []
    for (number, chat) in chats.enumerated() {
      let folder = scratch + "/\(number)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      paths.append(folder + "/" + chat.fileName)
      try chat.data.write(to: URL(fileURLWithPath: folder + "/" + chat.fileName))
    }
    return try SocialArchive(folder: scratch + "/archive").importDownloads(paths, options: options)
  }

  private func messages(_ scratch: String) throws -> [RenderedChat.Expected] {
    try ArchiveDatabase.openForReading(scratch + "/archive").rows(
      """
      SELECT m.is_owner, m.sent_at_ms, m.kind, m.text,
        (SELECT coalesce(a.file_name, 'left out') FROM attachment a WHERE a.message_id = m.id)
      FROM messages m ORDER BY m.id
      """
    ).map { row in
      RenderedChat.Expected(
        isOwner: row[0].integer == 1, seconds: (row[1].integer ?? 0) / 1_000,
        kind: row[2].text ?? "", text: row[3].text, attachment: row[4].text)
    }
  }
}
