package import Importing

/// What the paths of Meta's downloads tell.
package enum MetaPath {
  /// The folders of `messages/` that hold threads.
  package static let boxes: Set<Substring> = [
    "inbox", "archived_threads", "filtered_threads", "message_requests", "e2ee_cutover",
    "legacy_threads", "ai_conversations", "other_threads", "broadcast",
  ]

  /// The rules that read the threads of some boxes, data and pages.
  package static func threadFiles(in boxes: [String]) -> [FileRule] {
    boxes.flatMap { box in
      ["json", "html"].map { FileRule("**/messages/\(box)/*/*.\($0)", .read) }
    }
  }

  /// Where `messages/<box>/<thread>/<file>` or `messages/<thread>/<file>` stands in a path.
  package struct ThreadPlace: Equatable {
    package let box: String?
    /// The thread's folder, as written.
    package let folder: String
    /// The components before `messages`, or before the folder that wraps it.
    package let prefix: [Substring]
  }

  /// The place of a thread's file; nil if the path is not one.
  package static func threadPlace(_ components: [Substring]) -> ThreadPlace? {
    let lower = components.map { Substring($0.lowercased()) }
    guard let index = lower.lastIndex(of: "messages") else { return nil }
    let rest = components[(index + 1)...]
    let prefix = Array(components[..<index])
    if let box = rest.first, boxes.contains(Substring(box.lowercased())), rest.count >= 3 {
      return ThreadPlace(
        box: box.lowercased(), folder: String(rest[rest.startIndex + 1]), prefix: prefix)
    }
    guard rest.count == 2, let folder = rest.first, folder.contains("_") else { return nil }
    return ThreadPlace(box: nil, folder: String(folder), prefix: prefix)
  }

  /// The platform's id at the end of a thread's folder name: digits since 2022, before that
  /// ten letters and digits, whose case changes between downloads. The whole name if there
  /// is none.
  package static func threadID(folder: String) -> String {
    let name = folder.lowercased()
    guard let last = name.split(separator: "_", omittingEmptySubsequences: false).last,
      last.utf8.count >= 5, last.utf8.allSatisfy(isLetterOrDigit)
    else { return name }
    return String(last)
  }

  /// What a thread's folder is called before its id: made of the person's handle or name; nil if
  /// the folder is nothing but an id.
  package static func slug(folder: String) -> String? {
    let name = folder.lowercased()
    let id = threadID(folder: folder)
    guard name.utf8.count > id.utf8.count + 1 else { return nil }
    return String(name.dropLast(id.count + 1))
  }

  /// The number in `message_12.json`; 1 for `message.json` and names cut short.
  package static func sequence(file: String) -> Int {
    let stem = file.split(separator: ".").first ?? ""
    let digits = stem.reversed().prefix { $0.isNumber }.reversed()
    return Int(String(digits)) ?? 1
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
