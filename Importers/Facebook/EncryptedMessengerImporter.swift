package import Importing
package import InboxModel
import TextDecoding

/// The "secure storage" download of end-to-end encrypted Messenger chats.
///
/// Source: a real download: flat `<Thread name>_<n>.json` files beside `media/`, one file
/// a thread, camelCase keys, text in proper UTF-8 (repaired only where all of it is mojibake).
package struct EncryptedMessengerImporter: Importer {
  package let name = "messenger-encrypted"
  package let title = "end-to-end encrypted Messenger download"
  package let platform = Platform.facebook
  package let version = 1

  package init() {}

  package var rules: [FileRule] {
    FileRule.litter + [FileRule("media/**", .attachment), FileRule("*.json", .read)]
  }

  package func recognize(_ file: CandidateFile) -> Recognition? {
    guard file.path.lowercased().hasSuffix(".json"),
      EncryptedMessengerImporter.looksLikeThread(file.head)
    else { return nil }
    let root = file.components.dropLast().joined(separator: "/")
    return Recognition(root: root, evidence: "threadName", isCertain: true)
  }

  package func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    try EncryptedThreadReader.read(file, emit)
  }

  /// True if the object at the start of the file has `threadName`, or `participants` as strings.
  private static func looksLikeThread(_ head: [UInt8]) -> Bool {
    let text = head.prefix(64 << 10)
    guard text.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "{") else { return false }
    return head.withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(UnsafeRawBufferPointer(raw)))
      guard (try? reader.beginObject()) != nil else { return false }
      while let key = try? reader.nextKey() {
        if key == "threadName" { return true }
        if key == "participants" {
          guard (try? reader.beginArray()) != nil, (try? reader.nextElement()) == true else {
            return false
          }
          return reader.peek() == .string
        }
        guard (try? reader.skip()) != nil else { return false }
      }
      return false
    }
  }
}
