package import Importing
package import InboxModel
import MetaFormat
import TextDecoding

/// Instagram downloads: JSON from the flat files of 2018 to now, and pages (HTML).
///
/// Source: layouts of real downloads, 2018 to 2026. The files beside the messages are kept and
/// named.
package struct InstagramImporter: Importer {
  package let name = "instagram"
  package let title = "Instagram download"
  package let platform = Platform.instagram
  package let version = 2

  package init() {}

  package var rules: [FileRule] {
    FileRule.litter + InstagramFiles.rules + FileRule.media + InstagramFiles.fallbacks
  }

  package func recognize(_ file: CandidateFile) -> Recognition? {
    let parts = file.components.map { Substring($0.lowercased()) }
    for (index, part) in parts.dropLast().enumerated() {
      let root = file.components[..<index].joined(separator: "/")
      if InstagramFiles.certainFolders.contains(part) {
        return Recognition(root: root, evidence: String(part), isCertain: true)
      }
      if part == "messages", MetaPath.threadPlace(file.components)?.box != nil {
        return Recognition(root: root, evidence: "messages", isCertain: false)
      }
      if InstagramFiles.sharedFolders.contains(part) {
        return Recognition(root: root, evidence: String(part), isCertain: false)
      }
    }
    let root = file.components.dropLast().joined(separator: "/")
    if parts.last == "messages.json", FlatMessagesReader.recognizes(file.head) {
      return Recognition(root: root, evidence: "messages.json", isCertain: true)
    }
    if parts.last?.hasSuffix(".json") == true, LooseThread.recognizes(file.head) {
      return Recognition(
        root: root, evidence: "a thread file by itself", isCertain: false, isWholeDownload: true)
    }
    if LoosePage.recognizes(file), LoosePage.isInstagram(file) {
      return Recognition(
        root: root, evidence: "a page by itself", isCertain: false, isWholeDownload: true)
    }
    return nil
  }

  package func read(_ file: SourceFile, _ emit: (ImportEvent) throws -> Void) throws {
    let components = file.path.split(separator: "/")
    if components.count == 1, file.name.lowercased() == "messages.json" {
      return try FlatMessagesReader.read(file, emit)
    }
    if ["personal_information.json", "profile.json"].contains(file.name.lowercased()) {
      try OwnerReader.read(file, emit)
    }
    if components.count == 1, file.name.lowercased() == "profile.json" { return }
    if MetaPath.threadPlace(components) == nil,
      let kind = RecordRule.kind(of: file.path, InstagramFiles.records)
    {
      return try RecordRule.read(file, kind: kind, emit)
    }
    let place = MetaPath.threadPlace(components)
    let id = place.map { MetaPath.threadID(folder: $0.folder) }
    var thread = InboxModel.Thread(
      key: id ?? file.path.lowercased(), platformID: id, order: .newestFirst,
      sequence: MetaPath.sequence(file: file.name), showsReactions: true)
    thread.slug = place.flatMap { MetaPath.slug(folder: $0.folder) }
    if file.isPage { return try MetaPageReader.read(file, thread: thread, emit) }
    try MetaThreadReader.read(file, thread: thread, emit)
  }
}
