import Foundation
import InboxModel

/// Numbers of WhatsApp's databases as people write them.
enum DatabaseAmounts {
  /// Thousandths as exact decimal text.
  static func decimal(thousandths: Int64, currency: String?) -> String {
    Money.text(
      Decimal(sign: .plus, exponent: -3, significand: Decimal(thousandths)), currency: currency)
  }

  /// `1 min 35 s`
  static func duration(seconds: Int64) -> String {
    seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
  }

  /// `Voice call, 1 min 35 s`, `Missed video call`.
  static func call(isVideo: Bool, isMissed: Bool, seconds: Int64) -> String {
    let kind = isVideo ? "video call" : "voice call"
    if seconds > 0 { return kind.capitalizedFirst + ", " + duration(seconds: seconds) }
    return isMissed ? "Missed " + kind : kind.capitalizedFirst
  }

  /// A place as lines: its name, its address, a link to a map.
  static func place(name: String?, address: String?, latitude: Double?, longitude: Double?)
    -> String?
  {
    var lines = [name, address].compactMap(\.self).filter { !$0.isEmpty }
    if let latitude, let longitude, latitude != 0 || longitude != 0 {
      lines.append("https://maps.google.com/?q=\(latitude),\(longitude)")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}

extension String {
  /// With a capital letter first.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
