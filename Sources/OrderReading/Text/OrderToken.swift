import Foundation
import InboxModel

/// A word or number of a message.
struct OrderToken: Sendable {
  /// What stands between it and the token before.
  struct Gap: Sendable {
    /// Without blanks.
    let signs: String
    let hasBlank: Bool

    /// True if a line or sentence ends here.
    var endsSentence: Bool { signs.contains { "\n.!?;؟…".contains($0) } }
    /// True if a list goes on here.
    var isComma: Bool { signs.contains { ",،+/&•*-–—:|".contains($0) } }
    /// True if nothing stands between.
    var isNone: Bool { signs.isEmpty && !hasBlank }
  }

  let folded: String
  /// In bytes of the text.
  var range: Range<Int>
  let gap: Gap
  /// The number that it is, digits of any script; nil for words.
  var number: Decimal?
  /// True where a number is none that counts anything: of a phone, time, date, size or flat.
  var isMasked = false

  var isWord: Bool { number == nil }
}
