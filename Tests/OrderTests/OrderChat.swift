import ArchiveStore
import Foundation
import SocialArchive
import Testing

/// A WhatsApp chat between a bakery and Dana, in two parts, and archives of it.
enum OrderChat {
  static let early = [
    ("10:00", "Dana", "hi, I want 2 chocolate cakes and 1 box of baklava please"),
    ("10:05", "Olive Bakery", "Hi Dana! cakes 12.500 JD each, baklava box 9 JD, so 34 JD total"),
    ("10:06", "Dana", "ok, deliver to Abdoun, Cairo Street 14"),
    ("10:07", "Dana", "my number is 0795550134"),
  ]
  static let late = [
    ("10:09", "Olive Bakery", "Order confirmed, delivery is 3 JD"),
    ("10:20", "Dana", "paid by cliq just now"),
  ]
  static let whole = early + late

  /// Writes a chat as WhatsApp exports one; gives its path.
  static func write(
    _ lines: [(String, String, String)], with name: String = "Dana", in folder: String
  ) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = lines.map { "05/05/2024, \($0.0) - \($0.1): \($0.2)\n" }.joined()
    let path = "\(folder)/WhatsApp Chat with \(name).txt"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  static var options: ImportOptions {
    var options = ImportOptions()
    options.region = "JO"
    options.timezone = "UTC"
    options.ownerName = "Olive Bakery"
    return options
  }

  /// Imports chats one by one.
  static func take(_ paths: [String], into archive: SocialArchive) throws {
    for path in paths { _ = try archive.importDownloads([path], options: options) }
    #expect(try archive.verify().isEmpty)
  }

  /// The orders of an archive, rejected ones too, the last first.
  static func orders(_ archive: SocialArchive) throws -> [OrderEntry] {
    var filter = OrderFilter()
    filter.review = "all"
    var orders: [OrderEntry] = []
    try archive.forEachOrder(filter) { orders.append($0) }
    return orders
  }
}
