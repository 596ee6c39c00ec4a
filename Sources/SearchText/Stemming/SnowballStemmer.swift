import CStemmer

/// One of Snowball's stemmers; for one thread at a time.
///
/// Words are given as written, in lower case: accents tell stems apart in many languages.
package final class SnowballStemmer {
  private let stemmer: OpaquePointer

  /// The algorithms by language.
  package static let algorithms: [String: String] = [
    "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
  ]

  /// Nil if Snowball has no stemmer for the language.
  package init?(_ language: String) {
    guard let algorithm = SnowballStemmer.algorithms[language],
      let stemmer = sb_stemmer_new(algorithm, "UTF_8")
    else { return nil }
    self.stemmer = stemmer
  }

  deinit { sb_stemmer_delete(stemmer) }

  /// The stem of a word.
  package func stem(_ word: String) -> String {
    var word = word
    return word.withUTF8 { bytes in
      guard let start = bytes.baseAddress,
        let stem = sb_stemmer_stem(stemmer, start, Int32(bytes.count))
      else { return "" }
      let count = Int(sb_stemmer_length(stemmer))
      return String(decoding: UnsafeBufferPointer(start: stem, count: count), as: UTF8.self)
    }
  }
}
