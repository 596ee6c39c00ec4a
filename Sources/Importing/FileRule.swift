/// What an importer does with the files whose path fits a pattern.
package struct FileRule: Sendable {
  /// What becomes of a file.
  package enum Action: Sendable, Equatable {
    /// The importer reads it.
    case read
    /// A file that a message carries, or could carry.
    case attachment
    /// Known, kept, and not read yet; the text says what it holds.
    case notYet(String)
    /// Holds nothing; the text says why.
    case ignore(String)
  }

  package let pattern: PathPattern
  package let action: Action

  package init(_ pattern: String, _ action: Action) {
    self.init(PathPattern(pattern), action)
  }

  package init(_ pattern: PathPattern, _ action: Action) {
    self.pattern = pattern
    self.action = action
  }
}

/// A pattern over the components of a path, compared without regard to case.
///
/// `*` stands for any run of characters in one component, `?` for one of them, `**` for any
/// number of components.
package struct PathPattern: Sendable {
  private let parts: [[UInt8]]
  private static let any = Array("**".utf8)

  package init(_ text: String) {
    parts = text.lowercased().split(separator: "/").map { Array($0.utf8) }
  }

  /// True if the whole path fits.
  package func matches(_ path: String) -> Bool {
    let components = path.lowercased().split(separator: "/").map { Array($0.utf8) }
    return PathPattern.match(parts[...], components[...])
  }

  private static func match(_ parts: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return path.isEmpty }
    if part == any {
      let rest = parts.dropFirst()
      return (path.startIndex...path.endIndex).contains { match(rest, path[$0...]) }
    }
    guard let component = path.first, fits(part[...], component[...]) else { return false }
    return match(parts.dropFirst(), path.dropFirst())
  }

  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
      let rest = pattern.dropFirst()
      return (text.startIndex...text.endIndex).contains { fits(rest, text[$0...]) }
    }
    if first == UInt8(ascii: "?") {
      // One character, however many bytes it has.
      let rest = text.dropFirst().drop { $0 & 0xC0 == 0x80 }
      return !text.isEmpty && fits(pattern.dropFirst(), rest)
    }
    return text.first == first && fits(pattern.dropFirst(), text.dropFirst())
  }
}

extension FileRule {
  /// Files that operating systems and zip programs leave behind, in any download.
  package static let litter: [FileRule] = [
    FileRule("**/__MACOSX/**", .ignore("made by a Mac's zip program")),
    FileRule("**/._*", .ignore("made by a Mac")),
    FileRule("**/.DS_Store", .ignore("made by a Mac")),
    FileRule("**/Thumbs.db", .ignore("made by Windows")),
    FileRule("**/desktop.ini", .ignore("made by Windows")),
  ]

  /// Media files, by their endings.
  package static let media: [FileRule] = [
    "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff", "svg", "mp4", "mov",
    "m4v", "avi", "3gp", "mkv", "webm", "mp3", "m4a", "aac", "ogg", "opus", "oga", "wav", "amr",
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "vcf", "srt", "thumb",
  ].map { FileRule("**/*.\($0)", .attachment) }
}
