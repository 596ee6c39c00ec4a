import Synchronization

/// Folds text so that a search finds it however it was typed.
///
/// The index, the query, matching and highlighting all use this one folding: lower case, no
/// accents and vowel points, one form for the variants of a letter, ASCII digits, words apart
/// by single spaces. An emoji is a word; so is each character of a script that writes without
/// spaces.
///
/// ```swift
/// var folder = SearchFolder()
/// folder.fold("Το μήνυμα σας!")   // "το μηνυμα σασ"
/// folder.fold("مُحَمَّد")            // "محمد"
/// ```
package struct SearchFolder {
  /// Raised whenever the folding of any text changes: an index of another version is made anew.
  package static let version = 1

  private var pages: [UInt32: FoldedPage] = [:]
  private var output: [UInt8] = []

  package init() { output.reserveCapacity(4_096) }

  /// The folded text as UTF-8 bytes.
  package mutating func foldedBytes(_ text: String) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    var text = text
    let isASCII = text.withUTF8 { foldASCII($0) }
    if !isASCII { foldScalars(text) }
    if output.last == 0x20 { output.removeLast() }
    // A copy of its own size: the working array keeps its room for the next text.
    return output.withUnsafeBufferPointer { Array($0) }
  }

  /// The folded text.
  package mutating func fold(_ text: String) -> String {
    String(decoding: foldedBytes(text), as: UTF8.self)
  }

  /// Folds plain ASCII; false, with nothing done, at the first other byte.
  private mutating func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes {
      guard byte < 0x80 else {
        output.removeAll(keepingCapacity: true)
        return false
      }
      append(ascii: byte)
    }
    return true
  }

  @inline(__always)
  private mutating func append(ascii byte: UInt8) {
    switch byte {
    case 0x61...0x7A, 0x30...0x39: output.append(byte)
    case 0x41...0x5A: output.append(byte | 0x20)
    default: separate()
    }
  }

  private mutating func separate() {
    if let last = output.last, last != 0x20 { output.append(0x20) }
  }

  private mutating func foldScalars(_ text: String) {
    var previousIsHebrew = false
    for scalar in text.unicodeScalars {
      if previousIsHebrew, FoldingRules.isHebrewQuote(scalar) { continue }
      previousIsHebrew = 0x5D0...0x5EA ~= scalar.value
      if scalar.isASCII {
        append(ascii: UInt8(truncatingIfNeeded: scalar.value))
        continue
      }
      switch page(of: scalar).entry(scalar) {
      case .nothing: break
      case .separator: separate()
      case .letters(let bytes): output.append(contentsOf: bytes)
      case .word(let bytes):
        separate()
        output.append(contentsOf: bytes)
        output.append(0x20)
      }
    }
  }

  private mutating func page(of scalar: Unicode.Scalar) -> FoldedPage {
    let number = scalar.value >> 8
    if let page = pages[number] { return page }
    let page = FoldedPage.page(number)
    pages[number] = page
    return page
  }
}

/// What becomes of a character.
enum FoldedScalar {
  case nothing
  case separator
  case letters([UInt8])
  /// A word of its own.
  case word([UInt8])
}

/// The folding of 256 neighbouring characters, worked out when the first of them is met.
final class FoldedPage: Sendable {
  private let entries: [FoldedScalar]

  /// Made once for all folders: a page costs as much as folding many texts.
  private static let made = Mutex<[UInt32: FoldedPage]>([:])

  /// The page of a number.
  static func page(_ number: UInt32) -> FoldedPage {
    made.withLock { pages in
      if let page = pages[number] { return page }
      let page = FoldedPage(number)
      pages[number] = page
      return page
    }
  }

  private init(_ number: UInt32) {
    entries = (0..<256).map { offset in
      Unicode.Scalar(number << 8 | UInt32(offset)).map(FoldingRules.fold) ?? .separator
    }
  }

  func entry(_ scalar: Unicode.Scalar) -> FoldedScalar { entries[Int(scalar.value & 0xFF)] }
}
