#if canImport(Glibc)
  import Glibc
#endif

/// Lists a folder's regular files in the order of their names' bytes, following no link.
struct FolderReader {
  let path: String

  /// A file found in the folder.
  struct Found {
    let name: EntryName
    let path: String
    let size: Int64
  }

  /// Calls `visit` for each regular file below the folder.
  func forEach(
    _ visit: (Found) throws -> Void, problem: (PartProblem) throws -> Void
  ) throws {
    try walk(path, prefix: [], depth: 0, visit, problem)
  }

  private func walk(
    _ folder: String, prefix: [UInt8], depth: Int, _ visit: (Found) throws -> Void,
    _ problem: (PartProblem) throws -> Void
  ) throws {
    guard depth < 100 else {
      return try problem(PartProblem(entry: folder, reason: "the folders are nested too deeply"))
    }
    for name in try FolderReader.names(in: folder) {
      let full = folder + "/" + String(decoding: name, as: UTF8.self)
      let bytes = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
      let text = String(validating: bytes, as: UTF8.self) ?? LegacyNames.decode(bytes)
      let entry = EntryName(bytes: bytes, text: text)
      var status = stat()
      guard FolderReader.withPath(folder, name, { lstat($0, &status) }) == 0 else {
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
  static func names(in folder: String) throws -> [[UInt8]] {
    guard let handle = opendir(folder) else {
      throw DownloadError.unreadable(path: folder, code: errno)
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

  private static func withPath(
    _ folder: String, _ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32
  ) -> Int32 {
    let bytes = Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]
    return bytes.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? -1
    }
  }
}
