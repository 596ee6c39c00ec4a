import ArchiveExport
import ArchiveStore

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
  ///   - path: The folder; it has this name when it is whole.
  ///   - replaces: True if an earlier export of that name may be replaced.
  /// - Returns: How many.
  /// - Throws: `ArchiveFailure`.
  public func exportVCards(
    _ selection: ExportSelection, version: String, toFolder path: String, replaces: Bool
  ) throws -> Int {
    do {
      let folder = try OutputFolder(path, replaces: replaces)
      let count = try forEachCard(selection, version) { card, id in
        try folder.write(id + ".vcf") { $0.write(card.utf8) }
      }
      try folder.write(OutputFolder.markName) {
        $0.write((JSONText.object([("format", "vcards"), ("version", version)]) + "\n").utf8)
      }
      try folder.finish()
      return count
    } catch let problem as OutputProblem {
      throw ArchiveFailure.failed(problem.description)
    }
  }

  private func forEachCard(
    _ selection: ExportSelection, _ version: String, _ body: (String, String) throws -> Void
  ) throws -> Int {
    guard let version = VCard.Version(rawValue: version) else {
      throw ArchiveFailure.failed(
        "a version is \(SocialArchive.vCardVersions.joined(separator: " or ")).")
    }
    let archive = try snapshot()
    let card = VCard(version)
    var count = 0
    try CustomerFields(archive).forEach(try condition(selection.ofCustomers, .customers, archive)) {
      customer in
      try body(card.text(customer.fields), customer.fields["id"]?.texts.first ?? "")
      count += 1
    }
    return count
  }
}
