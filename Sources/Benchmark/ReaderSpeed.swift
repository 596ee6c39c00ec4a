import Foundation
import ImporterCatalog
import Importing
import TextDecoding

/// How fast one importer reads one file on one core, without an archive behind it.
struct ReaderSpeed {
  let messagesPerSecond: Double
  let megabytesPerSecond: Double

  var text: String {
    "\(Int(messagesPerSecond)) messages/s, \(Int(megabytesPerSecond)) MB/s on one core"
  }

  /// Reads a file three times, every field of each message made; the best time counts.
  ///
  /// - Parameters:
  ///   - importer: The importer's name.
  ///   - path: The file's path from the download's root, as the platform names it.
  ///   - file: Where its bytes are.
  /// - Returns: What one thread reads in a second.
  /// - Throws: `BenchmarkError` if there is no such importer, and what the importer throws.
  static func measure(_ importer: String, _ path: String, _ file: String) throws -> ReaderSpeed {
    guard let reader = ImporterCatalog.importer(named: importer) else {
      throw BenchmarkError("there is no importer \(importer)")
    }
    return try MappedFile.read(file) { view in
      let source = SourceFile(path: path, partName: "download", bytes: view)
      var best = Double.infinity
      var messages = 0
      // The first round brings the file into memory and loads the tables.
      for _ in 0..<3 {
        messages = 0
        let start = DispatchTime.now().uptimeNanoseconds
        try reader.read(source) { event in
          if case .message = event { messages += 1 }
        }
        best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
      }
      return ReaderSpeed(
        messagesPerSecond: Double(messages) / best,
        megabytesPerSecond: Double(view.count) / 1e6 / best)
    }
  }

  /// Writes one page of messages as Facebook has written them since 2024, newest first.
  static func writePage(_ messages: Int, to file: String) throws {
    var texts = MessageTexts(seed: 5)
    var numbers = RandomNumbers(seed: 6)
    var page = """
      <html><head><base href="../../../../" /><title>Customer 1</title></head><body><div>\
      <div class="_a705"><header class="_a70a"><div><h1>Customer 1</h1></div></header>\
      <main class="_a706" role="main"><div class="pam _a6-g"><h2 class="_a6-h">\
      Participants: Customer 1 and Shop Owner</h2></div>
      """
    let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ")
    for index in 0..<messages {
      let left = messages - index
      let minute = left % 60
      let reaction = "<div><ul class=\"_a6-q\"><li><span>❤Customer 1</span></li></ul></div>"
      page += """
        <div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">\
        \(index % 2 == 0 ? "Shop Owner" : "Customer 1")</h2><div class="_3-95 _a6-p"><div><div></div>\
        <div>\(texts.next())</div><div></div><div></div>\
        \(numbers.below(10) == 0 ? reaction : "")</div></div>\
        <div class="_3-94 _a6-o">\(months[left / 40_320 % 12]) \(1 + left / 1_440 % 28), 2024 \
        \(1 + left / 60 % 12):\(minute < 10 ? "0" : "")\(minute) \(left / 720 % 2 == 0 ? "am" : "pm")\
        </div></div>
        """
    }
    page += "</main></div></div></body></html>"
    try Data(page.utf8).write(to: URL(fileURLWithPath: file))
  }
}
