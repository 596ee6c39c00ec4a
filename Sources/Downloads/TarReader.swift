import CArchive

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a tar, plain or compressed, from front to back.
struct TarReader {
  private let file: ByteFile
  private let limits: DownloadLimits

  init(path: String, limits: DownloadLimits) throws {
    file = try ByteFile(path: path)
    self.limits = limits
    // libarchive converts names by the process's character set; a Swift process has none.
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  func forEach(
    _ visit: (EntryName, Int64, (([UInt8]) throws -> Void) throws -> EntryOutcome) throws -> Void,
    problem: (PartProblem) throws -> Void
  ) throws {
    guard let archive = archive_read_new() else { throw damaged("there is no memory") }
    defer { archive_read_free(archive) }
    archive_read_support_format_tar(archive)
    archive_read_support_filter_all(archive)
    let source = Unmanaged.passRetained(ArchiveSource(file: file, offset: 0))
    defer { source.release() }
    guard ArchiveSource.open(archive, source) else {
      throw damaged(ArchiveSource.reason(archive))
    }
    var budget = max(limits.freeBytes, file.size.multipliedReportingOverflow(by: limits.ratio).0)
    var entry: OpaquePointer?
    var status = archive_read_next_header(archive, &entry)
    var count = 0
    while status == ARCHIVE_OK || status == ARCHIVE_WARN, count < limits.entries, let found = entry
    {
      count += 1
      try visitOne(archive, found, &budget, visit, problem)
      status = archive_read_next_header(archive, &entry)
    }
    if status != ARCHIVE_EOF {
      let reason = ArchiveSource.reason(archive)
      if count == 0 { throw damaged(reason) }
      try problem(PartProblem(entry: nil, reason: "the tar ends too early: \(reason)"))
    }
  }

  private func visitOne(
    _ archive: OpaquePointer, _ entry: OpaquePointer, _ budget: inout Int64,
    _ visit: (EntryName, Int64, (([UInt8]) throws -> Void) throws -> EntryOutcome) throws -> Void,
    _ problem: (PartProblem) throws -> Void
  ) throws {
    guard let raw = archive_entry_pathname(entry) else {
      return try problem(PartProblem(entry: nil, reason: "an entry has no name"))
    }
    let bytes = Array(UnsafeBufferPointer(start: raw, count: strlen(raw))).map {
      UInt8(bitPattern: $0)
    }
    let text = String(validating: bytes, as: UTF8.self) ?? LegacyNames.decode(bytes)
    let name = EntryName(
      bytes: bytes, text: text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    // The bits of a Unix mode, as libarchive gives them for every format.
    let type = UInt32(archive_entry_filetype(entry)) & 0o170000
    if type == 0o040000 { return }
    guard type == 0o100000 else {
      return try problem(PartProblem(entry: name.text, reason: "a link or device is not followed"))
    }
    let size = archive_entry_size(entry)
    var left = budget
    try visit(name, size) { sink in
      if size > left || size > limits.entryBytes {
        return .unreadable("it would unpack to far more than the tar should hold")
      }
      var count: Int64 = 0
      let failure = try ArchiveSource.drain(archive) { chunk in
        count += Int64(chunk.count)
        guard count <= size else { return false }
        try sink(chunk)
        return true
      }
      left -= count
      guard let failure else { return .whole }
      return count > 0 ? .damaged(failure) : .unreadable(failure)
    }
    budget = left
  }

  private func damaged(_ reason: String) -> DownloadError {
    .damaged(path: file.path, reason: reason)
  }
}
