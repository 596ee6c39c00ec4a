import Crypto
import Foundation
import TextDecoding

#if canImport(Glibc)
  import Glibc
#endif

/// A file with its hash, as the manifests of a bag list it.
package struct FileDigest: Sendable, Equatable {
  /// From the folder on, `/` between.
  package let name: String
  /// Lower-case hexadecimal.
  package let sha256: String
  package let bytes: Int64

  /// The hash of a file inside a folder.
  ///
  /// - Throws: `OutputProblem` if it cannot be read.
  package static func read(_ name: String, in folder: String) throws -> FileDigest {
    let path = folder + "/" + name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputProblem.failed(path, errno) }
    defer { close(descriptor) }
    var hasher = SHA256()
    var bytes: Int64 = 0
    var piece = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      guard count >= 0 else { throw OutputProblem.failed(path, errno) }
      if count == 0 { break }
      piece.withUnsafeBytes {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      bytes += Int64(count)
    }
    return FileDigest(name: name, sha256: Hexadecimal.text(hasher.finalize()), bytes: bytes)
  }
}

/// The lines of a bag's manifest (RFC 8493, 2.1.3), which `sha256sum -c` reads, too.
package enum BagManifest {
  package static let name = "manifest-sha256.txt"

  package static func write(_ files: [FileDigest], to output: inout ByteOutput) {
    for file in files {
      // In names only these three are written otherwise.
      let name = file.name.replacingOccurrences(of: "%", with: "%25")
        .replacingOccurrences(of: "\n", with: "%0A").replacingOccurrences(of: "\r", with: "%0D")
      output.write("\(file.sha256)  \(name)\n".utf8)
    }
  }

  /// The hash that the manifest of a bag has of a file; nil if the folder is no bag, or its manifest
  /// has none.
  package static func sha256(of file: String, in bag: String) -> String? {
    guard let data = FileManager.default.contents(atPath: "\(bag)/\(name)") else { return nil }
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      // Other tools write a star, or more blanks.
      let parts = line.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
      guard let hash = parts.first, let rest = parts.dropFirst().first else { continue }
      if rest.drop(while: { $0 == " " || $0 == "*" }) == file { return hash.lowercased() }
    }
    return nil
  }
}

extension OutputFolder {
  /// The hash of a file inside.
  ///
  /// - Throws: `OutputProblem` if it cannot be read.
  package func digest(_ name: String) throws -> FileDigest {
    try FileDigest.read(name, in: growing)
  }

  /// The hashes of all files below a folder inside, in the order of their names.
  ///
  /// - Throws: `OutputProblem` if one cannot be read.
  package func digests(_ folder: String) throws -> [FileDigest] {
    let root = growing + "/" + folder
    let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    return try names.compactMap { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder)
      return isFolder.boolValue ? nil : try digest(folder + "/" + name)
    }
  }
}
