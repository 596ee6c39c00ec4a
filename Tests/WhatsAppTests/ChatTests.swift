import Foundation
import SocialArchive
import TestSupport
import Testing

/// Which texts are one chat, who owns it, and what of it is missing.
@Suite struct ChatTests {
  private func with(_ body: (ChatArchive) throws -> Void) throws {
    try TestFolders.withScratch { try body(ChatArchive(scratch: $0)) }
  }

  @Test func twoChatsWithOneNameStayTwo() throws {
    try with { archive in
      try archive.take([
        (
          "WhatsApp Chat with Anna.txt",
          "13/03/2024, 10:00 - Anna: a\n14/03/2024, 10:00 - Nadia: b\n"
        ),
        (
          "WhatsApp Chat with Anna.txt",
          "15/05/2024, 10:00 - Anna: c\n16/05/2024, 10:00 - Nadia: d\n"
        ),
      ])
      #expect(try archive.rows("SELECT count(*) FROM conversations") == ["2"])
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["4"])
    }
  }

  @Test func theOthersExportDoesNotMakeBothTheOwner() throws {
    let chat =
      "13/03/2024, 10:00 - Anna: a\n13/03/2024, 10:01 - Rania: b\n14/03/2024, 10:02 - Anna: c\n"
    try with { archive in
      try archive.take(chat, "WhatsApp Chat with Rania.txt") { $0.ownerName = "Rania" }
      #expect(
        try archive.rows("SELECT sender, is_owner FROM messages ORDER BY id") == [
          "Anna|0", "Rania|1", "Anna|0",
        ])
      #expect(try archive.rows("SELECT name FROM customers") == ["Anna"])
    }
  }

  @Test func aGroupFromTwoPhonesIsOne() throws {
    func group(_ shop: String, _ anna: String, _ tom: String) -> String {
      (10..<28).map { day in
        let name = [shop, anna, tom][day % 3]
        return "\(day)/03/2024, 10:00 - \(name): message number \(day) of the club\n"
      }.joined()
    }
    for isTurned in [false, true] {
      try with { archive in
        let chats = [
          group("Rania", "Anna", "Tom"), group("Rania Cakes", "Anna M", "+962 79 555 1234"),
        ]
        for chat in isTurned ? chats.reversed() : chats {
          try archive.take(chat, "WhatsApp Chat with Cake club.txt") { $0.ownerName = "Rania" }
        }
        #expect(try archive.rows("SELECT count(*) FROM messages") == ["18"])
        #expect(try archive.rows("SELECT count(*) FROM messages WHERE is_owner = 1") == ["6"])
      }
    }
  }

  @Test func twoOfOneNameAreTwoInAnyOrder() throws {
    let chats = [
      "13/03/2024, 10:00 - Anna: a\n14/03/2024, 10:00 - Nadia: b\n",
      "15/05/2024, 10:00 - Anna: c\n16/05/2024, 10:00 - Nadia: d\n",
      "17/06/2024, 10:00 - Anna: e\n18/06/2024, 10:00 - Nadia: f\n",
    ]
    var dumps: Set<String> = []
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
      try with { archive in
        for index in order { try archive.take(chats[index], "WhatsApp Chat with Anna.txt") }
        #expect(
          try archive.rows("SELECT name, message_count FROM customers")
            == Array(repeating: "Anna|2", count: 3))
        dumps.insert(try Captured.dump(archive.folder))
      }
    }
    #expect(dumps.count == 1)
  }

  @Test func theFinalWordsOfAnEditedMessageCount() throws {
    let first =
      "25/03/2024, 09:00 - Anna: hello\n25/03/2024, 10:00 - Anna: 2 cakes\n25/03/2024, 11:00 - Rania: ok\n"
    let second = first.replacingOccurrences(
      of: "2 cakes", with: "3 cakes <This message was edited>")
    for chats in [[first, second], [second, first]] {
      try with { archive in
        for chat in chats { try archive.take(chat, "WhatsApp Chat with Anna.txt") }
        #expect(
          try archive.rows("SELECT text, is_edited FROM messages ORDER BY id") == [
            "hello|0", "3 cakes|1", "ok|0",
          ])
      }
    }
  }

  @Test func theCutIsSaid() throws {
    try with { archive in
      var text = ""
      for number in 0..<40_000 {
        let (day, hour, minute) = (1 + number / 1_440, number / 60 % 24, number % 60)
        text += "\(day)/01/2024, \(hour):\(minute < 10 ? "0" : "")\(minute) - Omar: \(number)\n"
      }
      let receipt = try archive.take(text)
      #expect(receipt.readings.keys.contains { $0.contains("begins in the middle") })
    }
  }

  @Test func aChatWithoutMessagesIsAnErrorWithItsShape() throws {
    try with { archive in
      let receipt = try archive.take([
        ("WhatsApp Chat with Omar.txt", "Omar wrote 12 secret words\n"),
        ("WhatsApp Chat with Lina.txt", "13/03/2024, 10:00 - Lina: a\n"),
      ])
      #expect(receipt.failures.count == 1)
      let reason = try #require(receipt.failures.first).reason
      #expect(reason.contains("`aaaa aaaaa 99 aaaaaa aaaaa`"), "\(reason)")
      #expect(!reason.contains("secret"))
    }
  }

  @Test func aMonstrousMessageIsCutAndSaid() throws {
    try with { archive in
      let text =
        "13/03/2024, 10:00 - Omar: " + String(repeating: "x", count: 3 << 20)
        + "\n13/03/2024, 10:01 - Omar: after\n"
      let receipt = try archive.take(text)
      #expect(try archive.rows("SELECT length(text) FROM messages ORDER BY id").count == 2)
      #expect(receipt.recordsLost == 1)
    }
  }
}
