import InboxModel
import SearchText

/// What of a message is searched. All that goes into the index or comes out of it is made here:
/// a row is removed by the very words that it was put in with.
enum IndexedText {
  /// The text that a message's words are made of; nil if there is none.
  ///
  /// - Parameters:
  ///   - text: The message's text.
  ///   - fileNames: The names of its attachments, in their order.
  /// - Returns: The text, and below it the names that people gave.
  static func of(_ text: String?, fileNames: some Sequence<String?>) -> String? {
    var all = text
    for case let name? in fileNames where isGiven(name) {
      all = all.map { $0 + "\n" + name } ?? name
    }
    return all
  }

  /// SQL for the names of the files of `message m`, in their order, as a JSON list; nil for none.
  static let fileNames = """
    CASE WHEN m.attachment_count = 0 THEN NULL ELSE
      (SELECT json_group_array(file_name) FROM (SELECT file_name FROM attachment
        WHERE message_id = m.id AND file_name IS NOT NULL ORDER BY position)) END
    """

  /// What apps and cameras call files.
  private static let machineWords: Set<String> = [
    "img", "image", "images", "vid", "video", "ptt", "aud", "audio", "audioclip", "stk", "sticker",
    "doc", "gif", "photo", "photos", "received", "screenshot", "screen", "shot", "signal",
    "whatsapp",
    "dsc", "pxl", "mov", "messenger", "creation", "file", "voice", "clip",
  ]

  /// True if a file has a name that a person may look for: it holds a word of letters, and more
  /// letters than digits.
  static func isGiven(_ name: String) -> Bool {
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    var letters = 0
    var digits = 0
    for scalar in stem.unicodeScalars {
      if scalar.properties.isAlphabetic {
        letters += 1
      } else if scalar.properties.numericType != nil {
        digits += 1
      }
    }
    guard letters > digits else { return false }
    return stem.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains { word in
      word.count >= 3 && word.allSatisfy(\.isLetter)
        && !machineWords.contains(word.lowercased())
    }
  }
}
