import Foundation
import SocialArchive
import TestSupport

/// An Instagram download of people whose names and words are made to break files.
enum HostileShop {
  static let owner = "Dalal Style"

  /// One person each, with what they write.
  struct Person {
    let name: String
    let says: [String]
  }

  /// Names in ten scripts and more.
  static let names = [
    "Rania Haddad", "رانيا حداد", "עדי לוי", "Ελένη Μαρκάκη", "Дарья Орлова", "अनीता शर्मा",
    "王小明", "さくら 田中", "김민지", "สมหญิง ใจดี", "Նարե Սարգսյան", "ნინო ბერიძე", "தமிழ் செல்வி",
    "Zoë Ångström-O'Neil", "😀 Lulu 👩‍👩‍👧", "e\u{301}lan", "أم عبد الله الحسيني",
  ]

  /// Cells that a spreadsheet would run, and what only looks like them.
  static let formulas: [String] = {
    let bodies = [
      "1+2", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x.example\",\"y\")", "SUM(A1:A9)",
      "@SUM(1+1)", "IMPORTXML(\"http://x.example\")", "A1&B1", "DDE(\"cmd\";\"/c\";\"x\")",
    ]
    let starts = [
      "=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "\u{FEFF}=", "\u{200F}=",
      "\u{202B}=", "\u{200B}=", " =", "\u{A0}=", "=\"", "'=", "\"=", ";=", ",=", "|=", "==", "=-",
    ]
    return starts.flatMap { start in bodies.map { start + $0 } }
  }()

  /// What breaks lines, fields and limits.
  static let awkward = [
    "a,b", "a;b", "a\tb", "say \"hi\"", "two\nlines", "two\r\nlines", " blank before",
    "blank behind ",
    "\"", "\"\"", "'", "''", "=", "", "0123", "1/2", "3-4", "12345678901234567", "1E5", "TRUE",
    "NULL",
    "#REF!", "\u{202E}evil\u{202C}", "<b>&amp;</b>", "a\u{0}b", "\u{1}\u{2}", "\u{FFFE}", "_x0041_",
    "{{7*7}}", "${x}", "%00", "\\n", "\\", "ﷺ", String(repeating: "ابجد ", count: 100),
  ]

  static var people: [Person] {
    let numbers = (100..<999).map { "my number is 0795550\($0)" }
    var people: [Person] = []
    for (index, name) in (names + formulas + awkward).enumerated() {
      let plain = name.filter { !$0.isNewline && $0 != "\0" }
      people.append(
        Person(
          name: plain.allSatisfy(\.isWhitespace) ? "Nobody \(index)" : name,
          says: [name, numbers[index % numbers.count], "hello \(index)"]))
    }
    return people
  }

  /// Writes the download and imports it.
  static func archive(_ people: [Person], in scratch: String) throws -> SocialArchive {
    for (number, person) in people.enumerated() {
      let path =
        "\(scratch)/instagram-dalal/your_instagram_activity/messages/inbox/p\(number)_\(7_000_000 + number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let object: [String: Any] = [
        "participants": [
          ["name": MetaText.escaped(person.name)], ["name": MetaText.escaped(owner)],
        ],
        "title": MetaText.escaped(person.name),
        "messages": person.says.indices.reversed().map { place in
          [
            "sender_name": MetaText.escaped(person.name),
            "timestamp_ms": 1_700_000_000_000 + number * 60_000 + place,
            "content": MetaText.escaped(person.says[place]),
          ] as [String: Any]
        },
      ]
      try JSONSerialization.data(withJSONObject: object).write(
        to: URL(fileURLWithPath: path + "/message_1.json"))
    }
    let archive = SocialArchive(folder: scratch + "/archive")
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "Asia/Amman"
    options.ownerName = owner
    _ = try archive.importDownloads([scratch + "/instagram-dalal"], options: options)
    return archive
  }
}
