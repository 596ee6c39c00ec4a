import ArgumentParser
import SocialArchive

#if canImport(Glibc)
  import Glibc
#endif

/// The exit codes that scripts may rely on.
enum ExitStatus {
  static let no: Int32 = 1
  static let failed: Int32 = 2
  static let partly: Int32 = 3
  static let damage: Int32 = 4
  static let wrongKey: Int32 = 12

  static func code(_ failure: ArchiveFailure) -> Int32 {
    switch failure {
    case .noArchive: 10
    case .locked: 11
    case .newerVersion: 13
    case .nothingToImport, .failed, .ambiguous: failed
    case .unknown: no
    }
  }

  /// True for errors of the argument parser, which words them itself.
  static func isOwnParsing(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit
      || String(describing: type(of: error)).contains("CommandError")
  }

  static func isClosedPipe(_ error: any Error) -> Bool {
    SocialArchive.isClosedPipe(error)
  }
}
