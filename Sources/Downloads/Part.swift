#if canImport(Glibc)
  import Glibc
#endif

/// One container of a download: a folder, a single file, a zip or a tar.
///
/// A part only reads. It never writes, and follows no name out of itself.
package struct Part: Sendable {
  /// What holds the files.
  package enum Kind: String, Sendable {
    case folder, file, zip, tar
  }

  /// Where it is on this machine.
  package let path: String
  package let kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  /// The last component of the path.
  package var name: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The part at a path that the user gave.
  ///
  /// - Throws: `DownloadError` if there is nothing or it cannot be read.
  package static func at(_ path: String) throws -> Part {
    var status = stat()
    guard stat(path, &status) == 0 else { throw DownloadError.missing(path: path) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return Part(path: trimmed(path), kind: .folder)
    case S_IFREG: return Part(path: path, kind: try fileKind(path))
    default: throw DownloadError.unreadable(path: path, code: EINVAL)
    }
  }

  /// Zips and tars that lie directly in a folder: perhaps the parts of a download, perhaps just
  /// files that somebody sent.
  package func archivesInside() throws -> [Part] {
    guard kind == .folder else { return [] }
    return try FolderReader.names(in: Array(path.utf8)).compactMap { name in
      guard let text = String(validating: name, as: UTF8.self) else { return nil }
      let inside = path + "/" + text
      var status = stat()
      guard lstat(inside, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      let kind = try Part.fileKind(inside)
      return kind == .file ? nil : Part(path: inside, kind: kind)
    }
  }

  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Told by the first bytes, then by the name.
  private static func fileKind(_ path: String) throws -> Kind {
    let file = try ByteFile(path: path)
    let head = try file.read(at: 0, count: 512)
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
      || head.starts(with: [0x50, 0x4B, 0x07, 0x08])
    {
      return .zip
    }
    let name = path.lowercased()
    if name.hasSuffix(".zip") { return .zip }
    if head.count == 512, Array(head[257..<262]) == Array("ustar".utf8) { return .tar }
    let compressed = [".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"]
    return compressed.contains(where: name.hasSuffix) ? .tar : .file
  }
}
