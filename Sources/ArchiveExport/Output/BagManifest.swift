import TextDecoding
import Crypto
import Foundation

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
}

/// The lines of a bag's manifest (RFC 8493, 2.1.3), which `sha256sum -c` reads, too.
package enum BagManifest {
  package static func write(_ files: [FileDigest], to output: inout ByteOutput) {
    for file in files {
      // In names only these three are written otherwise.
      let name = file.name.replacingOccurrences(of: "%", with: "%25")
        .replacingOccurrences(of: "\n", with: "%0A").replacingOccurrences(of: "\r", with: "%0D")
      output.write("\(file.sha256)  \(name)\n".utf8)
    }
  }
}

extension OutputFolder {
  /// The hash of a file inside.
  ///
  /// - Throws: `OutputProblem` if it cannot be read.
  package func digest(_ name: String) throws -> FileDigest {
    let descriptor = open(growing + "/" + name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputProblem.failed(path + "/" + name, errno) }
    defer { close(descriptor) }
    var hasher = SHA256()
    var bytes: Int64 = 0
    var piece = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = read(descriptor, &piece, piece.count)
      guard count >= 0 else { throw OutputProblem.failed(path + "/" + name, errno) }
      if count == 0 { break }
      piece.withUnsafeBytes {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      bytes += Int64(count)
    }
    let hash = Hexadecimal.text(hasher.finalize())
    return FileDigest(name: name, sha256: hash, bytes: bytes)
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
