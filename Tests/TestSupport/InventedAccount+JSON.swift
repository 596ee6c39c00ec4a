import Foundation

extension InventedAccount {
  /// Writes the account as a JSON download.
  package func writeJSON(to root: String) throws {
    for thread in threads {
      let object: [String: Any] = [
        "participants": thread.people.map { ["name": MetaText.escaped($0)] },
        "title": MetaText.escaped(thread.title),
        "messages": thread.messages.map { message in
          var fields: [String: Any] = [
            "sender_name": MetaText.escaped(message.sender), "timestamp_ms": message.time,
          ]
          if let text = message.text { fields["content"] = MetaText.escaped(text) }
          if let photo = message.photo { fields["photos"] = [["uri": photo]] }
          if let reaction = message.reaction {
            fields["reactions"] = [
              [
                "reaction": MetaText.escaped(reaction.sign),
                "actor": MetaText.escaped(reaction.actor),
              ]
            ]
          }
          return fields
        },
      ]
      // Each byte of UTF-8 stands as a character of its own, as Meta writes it.
      let data = try JSONSerialization.data(withJSONObject: object)
      var text = ""
      for scalar in String(decoding: data, as: UTF8.self).unicodeScalars {
        if scalar.value < 0x80 {
          text.unicodeScalars.append(scalar)
        } else {
          text += String(format: "\\u%04x", scalar.value)
        }
      }
      let folder = "\(root)/your_facebook_activity/messages/inbox/\(InventedAccount.folder(thread))"
      try InventedAccount.write(text, to: folder + "/message_1.json")
    }
  }

  static func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
