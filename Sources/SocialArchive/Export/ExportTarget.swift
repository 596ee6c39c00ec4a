import ArchiveExport

#if canImport(Glibc)
  import Glibc
#endif

/// Where an export goes: standard output, or files that get their names when all of them are whole.
public final class ExportTarget {
  private let path: String?
  private let replaces: Bool
  private let reportPath: String?
  private var files: [OutputFile] = []
  private var reportFile: OutputFile?
  private var parts = 0

  /// - Parameters:
  ///   - path: The file's name; nil or `-` for standard output.
  ///   - replaces: True if files of these names may be replaced.
  ///   - reportPath: Where to tell what did not fit; beside the file if nil.
  /// - Throws: `ArchiveFailure` if there is such a file already.
  public init(_ path: String?, replaces: Bool, reportPath: String? = nil) throws {
    self.path = path == "-" ? nil : path
    self.replaces = replaces
    self.reportPath = reportPath ?? self.path.map { ExportTarget.stem($0) + ".report.csv" }
    // Said before the work, not after it.
    for name in [self.path, self.reportPath].compactMap(\.self) {
      if !replaces, OutputFile.isThere(name) {
        throw ArchiveFailure.failed(OutputProblem.exists(name).description)
      }
    }
    if let path = self.path, path == self.reportPath {
      throw ArchiveFailure.failed("the report cannot be the same file as the export.")
    }
  }

  /// True if several files can be made.
  var canSplit: Bool { path != nil }

  /// Opens the first file, or a further one, and gives its descriptor.
  func next() throws -> Int32 {
    guard let path else { return STDOUT_FILENO }
    parts += 1
    return try open(parts == 1 ? path : ExportTarget.numbered(path, parts)).descriptor
  }

  /// The name by which libraries can open the first file.
  func writingPath() throws -> String {
    guard let path else { throw ArchiveFailure.failed("say --output FILE for this format.") }
    return try open(path).writingPath
  }

  /// Opens the file that tells what did not fit; nil where nobody said where.
  func report() throws -> Int32? {
    if let reportFile { return reportFile.descriptor }
    guard let reportPath else { return nil }
    let file = try wrap { try OutputFile(reportPath, replaces: replaces) }
    reportFile = file
    return file.descriptor
  }

  /// The names of the files that were made, the report's last.
  public var names: [String] { (files + [reportFile].compactMap(\.self)).map(\.path) }

  /// Makes all files durable and gives them their names.
  ///
  /// - Throws: `ArchiveFailure`; the files that are not whole do not exist then.
  public func finish() throws {
    try wrap {
      for file in files { try file.finish() }
      try reportFile?.finish()
    }
    removeOld()
  }

  /// Removes further parts and the report of an earlier export that this one replaces.
  private func removeOld() {
    guard replaces, let path else { return }
    var number = parts + 1
    while parts > 0, unlink(ExportTarget.numbered(path, number)) == 0 { number += 1 }
    if reportFile == nil, let reportPath { unlink(reportPath) }
  }

  private func open(_ path: String) throws -> OutputFile {
    let file = try wrap { try OutputFile(path, replaces: replaces) }
    files.append(file)
    return file
  }

  private func wrap<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problem as OutputProblem {
      throw ArchiveFailure.failed(problem.description)
    }
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  /// `customers.csv` becomes `customers-2.csv`.
  private static func numbered(_ path: String, _ number: Int) -> String {
    let stem = stem(path)
    return "\(stem)-\(number)\(path.dropFirst(stem.count))"
  }
}
