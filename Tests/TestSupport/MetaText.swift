/// Text as Meta writes it into JSON.
package enum MetaText {
  /// Each byte of UTF-8 as a character of its own.
  package static func escaped(_ text: String) -> String {
    String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
  }
}
