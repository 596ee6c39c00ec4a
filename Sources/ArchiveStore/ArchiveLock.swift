#if canImport(Glibc)
  import Glibc
#endif

/// The one writer's claim to an archive. The system gives it back when the process ends.
final class ArchiveLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of the archive in `folder`.
  ///
  /// - Throws: `ArchiveError.locked` if another process has it.
  init(folder: String) throws {
    let path = folder + "/archive.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ArchiveError.unusable("\(path): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw ArchiveError.locked(folder)
    }
  }

  deinit {
    // A child that is just being started still holds a copy of the descriptor: closing ours alone
    // would not give the lock back.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
