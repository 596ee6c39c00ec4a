import CXML

#if canImport(Glibc)
  import Glibc
#endif

/// Why a page could not be read to its end.
package struct HTMLDamage: Error, CustomStringConvertible {
  package let reason: String
  package let offset: Int

  package var description: String { "\(reason) at byte \(offset)" }
}

/// How much of a page may be held at one time.
package struct HTMLLimits: Sendable {
  /// Elements and texts that no reader has used up.
  package var nodes = 400_000
  /// Bytes of such texts.
  package var textBytes = 32 << 20
  /// Elements inside each other.
  package var depth = 512
  /// Bytes that hold no whole tag.
  package var pendingBytes = 4 << 20

  package init() {}
}

/// Reads HTML from front to back, as libxml2 mends it, and hands out elements as they close.
///
/// The page is taken for UTF-8 whatever it says of itself; bytes that are none become question
/// marks, so that places in the file stay true.
package final class HTMLReader {
  private let tree = HTMLTree()
  private let limits: HTMLLimits
  private let closed: (HTMLTree, Int) throws -> Void
  // Unchecked as the tree's: every tag of a page comes by here, on one thread.
  @exclusivity(unchecked) private var parser: htmlParserCtxtPtr?
  @exclusivity(unchecked) private var failure: (any Error)?
  @exclusivity(unchecked) private var depth = 0
  /// True if some bytes were no UTF-8.
  package private(set) var hasMended = false

  private let bytes: ByteView
  private let end: Int
  /// What of the page went into blocks.
  private var offset = 0
  private var block: [UInt8] = []
  private var blockPlace = 0

  private init(
    _ bytes: ByteView, end: Int, limits: HTMLLimits,
    closed: @escaping (HTMLTree, Int) throws -> Void
  ) {
    self.bytes = bytes
    self.end = end
    self.limits = limits
    self.closed = closed
  }

  /// Reads a page.
  ///
  /// - Parameters:
  ///   - bytes: The page.
  ///   - limit: Only this many bytes from the front are read; the tree then has open elements.
  ///   - limits: How much may be held at one time.
  ///   - closed: Gets each element when it closes, with all in it; may prune it.
  /// - Returns: What of the page was not pruned, and whether some bytes were no UTF-8.
  /// - Throws: `HTMLDamage`, and what `closed` throws.
  @discardableResult
  package static func read(
    _ bytes: ByteView, upTo limit: Int = .max, limits: HTMLLimits = HTMLLimits(),
    closed: (HTMLTree, Int) throws -> Void = { _, _ in }
  ) throws -> (tree: HTMLTree, hasMended: Bool) {
    try withoutActuallyEscaping(closed) { closed in
      let reader = HTMLReader(
        bytes, end: min(limit, bytes.count), limits: limits, closed: closed)
      try reader.run()
      return (reader.tree, reader.hasMended)
    }
  }

  // MARK: Feeding

  private static let blockSize = 1 << 16

  /// The library's own locks must stand before two threads meet in it.
  private static let isReady: Void = xmlInitParser()

  private func run() throws {
    HTMLReader.isReady
    guard let parser = htmlNewParserCtxt(), let handler = parser.pointee.sax else {
      throw HTMLDamage(reason: "there is no memory for the page", offset: 0)
    }
    self.parser = parser
    defer {
      htmlFreeParserCtxt(parser)
      self.parser = nil
    }
    handler.pointee = HTMLReader.handler
    parser.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    // The parser asks for bytes: handed out piece by piece, it loses its place where a piece ends
    // within an attribute (libxml2 2.9.14).
    let document = htmlCtxtReadIO(
      parser,
      { context, buffer, count in
        guard let context, let buffer else { return -1 }
        return HTMLReader.of(context).hand(out: Int(count), to: buffer)
      }, { _ in 0 }, Unmanaged.passUnretained(self).toOpaque(), nil, "UTF-8", HTMLReader.options)
    if let document { xmlFreeDoc(document) }
    if let failure { throw failure }
    let error = parser.pointee.lastError
    guard error.level != XML_ERR_FATAL || offset == end else {
      throw HTMLDamage(reason: "the page is no HTML", offset: position)
    }
    if error.code == XML_ERR_NO_MEMORY.rawValue {
      throw HTMLDamage(reason: "there is no memory for the page", offset: position)
    }
  }

  /// Copies the next bytes for the parser.
  ///
  /// - Returns: Their number; 0 at the end.
  private func hand(out count: Int, to buffer: UnsafeMutablePointer<CChar>) -> Int32 {
    guard failure == nil else { return 0 }
    if offset - block.count + blockPlace - position > limits.pendingBytes {
      fail("no tag ends for too long")
      return 0
    }
    if blockPlace == block.count { nextBlock() }
    let length = min(count, block.count - blockPlace)
    block.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, length > 0 else { return }
      memcpy(buffer, start + blockPlace, length)
    }
    blockPlace += length
    return Int32(length)
  }

  private func nextBlock() {
    let next = HTMLReader.boundary(bytes, min(offset + HTMLReader.blockSize, end), after: offset)
    let piece = bytes.buffer(offset..<next)
    block = Array(piece)
    if block.contains(0) || String(validating: piece, as: UTF8.self) == nil {
      block = HTMLReader.mended(block)
      hasMended = true
    }
    bytes.release(from: offset, to: next)
    offset = next
    blockPlace = 0
  }

  private static let options = Int32(
    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue)

  /// A place at or before `end` that is in the middle of no character.
  private static func boundary(_ bytes: ByteView, _ end: Int, after start: Int) -> Int {
    guard end < bytes.count else { return end }
    var place = end
    while place > start, end - place < 4, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place > start ? place : end
  }

  private static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var mended = bytes
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0 {
        mended[index] = 0x20
      } else if bytes[index] >= 0x80 {
        if let length = UTF8Check.sequenceLength(bytes, at: index) {
          index += length
          continue
        }
        mended[index] = UInt8(ascii: "?")
      }
      index += 1
    }
    return mended
  }

  /// Bytes of the page that the parser has used.
  private var position: Int {
    guard let input = parser?.pointee.input else { return 0 }
    return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
  }

  // MARK: What the parser says

  nonisolated(unsafe) private static let handler: htmlSAXHandler = {
    var handler = htmlSAXHandler()
    handler.startElement = { context, name, attributes in
      guard let context, let name else { return }
      HTMLReader.of(context).begin(name, attributes)
    }
    handler.endElement = { context, _ in
      guard let context else { return }
      HTMLReader.of(context).close()
    }
    handler.characters = { context, text, count in
      guard let context, let text else { return }
      HTMLReader.of(context).take(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    handler.ignorableWhitespace = handler.characters
    return handler
  }()

  private static func of(_ context: UnsafeMutableRawPointer) -> HTMLReader {
    Unmanaged<HTMLReader>.fromOpaque(context).takeUnretainedValue()
  }

  private func begin(
    _ name: UnsafePointer<UInt8>, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard failure == nil else { return }
    depth += 1
    if depth > limits.depth { return fail("the elements are nested too deeply") }
    if tree.nodes.count > limits.nodes || tree.textSize > limits.textBytes {
      return fail("the page holds too much in one piece")
    }
    _ = tree.begin(HTMLName.of(name), link: HTMLReader.link(attributes), start: position)
  }

  private func close() {
    guard failure == nil, tree.open >= 0 else { return }
    depth -= 1
    let node = tree.close(end: position)
    do {
      try closed(tree, node)
    } catch {
      failure = error
      parser.map { xmlStopParser($0) }
    }
  }

  private func take(_ text: UnsafeBufferPointer<UInt8>) {
    guard failure == nil else { return }
    if tree.textSize + text.count > limits.textBytes {
      return fail("the page holds too much in one piece")
    }
    tree.append(text: text, start: position)
  }

  private func fail(_ reason: String) {
    failure = HTMLDamage(reason: reason, offset: position)
    parser.map { xmlStopParser($0) }
  }

  /// The value of `href`, `src` or `datetime`.
  private static func link(
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) -> String? {
    guard var attributes else { return nil }
    while let name = attributes.pointee {
      if let value = attributes[1], isLink(name) { return String(cString: value) }
      attributes += 2
    }
    return nil
  }

  private static func isLink(_ name: UnsafePointer<UInt8>) -> Bool {
    guard [UInt8(ascii: "h"), UInt8(ascii: "s"), UInt8(ascii: "d")].contains(name[0]) else {
      return false
    }
    let text = UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)
    return strcmp(text, "href") == 0 || strcmp(text, "src") == 0 || strcmp(text, "datetime") == 0
  }
}
