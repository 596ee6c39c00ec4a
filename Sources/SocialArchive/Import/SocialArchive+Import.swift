import ArchiveStore
import CustomerMatching
import Downloads
import Foundation
import ImporterCatalog
import Importing
import InboxModel
import OrderReading
import TextDecoding

extension SocialArchive {
  /// Imports downloads; when it returns, all that the receipt says is durable.
  ///
  /// - Parameters:
  ///   - paths: Folders, zips, tars or files.
  ///   - options: What the user says; remembered in the archive.
  ///   - progress: Called now and then, on any thread.
  /// - Returns: The receipt.
  /// - Throws: `ArchiveFailure`.
  public func importDownloads(
    _ paths: [String], options: ImportOptions = ImportOptions(),
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) throws -> Receipt {
    let archive = try writing()
    archive.objects.removeLeftovers()
    try apply(options, to: archive)
    let before = Int(try archive.cell("SELECT count(*) FROM message").integer ?? 0)
    let ledger = try ImportLedger(
      archive, startedAt: SocialArchive.now(), toolVersion: SocialArchive.version)
    do {
      var intake = try Intake(archive, ledger, progress: progress)
      try intake.take(paths)
      guard !intake.recognized.isEmpty else {
        let reasons = try archive.rows(
          "SELECT reason FROM issue WHERE import_id = ? AND gravity = 'lost'", [.integer(ledger.id)]
        ).compactMap { $0[0].text }
        try ledger.discard()
        throw ArchiveFailure.nothingToImport(SocialArchive.unknownKinds(paths, reasons))
      }
      try Manifest.write(archive, ledger)
    } catch let error as DownloadError {
      try ledger.discard()
      throw ArchiveFailure.failed(error.description)
    }
    try settle(archive, options, progress)
    try ledger.finish(at: SocialArchive.now())
    let start = Date()
    let contacts = try findContacts(archive)
    let seconds = Date().timeIntervalSince(start)
    var receipt = try ReceiptMaker(archive: archive, importID: ledger.id).make(
      messagesBefore: before, contacts: contacts)
    receipt.contactSeconds = seconds
    return receipt
  }

  /// What an import of these paths would bring, worked out in a private place that is removed.
  ///
  /// - Throws: `ArchiveFailure`.
  public func rehearseImport(
    _ paths: [String], options: ImportOptions = ImportOptions()
  ) throws -> Receipt {
    let scratch = NSTemporaryDirectory() + "/archive-rehearsal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    return try SocialArchive(folder: scratch).importDownloads(paths, options: options)
  }

  /// Reads what is queued and settles what it changes; all of it is then durable.
  func settle(
    _ archive: ArchiveDatabase, _ options: ImportOptions,
    _ progress: @escaping @Sendable (ImportProgress) -> Void
  ) throws {
    // First of all: rows leave the index by the words that this program would give them.
    if try archive.isIndexStale() { try archive.makeIndexAnew() }
    let hints = ReadingHints(
      dateOrder: try archive.setting("date-order"), region: try archive.setting("region"),
      keys: try options.keys.map(SocialArchive.key), scratch: archive.objects.folderPath)
    let run = ImportRun(
      archive, reading: SourceReader.reading(archive.objects, hints), clock: try clock(archive),
      ownerNames: StoredList.values(try archive.setting("owner") ?? "[]"),
      isStreamingOff: options.isStreamingOff)
    let platforms = Dictionary(
      uniqueKeysWithValues: ImporterCatalog.all.map { ($0.name, $0.platform.rawValue) })
    _ = try run.run(platforms: platforms, alone: ["whatsapp"]) { position in
      let share = Double(position.bytes) / Double(max(1, position.bytesInAll))
      progress(.reading(messages: position.messages, share: share))
    }
    progress(.settling)
  }

  /// The second phase: contact points and orders of conversations that changed, and the customers.
  ///
  /// - Returns: The number of contact points found.
  func findContacts(_ archive: ArchiveDatabase) throws -> Int {
    let region = try archive.setting("region")
    return try archive.settleCustomers(
      MessageReader(region: region), try orderReader(archive), CustomerMatcher(),
      card: { SocialArchive.card(archive.objects.path($0)) })
  }

  /// Reads orders as the archive's region has money and numbers.
  func orderReader(_ archive: ArchiveDatabase) throws -> OrderReader {
    OrderReader(region: try archive.setting("region"))
  }

  /// What a contact card says; nil if the file is none.
  private static func card(_ path: String) -> String? {
    let text = try? MappedFile.read(path) { bytes in
      bytes.count < 4 << 20 ? bytes.text(0..<bytes.count) : ""
    }
    return text.flatMap(ContactCard.text)
  }

  private func clock(_ archive: ArchiveDatabase) throws -> WallClock {
    let zone = try archive.setting("timezone")
    if zone == nil { try archive.set("timezone", TimeZone.current.identifier) }
    let isKnown = try archive.setting("timezone-source") == "given"
    let name = zone ?? TimeZone.current.identifier
    guard let clock = WallClock(zone: name, isKnown: isKnown) else {
      throw ArchiveFailure.failed("the time zone \(name) is not known. Use a name like Asia/Amman.")
    }
    return clock
  }

  private func apply(_ options: ImportOptions, to archive: ArchiveDatabase) throws {
    if let region = options.region { try setSetting("region", region, in: archive) }
    if let zone = options.timezone { try setSetting("timezone", zone, in: archive) }
    try archive.readLockedAgain()
    if let order = options.dateOrder { try setSetting("date-order", order, in: archive) }
    if let name = options.ownerName { try setSetting("owner", name, in: archive) }
  }

  /// The bytes of a key file, or the digits that stand in place of its name.
  private static func key(_ text: String) throws -> [UInt8] {
    if let data = FileManager.default.contents(atPath: text), data.count <= 4_096 {
      return Array(data)
    }
    guard text.utf8.count >= 64, !text.contains("/") else {
      // What was typed may be most of a key: it is not repeated.
      throw ArchiveFailure.failed("--key-file names no file that can be read, and is no 64 digits.")
    }
    return Array(text.utf8)
  }

  static func now() -> String {
    let milliseconds = Int64(Date().timeIntervalSince1970 * 1_000)
    return ISOTime.text(milliseconds)
  }

  private static func unknownKinds(_ paths: [String], _ reasons: [String]) -> String {
    let kinds = ImporterCatalog.all.map(\.title).joined(separator: ", ")
    let names = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let why = reasons.isEmpty ? "" : " " + reasons.joined(separator: " ")
    return "\(names.joined(separator: ", ")): no download was found here.\(why) "
      + "What can be read: \(kinds); as a folder, a zip, a tar, or a chat's text file."
  }
}
