import Foundation
import InboxModel

extension Attachment {
  /// A file as a phone's database names it: by its path from WhatsApp's own folder (nil if it was
  /// never fetched), a document's own name, and the SHA-256 in base64.
  static func ofPhone(
    _ kind: AttachmentKind, path: String?, name: String?, hash: String?
  ) -> Attachment {
    let file = path?.split(separator: "/").last.map(String.init)
    let own = name?.isEmpty == true ? nil : name
    return Attachment(
      kind: kind, reference: path, fileName: kind == .file ? own ?? file : file ?? own,
      absence: path == nil ? "the phone had not fetched it" : nil,
      sha256: hash.flatMap { Data(base64Encoded: $0) }.flatMap { data in
        data.count == 32
          ? data.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
          }.joined() : nil
      })
  }
}
