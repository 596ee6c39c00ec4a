import ArchiveExport
import ArchiveStore
import Foundation

extension SocialArchive {
  /// The versions of cards that can be written.
  public static let vCardVersions = VCard.Version.allCases.map(\.rawValue)

  /// Writes customers as cards, one behind the other.
  ///
  /// - Parameters:
  ///   - selection: Which of them.
  ///   - version: `3.0` or `4.0`.
  ///   - target: Where to; its file is not finished yet.
  /// - Returns: How many.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportVCards(
    _ selection: ExportSelection, version: String, to target: ExportTarget
  ) throws -> Int {
    var output = ByteOutput(descriptor: try target.next())
    let count = try forEachCard(selection, version) { card, _ in
      output.write(card.utf8)
      try output.flushIfFull()
    }
    try output.flush()
    return count
  }

  /// Writes customers as cards, each into a file of its own.
  ///
  /// - Parameters:
  ///   - selection: Which of them.
  ///   - version: `3.0` or `4.0`.
  ///   - folder: Where to; it is made if it is not there.
  ///   - replaces: True if files of these names may be replaced.
  /// - Returns: How many.
  /// - Throws: `ArchiveFailure`, or `OutputError` if the output cannot be written.
  public func exportVCards(
    _ selection: ExportSelection, version: String, toFolder folder: String, replaces: Bool
  ) throws -> Int {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try forEachCard(selection, version) { card, id in
      let target = try ExportTarget("\(folder)/\(id).vcf", replaces: replaces)
      var output = ByteOutput(descriptor: try target.next())
      output.write(card.utf8)
      try output.flush()
      try target.finish()
    }
  }

  private func forEachCard(
    _ selection: ExportSelection, _ version: String, _ body: (String, String) throws -> Void
  ) throws -> Int {
    guard let version = VCard.Version(rawValue: version) else {
      throw ArchiveFailure.failed(
        "a version is \(SocialArchive.vCardVersions.joined(separator: " or ")).")
    }
    let archive = try reading()
    let card = VCard(version)
    var count = 0
    try CustomerFields(archive).forEach(try condition(selection, .customers, archive)) { customer in
      try body(card.text(customer.fields), customer.fields["id"]?.texts.first ?? "")
      count += 1
    }
    return count
  }
}
