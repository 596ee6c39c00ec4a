/// A platform that people write to a business on.
///
/// An open set: a new importer brings its own value, the archive stores the raw text.
package struct Platform: RawRepresentable, Hashable, Sendable, Comparable {
  /// Lower-case ASCII, as it stands in the archive and on the command line.
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// Facebook and Messenger: one inbox, whatever download it came from.
  package static let facebook = Platform(rawValue: "facebook")
  package static let instagram = Platform(rawValue: "instagram")
  package static let whatsapp = Platform(rawValue: "whatsapp")

  package static func < (left: Platform, right: Platform) -> Bool {
    left.rawValue < right.rawValue
  }
}
