import ArchiveStore
public import Foundation

/// A business's archive: the one front door for the command line and the web page.
public struct SocialArchive: Sendable {
  /// The folder that holds `archive.sqlite` and `objects/`.
  public let folder: String

  /// - Parameter folder: Its path; one that begins nowhere begins in the current folder.
  public init(folder: String) {
    self.folder = folder.hasPrefix("/") ? folder : URL(fileURLWithPath: folder).path
  }

  /// This program's version, as it stands in each import.
  public static let version = "0.1.0"

  /// Opens the archive for reading.
  func reading() throws -> ArchiveDatabase { try wrap { try .openForReading(folder) } }

  /// Opens the archive for reading as it is now, whatever an import writes meanwhile.
  func snapshot() throws -> ArchiveDatabase {
    let archive = try reading()
    try archive.holdStill()
    return archive
  }

  /// Opens the archive for writing; only one process can.
  func writing() throws -> ArchiveDatabase { try wrap { try .openForWriting(folder) } }

  /// Opens an archive that must exist for writing.
  func writingExisting() throws -> ArchiveDatabase {
    _ = try reading()
    return try writing()
  }

  private func wrap<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ArchiveError {
      throw ArchiveFailure(error)
    }
  }
}

/// Why the archive could not do what was asked.
public enum ArchiveFailure: LocalizedError, CustomStringConvertible {
  case noArchive(String)
  case locked(String)
  case newerVersion(String)
  /// Nothing given could be imported.
  case nothingToImport(String)
  case failed(String)
  /// Nothing has the name that was given.
  case unknown(String)
  /// Several have the name that was given.
  case ambiguous(String)

  init(_ error: ArchiveError) {
    self =
      switch error {
      case .noArchive: .noArchive(error.description)
      case .locked: .locked(error.description)
      case .newerVersion: .newerVersion(error.description)
      case .unusable: .failed(error.description)
      }
  }

  public var description: String {
    switch self {
    case .noArchive(let text), .locked(let text), .newerVersion(let text),
      .nothingToImport(let text), .failed(let text), .unknown(let text), .ambiguous(let text):
      text
    }
  }

  public var errorDescription: String? { description }
}
