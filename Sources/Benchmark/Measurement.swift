import ArchiveStore
import Foundation
import SocialArchive

/// One line of the table: a download of one kind and size.
struct Measurement {
  let tools: String
  let scratch: String
  let kind: DownloadGenerator.Kind
  let messages: Int

  static let header = """
    | download | messages | floor s | import s | ratio | messages/s | peak MiB | contacts s | again s | faster | search ms (p95) | relevance ms (p95) | command ms | index time | index size | CSV rows/s | XLSX rows/s | of C |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
    """

  func row() throws -> String {
    let manager = FileManager.default
    try? manager.removeItem(atPath: scratch)
    try manager.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: scratch) }
    let download = scratch + "/download"
    let folder = scratch + "/archive"
    try DownloadGenerator(kind: kind, messages: messages).write(to: download)
    let archive = tools + "/archive"
    let first = try ChildProcess.run(
      archive, ["import", download, "--archive", folder, "--timezone", "UTC", "--json"])
    guard first.status == 0 else { throw BenchmarkError("the import ended with \(first.status)") }
    let contacts = Measurement.number("seconds_contacts", first.output)
    let again = try ChildProcess.run(archive, ["import", download, "--archive", folder, "--json"])
    let floor = try measureFloor(folder)
    let search = try SearchSpeed(folder: folder).measure(isByRelevance: false)
    let relevance = try SearchSpeed(folder: folder).measure(isByRelevance: true)
    let index = try IndexCost(tools: tools, scratch: scratch).measure(folder)
    let command = try ChildProcess.run(
      archive, ["search", "chocolate", "--archive", folder, "--json"])
    let csv = try ChildProcess.run(
      archive,
      ["export", "csv", "messages", "--output", scratch + "/messages.csv", "--archive", folder])
    let workbook = try ChildProcess.run(
      archive, ["export", "xlsx", "--output", scratch + "/shop.xlsx", "--archive", folder])
    let workbookFloor = try ChildProcess.run(
      tools + "/benchmark-floor", ["workbook", folder + "/archive.sqlite", scratch + "/floor.xlsx"])
    let imported = first.seconds - contacts
    let cells: [String] = [
      kind.rawValue, String(messages), Measurement.text(floor, 2), Measurement.text(imported, 2),
      Measurement.text(imported / floor, 2), String(Int(Double(messages) / imported)),
      Measurement.text(first.peak, 0), Measurement.text(contacts, 2),
      Measurement.text(again.seconds, 2), Measurement.text(imported / again.seconds, 0) + " x",
      Measurement.text(search, 2), Measurement.text(relevance, 2),
      Measurement.text(command.seconds * 1_000, 0), Measurement.text(index.time, 2) + " x",
      Measurement.text(index.size, 2) + " x",
      String(Int(Double(messages) / csv.seconds)),
      String(Int(Double(messages) / workbook.seconds)),
      Measurement.text(workbookFloor.seconds / workbook.seconds, 2),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func measureFloor(_ folder: String) throws -> Double {
    let input = FloorInput(archive: try ArchiveDatabase.openForReading(folder))
    try input.writeSchema(to: scratch + "/schema.sql")
    try input.writeRows(to: scratch + "/rows")
    let result = try ChildProcess.run(
      tools + "/benchmark-floor",
      [scratch + "/schema.sql", scratch + "/rows", scratch + "/floor.sqlite"])
    guard result.status == 0, let seconds = result.output.split(separator: " ").last,
      let value = Double(seconds.trimmingCharacters(in: .whitespacesAndNewlines))
    else { throw BenchmarkError("the floor ended with \(result.status)") }
    return value
  }

  private static func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// A number of a JSON object; 0 if it has none of this name.
  private static func number(_ key: String, _ json: String) -> Double {
    let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return (object?[key] as? NSNumber)?.doubleValue ?? 0
  }
}
