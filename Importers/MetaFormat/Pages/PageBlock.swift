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
    guard PageBlock.isName(tree, pieces[0]) || tree.isEmpty(pieces[0]) && pieces.count > 1 else {
      // The page leaves the name out.
      sender = nil
      content = pieces
      return
    }
    let name = tree.line(pieces[0], atMost: 400).map(InvisibleMarks.cleanName)
    sender = name?.isEmpty == true ? nil : name
    content = Array(pieces.dropFirst())
  }

  /// True if an element can be a name: one short line without pictures.
  private static func isName(_ tree: HTMLTree, _ node: Int) -> Bool {
    guard let line = tree.line(node, atMost: 400), !line.isEmpty else { return false }
    var lines = 0
    tree.walk(node) { inner in
      if tree[inner].name == .text, !tree.isEmpty(inner) { lines += 1 }
      if [.img, .video, .audio, .ul].contains(tree[inner].name) { lines += 10 }
      return lines < 2
    }
    return lines == 1
  }
}
