/// The account of one import: it adds up, and names what is missing.
public struct Receipt: Sendable {
  /// A part and the kind of download that it holds.
  public struct Part: Sendable, Equatable {
    public let name: String
    public let kind: String
    public let files: Int
  }

  /// A file that is not wholly in the archive, or a record that is not.
  public struct Problem: Sendable, Equatable {
    public let path: String
    public let reason: String
  }

  public internal(set) var importID: Int64 = 0
  public internal(set) var parts: [Part] = []
  /// Files by outcome: read, attachment, kept, ignored, failed.
  public internal(set) var files: [String: Int] = [:]
  public internal(set) var fileCount = 0
  /// Messages of the files of this import, as often as they stand there.
  public internal(set) var messagesRead = 0
  /// Records beside the messages, likewise; and how many of each kind the archive has.
  public internal(set) var recordsRead = 0
  public internal(set) var recordKinds: [String: Int] = [:]
  public internal(set) var recordsLost = 0
  public internal(set) var newMessages = 0
  public internal(set) var totalMessages = 0
  public internal(set) var conversations = 0
  public internal(set) var customers = 0
  public internal(set) var contactPoints = 0
  /// How long the second phase took, which finds contact points.
  public internal(set) var contactSeconds = 0.0
  public internal(set) var firstMessageAt: String?
  public internal(set) var lastMessageAt: String?
  public internal(set) var missingMedia = 0
  public internal(set) var omittedMedia = 0
  public internal(set) var failures: [Problem] = []
  public internal(set) var mended: [Problem] = []
  /// How files were understood, with the number of files.
  public internal(set) var readings: [String: Int] = [:]
  /// Files that are known and not read yet, by what they hold.
  public internal(set) var notRead: [String: Int] = [:]
  /// Sentences about what is missing and how to get it.
  public internal(set) var advice: [String] = []

  /// True if a sealed backup stayed shut because the key that was given does not fit.
  public internal(set) var hasWrongKey = false

  /// True if something could not be read and is listed.
  public var isPartial: Bool { !failures.isEmpty || recordsLost > 0 }
}
