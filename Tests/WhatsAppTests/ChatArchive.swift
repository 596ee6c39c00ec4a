import ArchiveStore
import Foundation
import SocialArchive

/// An archive made of chats that a test writes out.
struct ChatArchive {
  let scratch: String

  var folder: String { scratch + "/archive" }

  /// Imports chats, each in a folder of its own.
  @discardableResult
  func take(
    _ chats: [(name: String, text: String)], _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> Receipt {
    var paths: [String] = []
    for (number, chat) in chats.enumerated() {
      let folder = "\(scratch)/\(number)-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/" + chat.name
      try Data(chat.text.utf8).write(to: URL(fileURLWithPath: path))
      paths.append(path)
    }
    var options = ImportOptions()
    options.timezone = "UTC"
    change(&options)
    return try SocialArchive(folder: folder).importDownloads(paths, options: options)
  }

  @discardableResult
  func take(
    _ text: String, _ name: String = "WhatsApp Chat with Omar.txt",
    _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> Receipt {
    try take([(name, text)], change)
  }

  /// Rows as text, columns joined by `|`.
  func rows(_ sql: String) throws -> [String] {
    try ArchiveDatabase.openForReading(folder).rows(sql).map { row in
      row.map { $0.text ?? $0.integer.map(String.init) ?? "-" }.joined(separator: "|")
    }
  }

  /// Time, sender, kind and text of each message.
  func messages() throws -> [String] {
    try rows(
      "SELECT substr(sent_at, 1, 19), sender, kind, text FROM messages ORDER BY id")
  }
}
