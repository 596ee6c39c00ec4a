import ArchiveExport
import ArchiveStore
import Foundation

extension SocialArchive {
  /// The settings that users may see and change.
  public static let settingKeys = ["region", "timezone", "date-order", "language", "owner"]

  /// The settings that are set.
  ///
  /// - Throws: `ArchiveFailure`.
  public func settings() throws -> [(key: String, value: String)] {
    let archive = try reading()
    return try SocialArchive.settingKeys.compactMap { key in
      guard let value = try archive.setting(key) else { return nil }
      return (key, key == "owner" ? StoredList.values(value).joined(separator: ", ") : value)
    }
  }

  /// Changes a setting; what it decides is interpreted anew.
  ///
  /// - Returns: How many texts stay as they were read before, because their originals are gone.
  /// - Throws: `ArchiveFailure` if the key or the value is not known.
  @discardableResult
  public func set(_ key: String, _ value: String) throws -> Int {
    let archive = try writingExisting()
    let gone = try setSetting(key, value, in: archive)
    try settle(archive, ImportOptions(), { _ in })
    _ = try findContacts(archive)
    return gone
  }

  @discardableResult
  func setSetting(_ key: String, _ value: String, in archive: ArchiveDatabase) throws -> Int {
    switch key {
    case "region":
      let region = value.uppercased()
      guard region.utf8.count == 2, Locale.Region.isoRegions.contains(Locale.Region(region)) else {
        throw ArchiveFailure.failed("a region is a country's two letters, such as JO, GR or IL.")
      }
      return try archive.set("region", region)
    case "timezone":
      guard WallClock(zone: value, isKnown: true) != nil else {
        throw ArchiveFailure.failed(
          "the time zone \(value) is not known. Use a name like Asia/Amman.")
      }
      try archive.set("timezone-source", "given")
      return try archive.set("timezone", value)
    case "date-order":
      guard ["day/month/year", "month/day/year", "year/month/day"].contains(value) else {
        throw ArchiveFailure.failed(
          "the order of dates is day/month/year, month/day/year or year/month/day.")
      }
      return try archive.set("date-order", value)
    case "owner":
      let names = StoredList.values(try archive.setting("owner") ?? "[]")
      guard !names.contains(value) else { return 0 }
      return try archive.set("owner", StoredList.text((names + [value]).sorted()))
    case "language": return try archive.set("language", value)
    default:
      throw ArchiveFailure.failed(
        "there is no setting \(key). There are: \(SocialArchive.settingKeys.joined(separator: ", "))."
      )
    }
  }
}

extension SocialArchive {
  /// Settings as one JSON object.
  public static func json(_ settings: [(key: String, value: String)]) -> String {
    var text = JSONText()
    for setting in settings { text.add(setting.key, setting.value) }
    return text.text
  }
}
