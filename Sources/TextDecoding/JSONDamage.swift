/// The place where a file stops being JSON.
package struct JSONDamage: Error, Equatable, CustomStringConvertible {
  /// What was wrong, without any text of the file.
  package let reason: String
  /// Bytes from the start of the file.
  package let offset: Int

  package init(_ reason: String, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "\(reason) at byte \(offset)" }
}

/// What a tolerant reader mended on its way; each count is of strings or keys.
package struct JSONNotes: Equatable, Sendable {
  /// Half of a surrogate pair, shown as U+FFFD.
  package var loneSurrogates = 0
  /// Bytes that are no UTF-8, shown as U+FFFD.
  package var badUTF8 = 0
  /// A backslash before a character that needs none, kept as written.
  package var badEscapes = 0
  /// Raw control characters inside a string, kept.
  package var controlCharacters = 0

  package init() {}

  package var isEmpty: Bool { self == JSONNotes() }

  /// A sentence that lists what was mended.
  package var summary: String {
    let parts = [
      (loneSurrogates, "lone surrogate"), (badUTF8, "text with bytes that are no UTF-8"),
      (badEscapes, "illegal escape"), (controlCharacters, "raw control character"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.1) (\($0.0))" }.joined(separator: ", ")
  }
}
