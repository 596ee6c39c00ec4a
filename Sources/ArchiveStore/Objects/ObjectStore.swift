#if canImport(Glibc)
  import Glibc
#endif

/// The originals: each file's bytes once, under their SHA-256, as plain files.
///
/// A file is written whole, synced and renamed before any row names it: an object is there as a
/// whole or not at all.
package struct ObjectStore: Sendable {
  let folder: String

  /// The folder of the objects.
  package var folderPath: String { folder }

  /// Where the object with this hash is, or would be.
  package func path(_ sha256: String) -> String {
    "\(folder)/\(sha256.prefix(2))/\(sha256)"
  }

  package func contains(_ sha256: String) -> Bool { access(path(sha256), F_OK) == 0 }

  func remove(_ sha256: String) { unlink(path(sha256)) }

  /// Removes what a run that was cut off left half written.
  package func removeLeftovers() {
    let temporary = folder + "/incoming"
    guard let handle = opendir(temporary) else { return }
    defer { closedir(handle) }
    while let item = readdir(handle) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) { raw in
        String(decoding: raw.prefix(while: { $0 != 0 }), as: UTF8.self)
      }
      if name != ".", name != ".." { unlink(temporary + "/" + name) }
    }
  }
}
