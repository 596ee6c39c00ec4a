import ArchiveStore
import Foundation
import SocialArchive

/// Measures the program against bare SQLite and prints one table.
///
/// usage: benchmark TOOLS-FOLDER SCRATCH-FOLDER MESSAGES...
///        benchmark generate facebook|whatsapp MESSAGES FOLDER
///        benchmark readers SCRATCH-FOLDER
///        benchmark reader IMPORTER PATH-IN-DOWNLOAD FILE
///        benchmark search ARCHIVE-FOLDER
///        benchmark people TOOLS-FOLDER SCRATCH-FOLDER PROFILES
///        benchmark hostile ARCHIVE-FOLDER QUERIES
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 5, arguments[1] == "generate",
      let kind = DownloadGenerator.Kind(rawValue: arguments[2]), let size = Int(arguments[3])
    {
      return try DownloadGenerator(kind: kind, messages: size).write(to: arguments[4])
    }
    if arguments.count == 3, arguments[1] == "search" {
      let speed = SearchSpeed(folder: arguments[2])
      print("newest first: \(try speed.measure(isByRelevance: false)) ms")
      return print("by relevance: \(try speed.measure(isByRelevance: true)) ms")
    }
    if arguments.count == 4, arguments[1] == "hostile", let count = Int(arguments[3]) {
      let found = try SearchSpeed(folder: arguments[2]).slowest(of: count)
      return print("slowest of \(count): \(Int(found.milliseconds)) ms for \(found.query)")
    }
    if arguments.count == 5, arguments[1] == "people", let count = Int(arguments[4]) {
      let speed = PeopleSpeed(tools: arguments[2], scratch: arguments[3], profiles: count)
      return print(try speed.measure())
    }
    if arguments.count == 3, arguments[1] == "readers" { return try printReaders(arguments[2]) }
    if arguments.count == 5, arguments[1] == "reader" {
      return print(try ReaderSpeed.measure(arguments[2], arguments[3], arguments[4]).text)
    }
    guard arguments.count > 3 else {
      print("usage: benchmark TOOLS-FOLDER SCRATCH-FOLDER MESSAGES...")
      exit(64)
    }
    print("\(ProcessInfo.processInfo.activeProcessorCount) cores")
    print(Measurement.header)
    for size in arguments.dropFirst(3).compactMap(Int.init) {
      for kind in DownloadGenerator.Kind.allCases {
        let measurement = Measurement(
          tools: arguments[1], scratch: arguments[2], kind: kind, messages: size)
        print(try measurement.row())
      }
    }
    // Last: what this process holds counts as the first memory of those that it starts.
    try printReaders(arguments[2])
  }

  /// What the readers alone do on one core.
  private static func printReaders(_ scratch: String) throws {
    let manager = FileManager.default
    defer { try? manager.removeItem(atPath: scratch) }
    try DownloadGenerator(kind: .facebook, messages: 300_000).write(to: scratch + "/json")
    print("JSON reader: \(Int(try JSONSpeed.measure(scratch + "/json"))) MB/s on one core")
    let page = scratch + "/page.html"
    try ReaderSpeed.writePage(200_000, to: page)
    let pages = try ReaderSpeed.measure(
      "facebook", "your_facebook_activity/messages/inbox/customer1_1/message_1.html", page)
    print("page reader: \(pages.text)")
    try DownloadGenerator(kind: .whatsapp, messages: 1_000_000, perFile: 1_000_000).write(
      to: scratch + "/chats")
    let name = "WhatsApp Chat with Customer 0.txt"
    let chats = try ReaderSpeed.measure("whatsapp", name, scratch + "/chats/" + name)
    print("chat reader: \(chats.text)")
  }
}
