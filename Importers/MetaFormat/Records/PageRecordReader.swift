package import Importing
package import InboxModel
import TextDecoding

/// Reads the records of a page: lists of people, comments, contacts.
///
/// Source: pages of Instagram and Facebook since 2018, where each box of the page's main part is a
/// record (a name with a link, rows of labels and values, a date), and `html/friends.htm` and
/// `html/contact_info.htm` before.
package enum PageRecordReader {
  /// So much of a page is looked at to learn how it is built.
  private static let look = 1 << 18

  /// Emits the records of a page.
  ///
  /// - Throws: `NotThisFormat` if the page holds none, `FileDamage` where it breaks off.
  package static func read(
    _ file: SourceFile, kind: RecordKind, _ emit: (ImportEvent) throws -> Void
  ) throws {
    guard file.bytes.count > 0 else { throw FileDamage("the file is empty") }
    do {
      let head = try HTMLReader.read(file.bytes, upTo: look).tree
      guard let holder = holder(head) else { throw NotThisFormat("it holds no records") }
      let dates = PageSurvey.dates(head)
      var count = 0
      let hasMended = try HTMLReader.read(file.bytes) { tree, node in
        guard tree[node].depth == head[holder].depth + 1, tree[node].parent >= 0,
          tree[tree[node].parent].name == head[holder].name, !isOfMenu(tree, node, head)
        else { return }
        let maker = RecordMaker(kind: isOwn(tree, node) ? .profile : kind)
        let place = RecordPlace(
          offset: Int64(tree[node].start),
          length: Int64((tree[node].end ?? tree[node].start) - tree[node].start))
        let facts = PageFacts(tree, node, dates).facts
        if let record = maker.record(facts, precision: .minute, place: place) {
          count += 1
          try emit(.record(record))
        }
        tree.prune(node)
      }.hasMended
      guard file.isWholePage else {
        throw FileDamage("the page breaks off", offset: Int64(file.bytes.count))
      }
      guard count > 0 else { throw NotThisFormat("it holds no records") }
      if hasMended { try emit(.issue(.mendedPage)) }
    } catch let damage as HTMLDamage {
      throw FileDamage(damage.reason, offset: Int64(damage.offset))
    }
  }

  /// The element that holds the records: the page's main part, else the one with most entries.
  private static func holder(_ tree: HTMLTree) -> Int? {
    if let main = tree.nodes.firstIndex(where: { $0.name == .main }) {
      return tree.children(main).isEmpty ? nil : main
    }
    var best: (count: Int, node: Int)?
    for node in tree.nodes.indices where tree[node].name != .text {
      let count = tree.children(node).count {
        [.li, .tr].contains(tree[$0].name) && !tree.isEmpty($0)
      }
      if count > best?.count ?? 0, !isMenu(tree, node) { best = (count, node) }
    }
    return best?.node
  }

  /// A row whose first cell is a heading is of the account itself.
  private static func isOwn(_ tree: HTMLTree, _ node: Int) -> Bool {
    tree[node].name == .tr && tree.children(node).first.map { tree[$0].name == .th } ?? false
  }

  /// An entry of the page's menu: a link alone, or the words of the page's own title.
  private static func isOfMenu(_ tree: HTMLTree, _ node: Int, _ head: HTMLTree) -> Bool {
    guard tree[node].name == .li, let line = tree.line(node, atMost: 200) else { return false }
    let inner = tree.children(node)
    if inner.count == 1, tree[inner[0]].name == .a { return tree.ownLine(node).isEmpty }
    let title = head.nodes.firstIndex { $0.name == .title }.flatMap { head.line($0) }
    return inner.isEmpty && title?.hasSuffix(line) ?? false
  }

  /// A list of nothing but links within the download is the page's menu.
  private static func isMenu(_ tree: HTMLTree, _ node: Int) -> Bool {
    tree.children(node).allSatisfy { item in
      let inner = tree.children(item)
      return inner.count <= 1 && inner.allSatisfy { tree[$0].name == .a }
    } && tree.children(node).contains { !tree.children($0).isEmpty }
  }
}

/// What a box of a page says, label by label.
struct PageFacts {
  private(set) var facts = RecordFacts()
  private let tree: HTMLTree
  private let dates: PageDate

  init(_ tree: HTMLTree, _ box: Int, _ dates: PageDate) {
    (self.tree, self.dates) = (tree, dates)
    if tree[box].name == .tr, takeRow(box) { return }
    collect(box)
  }

  private mutating func collect(_ node: Int) {
    var lines: [Int] = []
    tree.walk(node) { inner in
      switch tree[inner].name {
      case .tr where takeRow(inner): return false
      case .h2, .h3, .h4:
        take(tree.line(inner) ?? "", label: "title")
        return false
      case .a:
        takeLink(inner)
        return false
      case .text:
        if !tree.isEmpty(inner) { lines.append(inner) }
        return false
      default: return true
      }
    }
    for line in lines { take(tree.line(line, atMost: 65_536) ?? "", label: "text") }
  }

  /// A row of label and value; false if it is none.
  private mutating func takeRow(_ row: Int) -> Bool {
    let cells = tree.children(row).filter { !tree.isEmpty($0) }
    if cells.count == 1, let value = tree.children(cells[0]).first(where: { tree[$0].name == .div })
    {
      take(tree.prose(value), label: tree.ownLine(cells[0]))
      return true
    }
    guard cells.count == 2, tree[cells[0]].name == .td || tree[cells[0]].name == .th,
      let label = tree.line(cells[0], atMost: 200)
    else { return false }
    let items = listItems(cells[1])
    if items.isEmpty {
      take(tree.prose(cells[1]), label: label)
    } else {
      // The address book of 2010 to 2018: a name, then `contact: …` for each number.
      take(label, label: "name")
      for item in items {
        let line = tree.line(item) ?? ""
        let value = line.firstRange(of: ": ").map { String(line[$0.upperBound...]) } ?? line
        take(value, label: "contact")
      }
    }
    return true
  }

  private func listItems(_ node: Int) -> [Int] {
    var items: [Int] = []
    tree.walk(node) { inner in
      if tree[inner].name == .li { items.append(inner) }
      return tree[inner].name != .li
    }
    return items
  }

  private mutating func takeLink(_ node: Int) {
    let text = tree.line(node) ?? ""
    let link = tree.link(node)
    if text != link, !text.hasPrefix("http") { take(text, label: "value") }
    if let link, link.hasPrefix("http") { take(PageAddress.target(of: link), label: "href") }
  }

  private mutating func take(_ text: String, label: String) {
    guard !text.isEmpty else { return }
    if let time = dates.read(text) {
      facts.add(time: time.wall - (time.offset ?? PageClock.offset), label: "timestamp")
      return
    }
    // `Name (Dec 11, 2009)`
    if text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex,
      text[open...].contains(where: \.isNumber)
    {
      facts.add(InvisibleMarks.cleanName(String(text[..<open])), label: "name")
      facts.add(String(text[text.index(after: open)...].dropLast()), label: "date")
      return
    }
    facts.add(text, label: label)
  }
}
