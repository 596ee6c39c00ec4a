import Importing
import TextDecoding

/// The name of a chat, from the names that WhatsApp gives to what it exports.
struct ChatTitle {
  let markers: Markers

  /// The title; nil if no name holds one.
  ///
  /// `_chat.txt` bears none: its folder's name or its zip's name then does.
  func find(_ file: SourceFile) -> String? {
    let folder = file.folder.split(separator: "/").last.map(String.init)
    var names = [ChatTitle.stem(file.name)]
    if names[0] == "_chat" || names[0].hasPrefix("_chat ") {
      names = [folder, ChatTitle.stem(file.partName)].compactMap { $0 }
    } else {
      names.append(ChatTitle.stem(file.partName))
      if let folder { names.append(folder) }
    }
    for name in names {
      if let title = markers.name(in: ChatTitle.key(name), as: .title) {
        return InvisibleMarks.cleanName(title)
      }
    }
    return nil
  }

  /// True for the names that WhatsApp gives to nothing but chats.
  static func isChatName(_ name: String) -> Bool {
    let lower = stem(name).lowercased()
    if lower == "_chat" { return true }
    return (lower.contains("whatsapp") || lower.contains("واتساب"))
      && Tables.shared.markers.name(in: key(stem(name)), as: .title) != nil
  }

  /// A name as the tables compare it; a stop at its end is the name's own.
  private static func key(_ name: String) -> Markers.Key {
    var name = name
    return name.withUTF8(InvisibleMarks.cleanBytes)
  }

  /// A file name without its ending and without a browser's copy mark.
  static func stem(_ name: String) -> String {
    var stem = name
    for ending in [".txt", ".zip"] where stem.lowercased().hasSuffix(ending) {
      stem = String(stem.dropLast(ending.count))
    }
    if stem.hasSuffix(")"), let open = stem.lastIndex(of: "("),
      stem[stem.index(after: open)...].dropLast().allSatisfy(\.isNumber)
    {
      stem = String(stem[..<open])
    }
    return stem.trimmed
  }
}
