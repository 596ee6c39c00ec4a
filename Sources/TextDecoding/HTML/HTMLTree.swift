/// The elements of a page that are still wanted: a tree in flat arrays, cut back as its parts are
/// used up, so that a page of any size needs little memory.
package final class HTMLTree {
  /// An element or a piece of text.
  package struct Node {
    package let name: HTMLName
    package let parent: Int
    /// Elements above this one.
    package let depth: Int
    /// Where it begins in the file, in bytes; for an element, about where its tag ends.
    package let start: Int
    /// The place of its link among the tree's links; -1 for none.
    let link: Int
    /// Where the element ends in the file; nil while it is open.
    package internal(set) var end: Int?
    var bytes: Range<Int>
    var firstChild = -1
    var lastChild = -1
    var previousSibling = -1
    var nextSibling = -1
  }

  // One reader on one thread holds the tree: checks of overlapping access cost a tenth of reading.
  @exclusivity(unchecked) private var held: [Node] = []
  @exclusivity(unchecked) private var text: [UInt8] = []
  @exclusivity(unchecked) private var links: [String] = []
  /// The open element, -1 at the top.
  @exclusivity(unchecked) private(set) var open = -1

  init() {}

  /// All nodes that are still wanted, in the order of the page.
  package var nodes: [Node] { held }

  package subscript(node: Int) -> Node { held[node] }

  /// The `href`, `src` or `datetime` of an element.
  package func link(_ node: Int) -> String? {
    held[node].link < 0 ? nil : links[held[node].link]
  }

  /// Bytes of text that the tree holds.
  var textSize: Int { text.count }

  // MARK: Growing

  func append(_ name: HTMLName, link: String?, start: Int) -> Int {
    let index = held.count
    if let link { links.append(link) }
    held.append(
      Node(
        name: name, parent: open, depth: open < 0 ? 0 : held[open].depth + 1, start: start,
        link: link == nil ? -1 : links.count - 1, bytes: text.count..<text.count))
    if open >= 0 {
      if held[open].lastChild >= 0 {
        held[held[open].lastChild].nextSibling = index
        held[index].previousSibling = held[open].lastChild
      } else {
        held[open].firstChild = index
      }
      held[open].lastChild = index
    }
    return index
  }

  func begin(_ name: HTMLName, link: String?, start: Int) -> Int {
    open = append(name, link: link, start: start)
    return open
  }

  func append(text bytes: UnsafeBufferPointer<UInt8>, start: Int) {
    let last = open >= 0 ? held[open].lastChild : held.count - 1
    var index = last
    if last < 0 || last != held.count - 1 || held[last].name != .text {
      index = append(.text, link: nil, start: start)
    }
    text.append(contentsOf: bytes)
    held[index].bytes = held[index].bytes.lowerBound..<text.count
  }

  func close(end: Int) -> Int {
    let index = open
    held[index].end = end
    open = held[index].parent
    return index
  }

  /// Forgets an element that has just been closed, with all in it.
  package func prune(_ node: Int) {
    let (parent, previous) = (held[node].parent, held[node].previousSibling)
    text.removeSubrange(held[node].bytes.lowerBound...)
    if let link = held[node...].first(where: { $0.link >= 0 })?.link {
      links.removeSubrange(link...)
    }
    held.removeSubrange(node...)
    guard parent >= 0 else { return }
    // The child before it is the last now.
    held[parent].lastChild = previous
    if previous >= 0 { held[previous].nextSibling = -1 } else { held[parent].firstChild = -1 }
  }

  // MARK: Looking

  /// The elements directly in an element.
  package func children(_ node: Int) -> [Int] {
    var found: [Int] = []
    var child = held[node].firstChild
    while child >= 0 {
      if held[child].name != .text { found.append(child) }
      child = held[child].nextSibling
    }
    return found
  }

  /// True if there is nothing to see in a node: neither words nor a picture, film or sound.
  package func isEmpty(_ node: Int) -> Bool {
    switch held[node].name {
    case .text: return text[held[node].bytes].allSatisfy { $0 <= 0x20 }
    case .img, .video, .audio: return false
    default: break
    }
    var child = held[node].firstChild
    while child >= 0 {
      if !isEmpty(child) { return false }
      child = held[child].nextSibling
    }
    return true
  }

  /// The words of a node as one line, white space collapsed; nil if it has more bytes.
  package func line(_ node: Int, atMost limit: Int = 4_096) -> String? {
    var bytes: [UInt8] = []
    guard collect(node, limit, &bytes) else { return nil }
    if bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func collect(_ node: Int, _ limit: Int, _ bytes: inout [UInt8]) -> Bool {
    if held[node].name == .text {
      for byte in text[held[node].bytes] {
        if byte > 0x20 {
          bytes.append(byte)
        } else if !bytes.isEmpty, bytes.last != 0x20 {
          bytes.append(0x20)
        }
        if bytes.count > limit { return false }
      }
      return true
    }
    if held[node].name == .br || held[node].name.isBlock, !bytes.isEmpty, bytes.last != 0x20 {
      bytes.append(0x20)
    }
    var child = held[node].firstChild
    while child >= 0 {
      guard collect(child, limit, &bytes) else { return false }
      child = held[child].nextSibling
    }
    return true
  }

  /// The text directly in an element, not in elements inside it, as one line.
  package func ownLine(_ node: Int) -> String {
    var bytes: [UInt8] = []
    var child = held[node].firstChild
    while child >= 0 {
      if held[child].name == .text { _ = collect(child, 65_536, &bytes) }
      child = held[child].nextSibling
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words of a node as a person sees them: a new line at each break and block.
  ///
  /// - Parameters:
  ///   - node: An element or a text.
  ///   - skipping: Says which nodes inside are left out.
  /// - Returns: The words, without blanks around them.
  package func prose(_ node: Int, skipping: (Int) -> Bool = { _ in false }) -> String {
    var bytes: [UInt8] = []
    write(node, skipping, &bytes)
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    let leading = bytes.prefix { $0 <= 0x20 }.count
    return String(decoding: bytes[leading...], as: UTF8.self)
  }

  private func write(_ node: Int, _ skipping: (Int) -> Bool, _ bytes: inout [UInt8]) {
    guard !skipping(node) else { return }
    let found = held[node]
    switch found.name {
    case .text: bytes.append(contentsOf: text[found.bytes])
    case .br: bytes.append(0x0A)
    default:
      if found.name.isBlock, let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
      var child = found.firstChild
      while child >= 0 {
        write(child, skipping, &bytes)
        child = held[child].nextSibling
      }
      if found.name.isBlock, let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    }
  }

  /// Calls `visit` with a node and all below it in the order of the page, as long as it returns
  /// true for going into one.
  package func walk(_ node: Int, _ visit: (Int) -> Bool) {
    guard visit(node) else { return }
    var child = held[node].firstChild
    while child >= 0 {
      walk(child, visit)
      child = held[child].nextSibling
    }
  }
}
