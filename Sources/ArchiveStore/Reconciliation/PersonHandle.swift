package import InboxModel

/// What names a person on a whole platform, not only in one conversation.
package enum PersonHandle {
  /// Stands before WhatsApp's own number of a person whose telephone number it hides.
  private static let hidden = "lid:"

  /// True for a handle that is a telephone number or stands for one.
  static func isOfWhatsApp(_ handle: String) -> Bool {
    handle.hasPrefix("+") || handle.hasPrefix(hidden)
  }

  /// A handle, or a telephone number in international form as WhatsApp shows it for people who
  /// are not in the address book; nil for a mere name.
  package static func of(_ sender: Sender, namesAreHandles: Bool) -> String? {
    guard case .named(let name) = sender else { return nil }
    if namesAreHandles { return name }
    if name.hasPrefix(hidden) { return name }
    guard name.utf8.first == UInt8(ascii: "+") else { return nil }
    var digits = "+"
    for scalar in name.unicodeScalars.dropFirst() {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case " ", "-", "(", ")", "\u{2011}", "\u{2010}", "\u{A0}": continue
      default: return nil
      }
    }
    return (8...16).contains(digits.utf8.count) ? digits : nil
  }
}
