import Foundation

/// Makes downloads of any size: the same bytes on every machine.
struct DownloadGenerator {
  /// What to make.
  enum Kind: String, CaseIterable {
    case facebook, whatsapp
  }

  let kind: Kind
  let messages: Int

  /// Messages in one file; nil for as many as the platforms put there.
  var perFile: Int?
  /// Messages in one conversation.
  private static let perThread = 25_000

  /// Writes the download below `folder`.
  func write(to folder: String) throws {
    switch kind {
    case .facebook: try writeFacebook(folder)
    case .whatsapp: try writeWhatsApp(folder)
    }
  }

  private func writeFacebook(_ folder: String) throws {
    var left = messages
    var thread = 0
    while left > 0 {
      let count = min(left, DownloadGenerator.perThread)
      left -= count
      let id = 1_000_000 + thread
      let path = "\(folder)/your_facebook_activity/messages/inbox/customer\(thread)_\(id)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      var texts = MessageTexts(seed: UInt64(thread))
      var numbers = RandomNumbers(seed: UInt64(thread) &+ 77)
      var time = 1_700_000_000_000 + Int64(thread) * 61_000
      var rest = count
      var file = 1
      while rest > 0 {
        let here = min(rest, perFile ?? 10_000)
        rest -= here
        var json = JSONFile(name: "Customer \(thread)")
        for index in 0..<here {
          time -= Int64(1 + numbers.below(1_200_000))
          json.add(
            sender: numbers.below(2) == 0 ? "Shop Owner" : "Customer \(thread)", time: time,
            text: texts.next(), isFirst: index == 0,
            hasPhoto: numbers.below(40) == 0, hasReaction: numbers.below(25) == 0)
        }
        try json.finish(title: "Customer \(thread)", path: "inbox/customer\(thread)_\(id)")
          .write(to: URL(fileURLWithPath: "\(path)/message_\(file).json"))
        file += 1
      }
      thread += 1
    }
  }

  private func writeWhatsApp(_ folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var left = messages
    var chat = 0
    while left > 0 {
      let count = min(left, perFile ?? 40_000)
      left -= count
      var texts = MessageTexts(seed: UInt64(chat))
      var numbers = RandomNumbers(seed: UInt64(chat) &+ 99)
      var minute = 27_000_000 + chat
      var bytes = Data()
      for _ in 0..<count {
        minute += numbers.below(30)
        let name = numbers.below(2) == 0 ? "Shop Owner" : "Customer \(chat)"
        bytes.append(Data("\(DownloadGenerator.stamp(minute)) - \(name): \(texts.next())\n".utf8))
      }
      let path = "\(folder)/WhatsApp Chat with Customer \(chat).txt"
      try bytes.write(to: URL(fileURLWithPath: path))
      chat += 1
    }
  }

  /// `28/03/2025, 15:04` of a minute since 1970.
  private static func stamp(_ minute: Int) -> String {
    var days = minute / 1_440 + 719_468
    let era = days / 146_097
    days -= era * 146_097
    let year = (days - days / 1_460 + days / 36_524 - days / 146_096) / 365
    let ofYear = days - (365 * year + year / 4 - year / 100)
    let part = (5 * ofYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = ofYear - (153 * part + 2) / 5 + 1
    return
      "\(two(day))/\(two(month))/\(year + era * 400 + (month <= 2 ? 1 : 0)), \(two(minute / 60 % 24)):\(two(minute % 60))"
  }
}

/// One thread file as Meta writes it: every byte of non-ASCII text as an escape of its own.
private struct JSONFile {
  private var bytes: [UInt8] = []

  init(name: String) {
    bytes.reserveCapacity(4 << 20)
    append("{\n  \"participants\": [\n    {\n      \"name\": \"\(name)\"\n    },\n")
    append("    {\n      \"name\": \"Shop Owner\"\n    }\n  ],\n  \"messages\": [\n")
  }

  mutating func add(
    sender: String, time: Int64, text: String, isFirst: Bool, hasPhoto: Bool, hasReaction: Bool
  ) {
    append(isFirst ? "    {\n" : ",\n    {\n")
    append("      \"sender_name\": \"\(sender)\",\n      \"timestamp_ms\": \(time),\n")
    append("      \"content\": \"")
    appendEscaped(text)
    append("\",\n")
    if hasPhoto {
      append("      \"photos\": [\n        {\n          \"uri\": \"photos/\(time).jpg\",\n")
      append("          \"creation_timestamp\": \(time / 1_000)\n        }\n      ],\n")
    }
    if hasReaction {
      append(
        "      \"reactions\": [\n        {\n          \"reaction\": \"\\u00e2\\u009d\\u00a4\",\n")
      append("          \"actor\": \"Shop Owner\"\n        }\n      ],\n")
    }
    append("      \"is_geoblocked_for_viewer\": false,\n")
    append("      \"is_unsent_image_by_messenger_kid_parent\": false\n    }")
  }

  mutating func finish(title: String, path: String) -> Data {
    append("\n  ],\n  \"title\": \"\(title)\",\n  \"is_still_participant\": true,\n")
    append("  \"thread_path\": \"\(path)\",\n  \"magic_words\": []\n}\n")
    return Data(bytes)
  }

  private mutating func append(_ text: String) { bytes += Array(text.utf8) }

  private mutating func appendEscaped(_ text: String) {
    let digits = Array("0123456789abcdef".utf8)
    for byte in text.utf8 {
      if byte < 0x80 {
        bytes.append(byte)
      } else {
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }
}
