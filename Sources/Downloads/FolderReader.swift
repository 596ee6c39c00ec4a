#if canImport(Glibc)
  import Glibc
#endif

/// Lists a folder's regular files in the order of their names' bytes, following no link.
struct FolderReader {
  let path: String

  /// A file found in the folder.
  struct Found {
    let name: EntryName
    /// Where it is on this machine, as bytes.
    let path: [UInt8]
    let size: Int64
  }

  /// Calls `visit` for each regular file below the folder.
  func forEach(
    _ visit: (Found) throws -> Void, problem: (PartProblem) throws -> Void
  ) throws {
    try walk(Array(path.utf8), prefix: [], depth: 0, visit, problem)
  }

  private func walk(
    _ folder: [UInt8], prefix: [UInt8], depth: Int, _ visit: (Found) throws -> Void,
    _ problem: (PartProblem) throws -> Void
  ) throws {
    guard depth < 100 else {
      return try problem(
        PartProblem(
          entry: String(decoding: prefix, as: UTF8.self),
          reason: "the folders are nested too deeply"))
    }
    for name in try FolderReader.names(in: folder) {
      let full = folder + [UInt8(ascii: "/")] + name
      let bytes = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
      let text = String(validating: bytes, as: UTF8.self) ?? LegacyNames.decode(bytes)
      let entry = EntryName(bytes: bytes, text: text)
      var status = stat()
      guard PathBytes.with(full, { lstat($0, &status) }) == 0 else {
        try problem(PartProblem(entry: text, reason: String(cString: strerror(errno))))
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try walk(full, prefix: bytes, depth: depth + 1, visit, problem)
      case S_IFREG: try visit(Found(name: entry, path: full, size: Int64(status.st_size)))
      default: try problem(PartProblem(entry: text, reason: "a link or device is not followed"))
      }
    }
  }

  /// The names in a folder as bytes, sorted.
  static func names(in folder: [UInt8]) throws -> [[UInt8]] {
    var handle: OpaquePointer?
    _ = PathBytes.with(folder) {
      handle = opendir($0)
      return 0
    }
    guard let handle else {
      throw DownloadError.unreadable(path: String(decoding: folder, as: UTF8.self), code: errno)
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let item = readdir(handle) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) { raw in
        Array(raw.prefix(while: { $0 != 0 }))
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
