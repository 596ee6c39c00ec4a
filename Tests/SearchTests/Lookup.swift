import Foundation
import SocialArchive
import TestSupport

/// What people look for in one language, what they must find and what not. Written by hand, before
/// the search was.
struct Lookup: Sendable {
  let language: String
  let query: String
  let hits: [String]
  let misses: [String]

  /// All look-ups of the tables beside this file.
  static let all: [Lookup] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Lookups")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().flatMap { file -> [Lookup] in
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap(Lookup.init)
    }
  }()

  private init?(_ line: Substring) {
    let cells = line.components(separatedBy: "\t")
    guard cells.count == 5 else { return nil }
    language = cells[0]
    query = cells[1]
    hits = cells[2].components(separatedBy: " || ")
    misses = cells[3].components(separatedBy: " || ")
  }

  /// Makes an archive of all messages of the look-ups, a conversation for each language.
  static func makeArchive(in folder: String) throws -> SocialArchive {
    let languages = Dictionary(grouping: all, by: \.language)
    for (number, language) in languages.keys.sorted().enumerated() {
      var seen: Set<String> = []
      let texts = (languages[language] ?? []).flatMap { $0.hits + $0.misses }.filter {
        // Swift takes texts for equal that differ in composition; the table does not.
        seen.insert(Array($0.utf8).description).inserted
      }
      let messages = texts.enumerated().map { index, text in
        [
          "sender_name": "Customer \(language)", "content": text,
          "timestamp_ms": 1_700_000_000_000 - index * 60_000,
        ] as [String: Any]
      }
      let thread: [String: Any] = [
        "participants": [["name": "Customer \(language)"], ["name": "Shop"]],
        "title": "Customer \(language)", "messages": messages,
      ]
      let path =
        "\(folder)/download/your_facebook_activity/messages/inbox/c_\(100_000 + number)/message_1.json"
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try JSONSerialization.data(withJSONObject: thread).write(to: url)
    }
    let archive = SocialArchive(folder: folder + "/archive")
    _ = try archive.importDownloads([folder + "/download"])
    return archive
  }
}
