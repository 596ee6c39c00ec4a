import SearchText
import Synchronization
import TextDecoding

/// A text with its words and the phrases that say something in it.
struct MarkedText {
  /// Composed where that matters; all ranges are of its UTF-8 bytes.
  let text: String
  let bytes: [UInt8]
  let words: [String]
  /// Where each word stands.
  let places: [Range<Int>]
  let hits: [Lexicon.Hit]

  /// What says or asks whose something is.
  private static let speaking: Set<String> = [
    "own", "other", "other_recommend", "courier", "shop", "gift", "ask_own", "ask_other",
  ]

  init(_ text: String, _ lexicon: Lexicon, _ folder: inout SearchFolder) {
    // Marks of direction may stand in the middle of a number.
    let text = text.withoutDirections.composedIfNeeded
    self.text = text
    bytes = Array(text.utf8)
    var words: [String] = []
    var places: [Range<Int>] = []
    folder.forEachWord(text) { folded, range in
      words.append(String(decoding: folded, as: UTF8.self))
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      let length = text.utf8.distance(from: range.lowerBound, to: range.upperBound)
      places.append(start..<(start + length))
    }
    self.words = words
    self.places = places
    let hits = lexicon.hits(in: words)
    // "Your number please" asks; that "your number" stands in it says nothing more.
    self.hits = hits.filter { hit in
      !MarkedText.speaking.contains(hit.category)
        || !hits.contains {
          MarkedText.speaking.contains($0.category) && $0.words.count > hit.words.count
            && $0.words.contains(hit.words.lowerBound)
            && $0.words.upperBound >= hit.words.upperBound
        }
    }
  }

  func has(_ category: String) -> Bool { hits.contains { $0.category == category } }

  /// What stands in a range of bytes.
  func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The words of a phrase as they are written.
  func words(of hit: Lexicon.Hit) -> String {
    guard let first = hit.words.first, let last = hit.words.last else { return "" }
    return slice(places[first].lowerBound..<places[last].upperBound)
  }

  /// True if a sentence or line ends in a range of bytes.
  func breaks(in range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    return slice(range).unicodeScalars.contains { "\n.!?;؟·".unicodeScalars.contains($0) }
  }
}

/// Finds words and phrases in texts; it remembers the letters that it has folded.
final class TextMarker: Sendable {
  private let lexicon = MatchingWords.shared.lexicon
  private let folder = Mutex(SearchFolder())

  func mark(_ text: String) -> MarkedText { folder.withLock { MarkedText(text, lexicon, &$0) } }

  /// The folded text as UTF-8 bytes.
  func fold(_ text: String) -> [UInt8] { folder.withLock { $0.foldedBytes(text) } }
}

extension String {
  /// The text without marks that only turn its direction.
  fileprivate var withoutDirections: String {
    guard unicodeScalars.contains(where: InvisibleMarks.isDirectional) else { return self }
    return String(UnicodeScalarView(unicodeScalars.filter { !InvisibleMarks.isDirectional($0) }))
  }
}
