/// An entry of a part, with the way to its bytes.
package struct PartEntry {
  package let name: EntryName
  /// The size that the container states, in bytes.
  package let size: Int64
  private let reader: (([UInt8]) throws -> Void) throws -> EntryOutcome

  init(
    name: EntryName, size: Int64,
    reader: @escaping (([UInt8]) throws -> Void) throws -> EntryOutcome
  ) {
    self.name = name
    self.size = size
    self.reader = reader
  }

  /// Hands the bytes to `sink`, piece by piece. To be called once, before the next entry.
  ///
  /// - Throws: What `sink` throws; damage is an outcome, not an error.
  package func read(_ sink: ([UInt8]) throws -> Void) throws -> EntryOutcome {
    try reader(sink)
  }
}

extension Part {
  /// Visits every file of the part, in an order that depends only on its content.
  ///
  /// - Parameters:
  ///   - skipping: Paths of files that are parts of their own.
  ///   - limits: How much may be unpacked.
  ///   - visit: Gets each file; folders are not files.
  ///   - problem: Gets what belongs to no readable entry.
  /// - Throws: `DownloadError` if nothing of the part can be read, and what the closures throw.
  package func forEachEntry(
    skipping: Set<String> = [], limits: DownloadLimits = DownloadLimits(),
    _ visit: (PartEntry) throws -> Void, problem: (PartProblem) throws -> Void
  ) throws {
    switch kind {
    case .folder:
      try FolderReader(path: path).forEach(
        { found in
          guard !skipping.contains(String(decoding: found.path, as: UTF8.self)) else { return }
          try visit(Part.entry(of: found.name, path: found.path, size: found.size))
        }, problem: problem)
    case .file:
      let size = try ByteFile(path: path).size
      try visit(Part.entry(of: EntryName(text: name), path: Array(path.utf8), size: size))
    case .zip:
      try ZipReader(path: path, limits: limits).forEach(
        { name, size, reader in
          try withoutActuallyEscaping(reader) { reader in
            try visit(PartEntry(name: name, size: size, reader: reader))
          }
        }, problem: problem)
    case .tar:
      try TarReader(path: path, limits: limits).forEach(
        { name, size, reader in
          try withoutActuallyEscaping(reader) { reader in
            try visit(PartEntry(name: name, size: size, reader: reader))
          }
        }, problem: problem)
    }
  }

  /// The names in the part, without reading any bytes of the files where that is possible.
  ///
  /// - Throws: `DownloadError` if the part cannot be read.
  package func entryNames(limits: DownloadLimits = DownloadLimits()) throws -> [EntryName] {
    if kind == .zip {
      return try ZipReader(path: path, limits: limits).listing().entries.map(\.name)
    }
    var names: [EntryName] = []
    try forEachEntry(limits: limits, { names.append($0.name) }, problem: { _ in })
    return names
  }

  /// The bytes that the part says its files have; nil for a tar, which says so only on the way.
  ///
  /// - Returns: A number for a bar of progress, not for anything that must be right.
  package func statedBytes() -> Int64? {
    switch kind {
    case .folder:
      var bytes: Int64 = 0
      try? FolderReader(path: path).forEach({ bytes += $0.size }, problem: { _ in })
      return bytes
    case .file: return try? ByteFile(path: path).size
    case .zip:
      let listing = try? ZipReader(path: path, limits: DownloadLimits()).listing()
      return listing?.entries.reduce(0) { $0.addingReportingOverflow($1.size).partialValue }
    case .tar: return nil
    }
  }

  private static func entry(of name: EntryName, path: [UInt8], size: Int64) -> PartEntry {
    PartEntry(name: name, size: size) { sink in
      guard let file = try? ByteFile(bytes: path) else { return .unreadable("it cannot be opened") }
      var offset: Int64 = 0
      while offset < file.size {
        guard let chunk = try? file.read(at: offset, count: 1 << 18), !chunk.isEmpty else {
          return offset > 0 ? .damaged("it cannot be read") : .unreadable("it cannot be read")
        }
        try sink(chunk)
        offset += Int64(chunk.count)
      }
      return .whole
    }
  }
}
