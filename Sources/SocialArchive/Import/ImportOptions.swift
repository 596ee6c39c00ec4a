/// What the user says about an import. Given once, it is remembered in the archive.
public struct ImportOptions: Sendable {
  /// The business's country, two letters of ISO 3166.
  public var region: String?
  /// The zone of times that a source writes without one, by its IANA name.
  public var timezone: String?
  /// `day/month/year`, `month/day/year` or `year/month/day`, for dates that may be read either way.
  public var dateOrder: String?
  /// A name under which the owner writes.
  public var ownerName: String?
  /// Files with keys of sealed backups, or the 64 digits themselves. Remembered nowhere.
  public var keys: [String] = []
  /// Leaves no conversation to the fast path; for tests, which compare the two.
  public var isStreamingOff = false

  public init() {}
}

/// How far an import has come.
public enum ImportProgress: Sendable {
  /// Files are being taken in: bytes so far, and in all where that is known beforehand.
  case takingIn(bytes: Int64, of: Int64?)
  /// Messages are being read: how many so far, and the share of the bytes, 0 to 1.
  case reading(messages: Int, share: Double)
  /// Conversations, then contact points, are being settled.
  case settling
}
