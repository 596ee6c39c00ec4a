import ArchiveStore
import Foundation
import SocialArchive

/// Measures the program against bare SQLite and prints one table.
///
/// usage: benchmark TOOLS-FOLDER SCRATCH-FOLDER MESSAGES...
///        benchmark generate facebook|whatsapp MESSAGES FOLDER
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 5, arguments[1] == "generate",
      let kind = DownloadGenerator.Kind(rawValue: arguments[2]), let size = Int(arguments[3])
    {
      return try DownloadGenerator(kind: kind, messages: size).write(to: arguments[4])
    }
    guard arguments.count > 3 else {
      print("usage: benchmark TOOLS-FOLDER SCRATCH-FOLDER MESSAGES...")
      exit(64)
    }
    print("\(ProcessInfo.processInfo.activeProcessorCount) cores")
    print("JSON reader: \(Int(try speed(arguments[2]))) MB/s on one core")
    print(Measurement.header)
    for size in arguments.dropFirst(3).compactMap(Int.init) {
      for kind in DownloadGenerator.Kind.allCases {
        let measurement = Measurement(
          tools: arguments[1], scratch: arguments[2], kind: kind, messages: size)
        print(try measurement.row())
      }
    }
  }

  private static func speed(_ scratch: String) throws -> Double {
    let folder = scratch + "/json"
    try DownloadGenerator(kind: .facebook, messages: 300_000).write(to: folder)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    return try JSONSpeed.measure(folder)
  }
}
