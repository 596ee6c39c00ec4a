import Downloads

/// The part of a container's name that the parts of one download share.
///
/// Meta names parts `facebook-<user>-<date>-<random>.zip`; all before the last hyphen is the
/// download's.
enum PartStem {
  /// The stem; nil for names that say nothing of a download.
  static func of(_ name: String, _ kind: Part.Kind) -> String? {
    guard kind == .zip || kind == .tar else { return nil }
    var stem = name.lowercased()
    for ending in [".zip", ".tar.gz", ".tgz", ".tar"] where stem.hasSuffix(ending) {
      stem = String(stem.dropLast(ending.count))
    }
    if stem.hasSuffix(")"), let open = stem.lastIndex(of: "(") {
      stem = String(stem[..<open])
      while stem.last == " " { stem.removeLast() }
    }
    guard stem.hasPrefix("facebook-") || stem.hasPrefix("instagram-") else { return nil }
    stem = withoutDriveSuffix(stem)
    guard let hyphen = stem.lastIndex(of: "-") else { return nil }
    let shared = String(stem[..<hyphen])
    return shared == "facebook" || shared == "instagram" ? nil : shared
  }

  /// Google Drive adds `-20241118T101010Z-001`.
  private static func withoutDriveSuffix(_ stem: String) -> String {
    let pieces = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard pieces.count > 3, let last = pieces.last, last.count == 3, last.allSatisfy(\.isNumber),
      case let time = pieces[pieces.count - 2], time.count == 16, time.hasSuffix("z")
    else { return stem }
    return pieces.dropLast(2).joined(separator: "-")
  }
}
