import Foundation
import Synchronization

/// Folds text so that a search finds it however it was typed.
///
/// The index, the query, matching and highlighting all use this one folding: lower case, no
/// accents and vowel points, one form for the variants of a letter, ASCII digits, words apart
/// by single spaces. An emoji is a word; so is each character of a script that writes without
/// spaces. Numbers of phones in groups are followed by the number in one piece.
///
/// ```swift
/// var folder = SearchFolder()
/// folder.fold("Το μήνυμα σας!")   // "το μηνυμα σασ"
/// folder.fold("مُحَمَّد")            // "محمد"
/// ```
package struct SearchFolder {
  /// Raised whenever the folding of any text changes: an index of another version is made anew.
  package static let version = 2

  private var pages: [UInt32: FoldedPage] = [:]
  private var output: [UInt8] = []
  private var lastNumber: UInt32 = .max
  private var lastPage: FoldedPage?

  package init() { output.reserveCapacity(4_096) }

  /// The folded text as UTF-8 bytes.
  package mutating func foldedBytes(_ text: String) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    var text = text
    let isASCII = text.withUTF8 { foldASCII($0) }
    if !isASCII, !foldScalars(text) {
      output.removeAll(keepingCapacity: true)
      _ = foldScalars(text.composedForSearch, isComposed: true)
    }
    if output.last == 0x20 { output.removeLast() }
    for number in DigitRuns.joined(text, folded: output) {
      if !output.isEmpty { output.append(0x20) }
      output.append(contentsOf: number)
    }
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

  /// Folds any text; false, with nothing usable done, if it must be composed first.
  private mutating func foldScalars(_ text: String, isComposed: Bool = false) -> Bool {
    var previousIsHebrew = false
    for scalar in text.unicodeScalars {
      if previousIsHebrew, FoldingRules.isHebrewQuote(scalar) { continue }
      previousIsHebrew = 0x5D0...0x5EA ~= scalar.value
      if scalar.isASCII {
        append(ascii: UInt8(truncatingIfNeeded: scalar.value))
        continue
      }
      // A mark that stands apart may make another letter of the one before it.
      if !isComposed, FoldingRules.mayCompose(scalar) { return false }
      let packed = page(of: scalar).packed(scalar)
      switch packed.kind {
      case .nothing: break
      case .separator: separate()
      case .letters: append(packed, scalar)
      case .word:
        separate()
        append(packed, scalar)
        output.append(0x20)
      case .mark:
        let endsWord = output.last == 0x20
        if endsWord { output.removeLast() }
        append(packed, scalar)
        if endsWord { output.append(0x20) }
      }
    }
    return true
  }

  @inline(__always)
  private mutating func append(_ packed: PackedFold, _ scalar: Unicode.Scalar) {
    guard packed.count > 0 else {
      output.append(contentsOf: entry(scalar).bytes)
      return
    }
    var bytes = packed.bytes
    for _ in 0..<packed.count {
      output.append(UInt8(truncatingIfNeeded: bytes))
      bytes >>= 8
    }
  }

  /// What becomes of a character that is not ASCII.
  mutating func entry(_ scalar: Unicode.Scalar) -> FoldedScalar { page(of: scalar).entry(scalar) }

  private mutating func page(of scalar: Unicode.Scalar) -> FoldedPage {
    let number = scalar.value >> 8
    // A text stays in its script.
    if number == lastNumber, let lastPage { return lastPage }
    let page = pages[number] ?? FoldedPage.page(number)
    pages[number] = page
    (lastNumber, lastPage) = (number, page)
    return page
  }
}

extension String {
  /// With letters and their marks in one character where there is one, also half-width ones.
  package var composedForSearch: String {
    // The first step leaves marks apart that were of another width.
    precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
  }
}

/// What becomes of a character.
enum FoldedScalar {
  case nothing
  case separator
  case letters([UInt8])
  /// A word of its own.
  case word([UInt8])
  /// A vowel or mark that belongs to what stands before it.
  case mark([UInt8])

  /// What is written for it.
  var bytes: [UInt8] {
    switch self {
    case .nothing, .separator: []
    case .letters(let bytes), .word(let bytes), .mark(let bytes): bytes
    }
  }
}

/// The same in one word of memory, for texts that come by the million.
struct PackedFold {
  enum Kind: UInt8 {
    case nothing, separator, letters, word, mark
  }

  let kind: Kind
  /// 0 if the bytes are too many for this form.
  let count: UInt8
  /// The bytes, the first lowest.
  let bytes: UInt64

  init(_ folded: FoldedScalar) {
    kind =
      switch folded {
      case .nothing: .nothing
      case .separator: .separator
      case .letters: .letters
      case .word: .word
      case .mark: .mark
      }
    let all = folded.bytes
    count = all.count <= 8 ? UInt8(all.count) : 0
    bytes = all.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// The folding of 256 neighbouring characters, worked out when the first of them is met.
final class FoldedPage: Sendable {
  private let entries: [FoldedScalar]
  private let packed: [PackedFold]

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
    packed = entries.map(PackedFold.init)
  }

  func entry(_ scalar: Unicode.Scalar) -> FoldedScalar { entries[Int(scalar.value & 0xFF)] }

  func packed(_ scalar: Unicode.Scalar) -> PackedFold { packed[Int(scalar.value & 0xFF)] }
}
