import CSystem
import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A folder that gets its name when all in it is whole, and on the disk.
package final class OutputFolder {
  /// Says in a folder that an export made it: only such a folder is ever replaced.
  package static let markName = "archive-export.json"

  package let path: String
  /// Where it grows.
  package let growing: String
  private let parent: String
  private let replaces: Bool
  private var isFinished = false

  /// - Parameters:
  ///   - path: The name that it will have.
  ///   - replaces: True if an earlier export of that name may be replaced.
  /// - Throws: `OutputProblem`.
  package init(_ path: String, replaces: Bool) throws {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    self.replaces = replaces
    try OutputFolder.check(path, replaces)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    parent = OutputFile.folder(of: path)
    OutputFolder.removeLeft(parent, name)
    growing = "\(parent)/.\(name).\(getpid()).partial"
    guard mkdir(growing, 0o700) == 0 else { throw OutputProblem.failed(path, errno) }
  }

  private static func check(_ path: String, _ replaces: Bool) throws {
    guard access(path, F_OK) == 0 else { return }
    guard replaces else { throw OutputProblem.exists(path) }
    guard access(path + "/" + markName, F_OK) == 0 else { throw OutputProblem.foreign(path) }
  }

  /// Makes a folder inside.
  package func makeFolder(_ name: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: growing + "/" + name, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch { throw OutputProblem.failed(path + "/" + name, errno) }
  }

  /// Writes a file inside; `body` gets where its bytes go.
  ///
  /// - Throws: `OutputProblem`, or what `body` throws.
  package func write(_ name: String, _ body: (inout ByteOutput) throws -> Void) throws {
    let descriptor = open(growing + "/" + name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputProblem.failed(path + "/" + name, errno) }
    defer { close(descriptor) }
    var output = ByteOutput(descriptor: descriptor)
    do {
      try body(&output)
      try output.flush()
    } catch let error as OutputError { throw OutputProblem.failed(path + "/" + name, error.code) }
  }

  /// Copies a file into it under a name; what is there already stays.
  ///
  /// - Throws: `OutputProblem`.
  package func copy(_ source: String, to name: String) throws {
    let target = growing + "/" + name
    guard access(target, F_OK) != 0 else { return }
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw OutputProblem.failed(source, errno) }
    defer { close(input) }
    try write(name) { output in
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(input, &piece, piece.count)
        guard count >= 0 else { throw OutputProblem.failed(source, errno) }
        if count == 0 { return }
        output.write(piece[..<count])
        try output.flushIfFull()
      }
    }
  }

  /// Removes a file inside.
  package func remove(_ name: String) { unlink(growing + "/" + name) }

  /// Makes all of it durable and gives the folder its name.
  ///
  /// - Throws: `OutputProblem`; there is no new folder of that name then.
  package func finish() throws {
    let descriptor = open(growing, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputProblem.failed(path, errno) }
    defer { close(descriptor) }
    guard syncfs(descriptor) == 0 else { throw OutputProblem.failed(path, errno) }
    try OutputFolder.check(path, replaces)
    let old = growing + ".old"
    let wasThere = rename(path, old) == 0
    guard rename(growing, path) == 0 else {
      let code = errno
      if wasThere { rename(old, path) }
      throw OutputProblem.failed(path, code)
    }
    isFinished = true
    if wasThere { try? FileManager.default.removeItem(atPath: old) }
    OutputFile.syncFolder(parent)
  }

  /// Removes what runs left of this name that were killed.
  private static func removeLeft(_ parent: String, _ name: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for left in names where left.hasPrefix(".\(name).") && left.hasSuffix(".partial") {
      let number = left.dropFirst(name.count + 2).dropLast(".partial".count)
      guard let process = Int32(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: parent + "/" + left)
    }
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(atPath: growing) }
  }
}
