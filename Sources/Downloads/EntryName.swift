/// The name of an entry: its bytes as delivered, and the text that people read.
///
/// Names are data. Nothing in this program opens, creates or follows a path made of one.
package struct EntryName: Sendable, Hashable {
  /// The bytes as they stand in the download.
  package let bytes: [UInt8]
  /// The name as text, `/` between folders, decoded from whatever encoding it came in.
  package let text: String

  package init(bytes: [UInt8], text: String) {
    self.bytes = bytes
    self.text = text
  }

  package init(text: String) {
    self.init(bytes: Array(text.utf8), text: text)
  }

  /// The bytes, if the text alone does not give them back.
  package var differingBytes: [UInt8]? { bytes.elementsEqual(text.utf8) ? nil : bytes }

  /// True for a folder's own entry.
  package var isFolder: Bool { bytes.last == UInt8(ascii: "/") }

  /// Why the name would be dangerous as a path; nil for an ordinary one.
  package var hazard: String? {
    if bytes.isEmpty { return "the name is empty" }
    if text.unicodeScalars.contains("\0") { return "the name holds a NUL byte" }
    if bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\") {
      return "the name is an absolute path"
    }
    if bytes.count > 1, bytes[1] == UInt8(ascii: ":") { return "the name begins with a drive" }
    if bytes.contains(UInt8(ascii: "\\")) { return "the name has backslashes for slashes" }
    let parts = text.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    return parts.contains("..") ? "the name leads out of its folder" : nil
  }
}
