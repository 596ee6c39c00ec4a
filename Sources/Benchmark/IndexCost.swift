import ArchiveStore
import Foundation
import SearchText

/// What the archive's search index costs against SQLite's own with `unicode61` over the same texts.
struct IndexCost {
  let tools: String
  let scratch: String

  /// Folding, collecting words and filling, against filling; and the size of the files.
  ///
  /// - Parameter folder: An archive.
  /// - Returns: The ratios of time and of size.
  /// - Throws: `BenchmarkError`, and what SQLite reports.
  func measure(_ folder: String) throws -> (time: Double, size: Double) {
    let archive = try ArchiveDatabase.openForReading(folder)
    let plain = scratch + "/texts"
    let folded = scratch + "/folded"
    try write(archive, to: plain) { $0 }
    var folder = SearchFolder()
    var collector = WordCollector()
    var seconds = 0.0
    var words: [WordCollector.Form] = []
    try write(archive, to: folded) { text in
      let start = DispatchTime.now().uptimeNanoseconds
      let bytes = folder.foldedBytes(text)
      collector.note(text, folded: bytes)
      words += collector.takeForms()
      seconds += Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
      return String(decoding: bytes, as: UTF8.self)
    }
    // In turns, the better of two: other work on the machine must not decide.
    var floor = try fill("tokenize='unicode61'", plain)
    var ours = try fill("columnsize=0, tokenize='ascii'", folded)
    floor.seconds = min(floor.seconds, try fill("tokenize='unicode61'", plain).seconds)
    ours.seconds = min(ours.seconds, try fill("columnsize=0, tokenize='ascii'", folded).seconds)
    // The table of forms: a key of language, stem and word, with a few bytes around.
    let forms = words.reduce(0) { $0 + $1.stem.utf8.count + $1.word.utf8.count + 10 }
    return (
      (ours.seconds + seconds) / floor.seconds, Double(ours.size + forms) / Double(floor.size)
    )
  }

  private func write(
    _ archive: ArchiveDatabase, to path: String, _ body: (String) -> String
  ) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    var data = Data()
    try archive.forEachRow("SELECT id, text FROM message WHERE text IS NOT NULL ORDER BY id") {
      row in
      let text = Array(body(row.cell(1).text ?? "").utf8)
      for number in [row.cell(0).integer ?? 0, Int64(text.count)] {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
      }
      data.append(contentsOf: text)
      if data.count > 1 << 20 {
        try handle.write(contentsOf: data)
        data.removeAll(keepingCapacity: true)
      }
      return true
    }
    try handle.write(contentsOf: data)
  }

  private func fill(_ tokenizer: String, _ texts: String) throws -> (seconds: Double, size: Int) {
    let output = scratch + "/index.sqlite"
    let result = try ChildProcess.run(
      tools + "/benchmark-floor", ["index", tokenizer, texts, output])
    guard result.status == 0, let seconds = result.output.split(separator: " ").last,
      let value = Double(seconds.trimmingCharacters(in: .whitespacesAndNewlines))
    else { throw BenchmarkError("the index ended with \(result.status)") }
    let attributes = try FileManager.default.attributesOfItem(atPath: output)
    return (value, (attributes[.size] as? NSNumber)?.intValue ?? 0)
  }
}
