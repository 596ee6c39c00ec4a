package import Importing
package import InboxModel
import MetaFormat
import TextDecoding

/// Facebook and Messenger downloads: JSON of all folder generations since May 2018, and pages
/// (HTML) from 2010 to now.
///
/// Source: layouts of real downloads. The business files beside the messages are kept and named.
package struct FacebookImporter: Importer {
  package let name = "facebook"
  package let title = "Facebook or Messenger download"
  package let platform = Platform.facebook
  package let version = 2

  package init() {}

  package var rules: [FileRule] {
    FileRule.litter + FacebookFiles.rules + FileRule.media + FacebookFiles.fallbacks
  }

  package func recognize(_ file: CandidateFile) -> Recognition? {
    let parts = file.components.map { Substring($0.lowercased()) }
    for (index, part) in parts.dropLast().enumerated() {
      let root = file.components[..<index].joined(separator: "/")
      if FacebookFiles.certainFolders.contains(part) {
        return Recognition(root: root, evidence: String(part), isCertain: true)
      }
      if part == "messages", let place = MetaPath.threadPlace(file.components),
        file.path.hasSuffix(".json") || file.path.hasSuffix(".html")
      {
        return Recognition(
          root: root, evidence: "messages/\(place.box ?? "…")", isCertain: false)
      }
      if part == "html", index == parts.count - 2, parts.last == "messages.htm" {
        return Recognition(root: root, evidence: "html/messages.htm", isCertain: true)
      }
      if FacebookFiles.sharedFolders.contains(part) {
        return Recognition(root: root, evidence: String(part), isCertain: false)
      }
    }
    guard LoosePage.recognizes(file), !LoosePage.isInstagram(file) else { return nil }
    return Recognition(
      root: file.components.dropLast().joined(separator: "/"), evidence: "a page by itself",
      isCertain: false, isWholeDownload: true)
  }

  package func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    let components = file.path.split(separator: "/")
    if components.contains("your_group_messages") {
      let key = "group_messages/" + file.name.lowercased()
      let thread = FacebookImporter.thread(key: key, id: nil, file: file, kind: .group)
      return try MetaThreadReader.read(file, thread: thread, emit)
    }
    if file.name.lowercased() == "profile_information.json" { try OwnerReader.read(file, emit) }
    if MetaPath.threadPlace(components) == nil,
      let kind = RecordRule.kind(of: file.path, FacebookFiles.records)
    {
      return try RecordRule.read(file, kind: kind, emit)
    }
    let place = MetaPath.threadPlace(components)
    let folder = place?.folder ?? file.name
    let id = place.map { _ in MetaPath.threadID(folder: folder) }
    var thread = FacebookImporter.thread(
      key: id ?? folder.lowercased(), id: id, file: file, kind: nil)
    thread.slug = place.flatMap { MetaPath.slug(folder: $0.folder) }
    if file.isPage { return try MetaPageReader.read(file, thread: thread, emit) }
    try MetaThreadReader.read(file, thread: thread, emit)
  }

  private static func thread(
    key: String, id: String?, file: SourceFile, kind: ConversationKind?
  ) -> InboxModel.Thread {
    InboxModel.Thread(
      key: key, platformID: id, kind: kind, order: .newestFirst,
      sequence: MetaPath.sequence(file: file.name), showsReactions: true)
  }
}
