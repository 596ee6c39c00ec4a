package import Importing
package import InboxModel
import TextDecoding

/// WhatsApp: chats as the app exports them, the phone's own databases, plain or sealed, and the report on the account.
///
/// Source: exported chats, the app's own language files, public readers of its databases. What a chat's headers look like,
/// the order of its dates and its people are learnt from the whole file; languages come from tables.
package struct WhatsAppImporter: Importer {
  package let name = "whatsapp"
  package let title = "WhatsApp"
  package let platform = Platform.whatsapp
  package let version = 2

  package init() {}

  package var rules: [FileRule] {
    FileRule.litter + [
      FileRule("**/*.sqlite-shm", .ignore("SQLite makes it anew")),
      FileRule("**/*.db-shm", .ignore("SQLite makes it anew")),
      FileRule("**/*.sqlite-wal", .ignore("read together with its database")),
      FileRule("**/*.db-wal", .ignore("read together with its database")),
      FileRule("**/*.db-journal", .ignore("what SQLite would take back")),
      FileRule("**/whatsapp_connections/*.json", .read),
      FileRule("**/registration_info*.json", .read),
      FileRule("**/portability.json", .read),
      FileRule("**/*.html", .notYet("the account's report as a page: the same stands in its JSON")),
      FileRule("**/*.txt", .read),
      FileRule("**/ChatStorage.sqlite", .read),
      FileRule("**/ContactsV2.sqlite", .read),
      FileRule("**/CallHistory.sqlite", .read),
      FileRule("**/msgstore*.db", .read),
      FileRule("**/wa.db", .read),
      FileRule("**/msgstore-increment*", .notYet("changes since a full backup, which it needs")),
      FileRule("**/msgstore*.db.crypt*", .read),
      FileRule("**/wa.db.crypt*", .read),
    ] + FileRule.media
  }

  package func recognize(_ file: CandidateFile) -> Recognition? {
    let root = file.components.dropLast().joined(separator: "/")
    switch file.components.last?.lowercased() {
    case "chatstorage.sqlite", "contactsv2.sqlite", "callhistory.sqlite", "wa.db":
      return Recognition(root: root, evidence: "a phone's own database", isCertain: true)
    case let lower?
    where lower.hasPrefix("msgstore") && lower.hasSuffix(".db")
      || SealedBackup.isName(lower):
      return Recognition(root: root, evidence: "a phone's own database", isCertain: true)
    case let lower? where lower.hasSuffix(".txt"):
      guard !WhatsAppImporter.isNumbered(lower),
        ChatTitle.isChatName(String(file.components.last ?? "")) || ChatText.isLikely(file.head)
      else { return nil }
      return Recognition(
        root: root, evidence: "a chat text", isCertain: true, isWholeDownload: true)
    case let lower? where lower.hasSuffix(".json"):
      guard AccountReport.recognizes(file.head) else { return nil }
      let isListed = file.components.dropLast().last?.lowercased() == "whatsapp_connections"
      let top = isListed ? file.components.dropLast(2).joined(separator: "/") : root
      return Recognition(root: top, evidence: "the account's report", isCertain: true)
    default: return nil
    }
  }

  package func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    guard file.bytes.count > 0 else { throw NotThisFormat("the file is empty") }
    guard !file.name.lowercased().hasSuffix(".json") else {
      return try AccountReport.read(file.bytes, emit)
    }
    guard file.name.lowercased().hasSuffix(".txt") else {
      return try withoutActuallyEscaping(emit) { emit in
        guard SealedBackup.isName(file.name) else {
          return try PhoneDatabase.read(file.bytes, log: file.log, emit)
        }
        guard !file.hints.keys.isEmpty else { throw LockedFile.withoutKey }
        try SealedBackup(file.bytes).open(keys: file.hints.keys, folder: file.hints.scratch) {
          try PhoneDatabase.read($0, log: nil, emit)
        }
      }
    }
    // A text that somebody sent may hold a chat, and is none of theirs.
    guard !WhatsAppImporter.isNumbered(file.name) else {
      throw NotThisFormat("a text that a message carries")
    }
    try ChatLines.withUTF8(file.bytes) { bytes in
      try withoutActuallyEscaping(emit) { emit in
        try ChatText(bytes, file).read(emit)
      }
    }
  }

  /// True for `00000009-List.txt`, as iPhones name what messages carry.
  private static func isNumbered(_ name: String) -> Bool {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    return digits.count == 8 && name.dropFirst(8).first == "-"
  }
}
