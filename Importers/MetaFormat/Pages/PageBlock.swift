import InboxModel
import TextDecoding

/// The element of one message: whose it is, when, and where its content stands.
struct PageBlock {
  /// Nil if the page leaves the name empty.
  let sender: String?
  let time: PageDate.Reading
  /// The elements between name and date.
  let content: [Int]

  /// Nil if the element is no message: its last piece is no date.
  init?(_ tree: HTMLTree, _ node: Int, _ dates: PageDate) {
    guard tree[node].end != nil, tree[node].name != .text, tree[node].name != .ul else {
      return nil
    }
    var pieces = tree.children(node)
    while let last = pieces.last, tree.isEmpty(last) { pieces.removeLast() }
    guard pieces.count >= 2, let last = pieces.popLast(), tree[last].name != .li,
      let line = tree.line(last, atMost: 120), let time = dates.read(line)
    else { return nil }
    self.time = time
    if let line = PageBlock.name(tree, pieces[0]) {
      let name = InvisibleMarks.cleanName(line)
      sender = name.isEmpty ? nil : name
      content = Array(pieces.dropFirst())
    } else {
      // The page leaves the name out, with its element or without.
      sender = nil
      let hasPlace = tree.isEmpty(pieces[0]) && pieces.count > 1
      content = hasPlace ? Array(pieces.dropFirst()) : pieces
    }
  }

  /// The line of an element that can be a name: a short one without pictures.
  private static func name(_ tree: HTMLTree, _ node: Int) -> String? {
    guard let line = tree.line(node, atMost: 400), !line.isEmpty else { return nil }
    var lines = 0
    tree.walk(node) { inner in
      if tree[inner].name == .text, !tree.isEmpty(inner) { lines += 1 }
      if [.img, .video, .audio, .ul].contains(tree[inner].name) { lines += 10 }
      return lines < 2
    }
    return lines == 1 ? line : nil
  }
}
