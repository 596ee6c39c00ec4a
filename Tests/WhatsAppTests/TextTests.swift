import Foundation
import SocialArchive
import TestSupport
import Testing

/// What one chat text means: dates, quotes, names, what the app says.
@Suite struct TextTests {
  private func with(_ body: (ChatArchive) throws -> Void) throws {
    try TestFolders.withScratch { try body(ChatArchive(scratch: $0)) }
  }

  // MARK: Dates

  @Test func attachmentNamesDecideTheOrder() throws {
    try with { archive in
      let receipt = try archive.take(
        """
        [03/04/2022, 10:00:00] Omar: a
        \u{200E}[03/04/2022, 10:00:05] Omar: \u{200E}<attached: 00000002-PHOTO-2022-03-04-10-00-05.jpg>
        [05/04/2022, 10:00:00] Omar: b
        """)
      #expect(try archive.messages().first == "2022-03-04T10:00:00|Omar|text|a")
      #expect(
        receipt.readings.keys.contains { $0.contains("the dates in attachment names agree") })
    }
  }

  @Test func timeRunsForward() throws {
    try with { archive in
      // Day first, the second message would be three weeks before the first.
      try archive.take(
        "1/9/24, 10:00 - Omar: a\n2/1/24, 10:00 - Omar: b\n3/2/24, 10:00 - Omar: c\n")
      #expect(
        try archive.messages() == [
          "2024-01-09T10:00:00|Omar|text|a", "2024-02-01T10:00:00|Omar|text|b",
          "2024-03-02T10:00:00|Omar|text|c",
        ])
    }
  }

  @Test func theCountryDecidesWhereNothingElseDoes() throws {
    let chat = "01/02/2024, 10:00 - Omar: a\n01/02/2024, 10:05 - Nadia: b\n"
    try with { archive in
      try archive.take(chat) { $0.region = "US" }
      #expect(try archive.messages().first == "2024-01-02T10:00:00|Omar|text|a")
      // The setting changes, and what was read is read again.
      try SocialArchive(folder: archive.folder).set("region", "JO")
      #expect(try archive.messages().first == "2024-02-01T10:00:00|Omar|text|a")
      try SocialArchive(folder: archive.folder).set("date-order", "month/day/year")
      #expect(try archive.messages().first == "2024-01-02T10:00:00|Omar|text|a")
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["2"])
    }
  }

  @Test func aStatedOrderThatCannotBeIsSaid() throws {
    try with { archive in
      let receipt = try archive.take("31/01/2024, 10:00 - Omar: a\n") {
        $0.dateOrder = "month/day/year"
      }
      #expect(try archive.messages() == ["2024-01-31T10:00:00|Omar|text|a"])
      #expect(receipt.mended.contains { $0.reason.contains("cannot be month/day/year") })
    }
  }

  @Test func dayPeriodsOfThirdLanguages() throws {
    try with { archive in
      try archive.take(
        """
        20/09/2021 8:32 da noite - Omar: evening
        21/09/2021 12:10 da madrugada - Omar: after midnight
        21/09/2021 8:32 da manhã - Omar: morning
        21/09/2021 12:30 da tarde - Omar: noon
        """)
      #expect(
        try archive.rows("SELECT substr(sent_at, 12, 5) FROM messages ORDER BY id") == [
          "20:32", "00:10", "08:32", "12:30",
        ])
    }
  }

  @Test func anUnknownWordIsSaidAndKept() throws {
    try with { archive in
      let receipt = try archive.take("20/09/2021 8:32 zzz - Omar: a\n")
      #expect(try archive.messages() == ["2021-09-20T08:32:00|Omar|text|a"])
      #expect(receipt.mended.contains { $0.reason.contains("bear a word that no table knows") })
    }
  }

  @Test func summerTime() throws {
    try with { archive in
      // In Athens the clock went from 3:59 to 3:00 on 29 October 2023, and from 2:59 to 4:00 on
      // 31 March 2024.
      try archive.take(
        """
        29/10/2023, 02:30 - Omar: summer
        29/10/2023, 03:10 - Omar: twice, the first
        29/10/2023, 05:00 - Omar: winter
        31/03/2024, 02:59 - Omar: winter
        31/03/2024, 03:30 - Omar: never was
        31/03/2024, 04:00 - Omar: summer
        """
      ) { $0.timezone = "Europe/Athens" }
      #expect(
        try archive.rows("SELECT substr(sent_at, 9, 8) FROM messages ORDER BY id") == [
          "28T23:30", "29T00:10", "29T03:00", "31T00:59", "31T01:00", "31T01:30",
        ])
    }
  }

  @Test func theHourThatComesTwice() throws {
    try with { archive in
      try archive.take(
        """
        27/10/2024, 01:50 - Omar: a
        27/10/2024, 02:10 - Omar: b
        27/10/2024, 02:50 - Omar: c
        27/10/2024, 02:05 - Omar: d
        27/10/2024, 02:30 - Omar: e
        27/10/2024, 03:01 - Omar: f
        """
      ) { $0.timezone = "Europe/Berlin" }
      #expect(
        try archive.rows("SELECT text, substr(sent_at, 9, 8) FROM messages ORDER BY id") == [
          "a|26T23:50", "b|27T00:10", "c|27T00:50", "d|27T01:05", "e|27T01:30", "f|27T02:01",
        ])
    }
  }

  @Test func theZoneIsStoredAtOnce() throws {
    try with { archive in
      try archive.take("31/01/2024, 10:00 - Omar: a\n") { $0.timezone = nil }
      let zone = try archive.rows("SELECT value FROM setting WHERE key = 'timezone'")
      #expect(zone == [TimeZone.current.identifier])
      #expect(try archive.rows("SELECT time_basis FROM messages") == ["assumed"])
    }
  }

  // MARK: Lines

  @Test func aChatPastedFromThisChatStaysInItsMessage() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Omar: the blue one please
        13/03/2024, 10:01 - Nadia: noted
        15/03/2024, 09:00 - Omar: you said:
        13/03/2024, 10:00 - Omar: the blue one please
        13/03/2024, 10:01 - Nadia: noted
        and now it is red
        15/03/2024, 09:05 - Nadia: sorry
        """)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["4"])
      #expect(
        try archive.messages()[2]
          == "2024-03-15T09:00:00|Omar|text|you said:\n13/03/2024, 10:00 - Omar: the blue one please\n"
          + "13/03/2024, 10:01 - Nadia: noted\nand now it is red")
    }
  }

  @Test func aChatPastedFromStrangersStaysInItsMessage() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Omar: hello
        15/03/2024, 09:00 - Omar: look what they wrote
        01/01/2023, 10:00 - Bob: cheap dresses
        01/01/2023, 10:01 - Eve: how much?
        15/03/2024, 09:05 - Nadia: oh
        """)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["3"])
      #expect(try archive.rows("SELECT kind, participant_count FROM conversations") == ["direct|2"])
    }
  }

  @Test func aLateMessageIsNoQuote() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Omar: hello
        13/03/2024, 15:00 - Nadia: hello
        13/03/2024, 11:00 - Omar: I had no signal
        13/03/2024, 15:05 - Nadia: I see
        """)
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["4"])
    }
  }

  @Test func lineEndsTellQuotesOnPhones() throws {
    try with { archive in
      var text = ""
      for day in 10..<20 {
        text += "[\(day)/03/2024, 10:00:00] Omar: first\nsecond line\r\n"
      }
      text += "[20/03/2024, 10:00:00] Omar: see\n[20/03/2024, 11:00:00] Bob: pasted\r\n"
      text += "[21/03/2024, 10:00:00] Omar: bye\r\n"
      try archive.take(text, "_chat.txt")
      #expect(try archive.rows("SELECT count(*) FROM messages") == ["12"])
      #expect(try archive.rows("SELECT count(*) FROM messages WHERE sender = 'Bob'") == ["0"])
    }
  }

  @Test func namesWithColonsAndTildes() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Taxi: Boris: I am here
        13/03/2024, 10:01 - ~\u{202F}Lina: hello: all
        13/03/2024, 10:02 - \u{202A}+962\u{A0}79\u{2011}123\u{2011}4567\u{202C}: number
        13/03/2024, 10:03 - Taxi: Boris: going
        """, "WhatsApp Chat with Street.txt")
      #expect(
        try archive.rows("SELECT sender, text FROM messages ORDER BY id") == [
          "Taxi: Boris|I am here", "Lina|hello: all", "+962 79\u{2011}123\u{2011}4567|number",
          "Taxi: Boris|going",
        ])
      #expect(
        try archive.rows("SELECT handle FROM profiles WHERE handle IS NOT NULL") == [
          "+962791234567"
        ])
    }
  }

  @Test func wordsWithColonsAreNoPartOfANames() throws {
    try with { archive in
      try archive.take(
        """
        12/03/2024, 10:00 - Anna: hello
        12/03/2024, 10:01 - Rania: hello
        13/03/2024, 10:00 - Anna: Address: Main St 1
        13/03/2024, 10:01 - Anna: Address: Main St 2
        13/03/2024, 10:02 - Rania: Total: 25 JOD
        13/03/2024, 10:03 - Rania: Total: 26 JOD
        """, "WhatsApp Chat with Anna.txt")
      #expect(
        try archive.rows("SELECT sender, is_owner, text FROM messages ORDER BY id").suffix(4) == [
          "Anna|0|Address: Main St 1", "Anna|0|Address: Main St 2", "Rania|1|Total: 25 JOD",
          "Rania|1|Total: 26 JOD",
        ])
    }
  }

  @Test func severalFilesOfOnePersonOnAPhone() throws {
    try with { archive in
      let mark = "\u{200E}"
      var text = "[12/03/2024, 10:00:01] Anna: hello\r\n[13/03/2024, 10:00:03] Rania: hi\r\n"
      for second in 4..<8 {
        text += "\(mark)[13/03/2024, 10:00:0\(second)] Anna: \(mark)<attached: "
        text += "0000000\(second)-PHOTO-2024-03-13-10-00-0\(second).jpg>\r\n"
      }
      try archive.take(text, "_chat.txt")
      #expect(
        try archive.rows("SELECT sender, kind, attachment_count FROM messages ORDER BY id").suffix(
          4)
          == Array(repeating: "Anna|media|1", count: 4))
    }
  }

  @Test func theAppsLinesOfAChatOfTwo() throws {
    try with { archive in
      let mark = "\u{200E}"
      try archive.take(
        [
          "[12/03/2024, 10:00:01] Anna: hello", "[13/03/2024, 10:00:03] Rania: hi",
          "\(mark)[14/03/2024, 10:00:00] Anna: \(mark)You received a view once message. For added privacy, you can only open it on your phone.",
          "\(mark)[14/03/2024, 10:00:01] Anna: \(mark)Location: https://maps.google.com/?q=31.9,35.9",
          "\(mark)[14/03/2024, 10:00:02] Anna: \(mark)Words that no table has",
        ].joined(separator: "\r\n"), "_chat.txt")
      #expect(
        try archive.rows("SELECT sender, kind FROM messages ORDER BY id").suffix(3) == [
          "Anna|unavailable", "Anna|location", "Anna|system",
        ])
      #expect(try archive.rows("SELECT kind FROM conversations") == ["direct"])
    }
  }

  @Test func missedCallsOnAndroid() throws {
    try with { archive in
      try archive.take(
        """
        12/03/2024, 10:00 - Omar: hello
        13/03/2024, 10:01 - مكالمة صوتية فائتة
        14/03/2024, 10:02 - Nadia: sorry
        """)
      #expect(
        try archive.rows("SELECT sender, kind FROM messages ORDER BY id") == [
          "Omar|text", "Omar|call", "Nadia|text",
        ])
    }
  }

  @Test func theOneCalledYouIsTheOwner() throws {
    try with { archive in
      try archive.take(
        "13/03/2024, 10:00 - أنت: مرحبا\n13/03/2024, 10:01 - Omar: hi\n13/03/2024, 10:02 - Lina: hi\n",
        "WhatsApp Chat with Shop group.txt")
      #expect(
        try archive.rows("SELECT text FROM messages WHERE is_owner = 1") == ["مرحبا"])
    }
  }

  // MARK: What the app says

  @Test func polls() throws {
    try with { archive in
      let mark = "\u{200E}"
      try archive.take(
        "\(mark)[13/03/2024, 10:00:00] Omar: \(mark)POLL:\nWhich colour?\n\(mark)OPTION: Blue (\(mark)2 votes)\n"
          + "\(mark)OPTION: Red (\(mark)1 vote)\r\n[13/03/2024, 10:01:00] Omar: blue then\r\n",
        "_chat.txt")
      #expect(
        try archive.messages() == [
          "2024-03-13T10:00:00|Omar|poll|POLL:\nWhich colour?\nOPTION: Blue (2 votes)\nOPTION: Red (1 vote)",
          "2024-03-13T10:01:00|Omar|text|blue then",
        ])
    }
  }

  @Test func peopleMayWriteWhatTheAppWrites() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Omar: You're now an admin
        13/03/2024, 10:01 - Bob: I added it to the cart
        13/03/2024, 10:02 - Omar: Order
        13/03/2024, 10:03 - Omar changed the subject to "Cakes: all"
        """, "WhatsApp Chat with Cakes.txt")
      #expect(
        try archive.rows("SELECT coalesce(sender, '-'), kind FROM messages ORDER BY id") == [
          "Omar|text", "Bob|text", "Omar|text", "-|system",
        ])
    }
  }

  @Test func placesAndDocumentsInTwoLanguagesAreOne() throws {
    try with { archive in
      let mark = "\u{200E}"
      try archive.take(
        "12/03/2024, 10:00 - Omar: Bakery\nRainbow St.\nlocation: https://maps.google.com/?q=31.95,35.91\n"
          + "13/03/2024, 10:00 - Omar: price.pdf (file attached)\n13/03/2024, 10:05 - Nadia: thank you\n"
      )
      try archive.take(
        "[12/03/2024, 10:00:20] Omar: Bakery\nRainbow St.\nالموقع: https://maps.google.com/?q=31.95,35.91\r\n"
          + "\(mark)[13/03/2024, 10:00:30] Omar: price.pdf • \(mark)2 pages \(mark)document omitted\r\n"
          + "[13/03/2024, 10:05:10] Nadia: thank you\r\n", "WhatsApp Chat - Omar.txt")
      #expect(
        try archive.rows(
          "SELECT kind, replace(text, char(10), '/'), (SELECT file_name FROM attachment a WHERE a.message_id = m.id) FROM messages m ORDER BY id"
        ) == [
          "location|Bakery/Rainbow St./https://maps.google.com/?q=31.95,35.91|-",
          "media|-|price.pdf",
          "text|thank you|-",
        ])
    }
  }

  @Test func whatCannotBeExportedKeepsItsPlace() throws {
    try with { archive in
      try archive.take(
        """
        13/03/2024, 10:00 - Omar:
        13/03/2024, 10:01 - Omar: null
        13/03/2024, 10:02 - Omar: <View once voice message omitted>
        13/03/2024, 10:03 - Omar: location: https://maps.google.com/?q=31.95,35.91
        13/03/2024, 10:04 - Omar: live location shared
        """)
      #expect(
        try archive.rows("SELECT kind FROM messages ORDER BY id") == [
          "unavailable", "unavailable", "unavailable", "location", "location",
        ])
    }
  }

  @Test func numbersOfCardsAreContactPointsOfOthers() throws {
    try TestFolders.withScratch { scratch in
      let archive = ChatArchive(scratch: scratch)
      let folder = scratch + "/WhatsApp Chat - Omar"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(
        "[13/03/2024, 10:00:00] Omar: \u{200E}<attached: 00000001-Lina.vcf>\r\n[14/03/2024, 10:00:00] Nadia: thanks\r\n"
          .utf8
      ).write(to: URL(fileURLWithPath: folder + "/_chat.txt"))
      try Data(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lina\r\nitem1.TEL;waid=962788888888:+962 7 8888 8888\r\nEND:VCARD\r\n"
          .utf8
      ).write(to: URL(fileURLWithPath: folder + "/00000001-Lina.vcf"))
      var options = ImportOptions()
      options.timezone = "UTC"
      _ = try SocialArchive(folder: archive.folder).importDownloads([folder], options: options)
      #expect(
        try archive.rows("SELECT kind, value, ownership FROM contact_points") == [
          "phone|+962788888888|other"
        ])
      #expect(try archive.rows("SELECT name, phones FROM customers") == ["Omar|[]"])
    }
  }
}
