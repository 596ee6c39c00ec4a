import Importing
import InboxModel
import TextDecoding

/// What a message's element holds: words, files, links and reactions.
struct PageContent {
  private let tree: HTMLTree
  private let folder: String
  private let base: String?
  private let dates: PageDate
  private(set) var words: String?
  private(set) var share: MetaShare?
  private(set) var attachments: [Attachment] = []
  private(set) var reactions: [Reaction] = []

  /// - Parameters:
  ///   - tree: The page's tree.
  ///   - nodes: The elements that hold the message's content.
  ///   - folder: The folder of the page, from the download's root.
  ///   - base: The address that the page's own are relative to.
  ///   - dates: How the page writes dates.
  init(_ tree: HTMLTree, _ nodes: [Int], folder: String, base: String?, dates: PageDate) {
    (self.tree, self.folder, self.base, self.dates) = (tree, folder, base, dates)
    for node in nodes { collect(node) }
    if let slots = PageContent.slots(tree, nodes) {
      readSlots(slots)
    } else {
      words = PageContent.join(nodes.map(prose))
    }
  }

  // MARK: Words

  /// The boxes of a message since 2018: head of a share, words, files, link, and what follows.
  private static func slots(_ tree: HTMLTree, _ nodes: [Int]) -> [Int]? {
    guard nodes.count == 1, var node = nodes.first else { return nil }
    for _ in 0..<4 {
      let inner = tree.children(node)
      if inner.count >= 4 { return inner.allSatisfy { tree[$0].name == .div } ? inner : nil }
      guard inner.count == 1 else { return nil }
      node = inner[0]
    }
    return nil
  }

  private mutating func readSlots(_ slots: [Int]) {
    let text = prose(slots[1])
    words = text.isEmpty ? nil : text
    // Where a link stands differs by year; files say nothing in words.
    let around = ([slots[0]] + slots[2...]).filter { !tree.isEmpty($0) }
    let shown = PageContent.join(around.map(prose))
    let link = around.compactMap(link).first
    if shown != nil || link != nil {
      share = MetaShare(link: link, text: shown == link ? nil : shown)
    }
  }

  /// The words of a node; files and reactions say nothing here.
  private func prose(_ node: Int) -> String {
    tree.prose(node) { inner in
      switch tree[inner].name {
      case .ul, .video, .audio: true
      case .a: tree.link(inner).map { !PageContent.isAddress($0) } ?? false
      default: false
      }
    }
  }

  private static func join(_ pieces: [String]) -> String? {
    let text = pieces.filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  private func link(in node: Int) -> String? {
    var found: String?
    tree.walk(node) { inner in
      if found == nil, tree[inner].name == .a, let link = tree.link(inner),
        PageContent.isAddress(link)
      {
        found = PageAddress.target(of: link)
      }
      return found == nil
    }
    return found
  }

  private static func isAddress(_ link: String) -> Bool {
    link.hasPrefix("http://") || link.hasPrefix("https://")
  }

  /// This content with that of the next element.
  func followed(by next: PageContent) -> PageContent {
    var all = self
    all.words = PageContent.join([words, next.words].compactMap(\.self))
    all.attachments += next.attachments
    all.reactions += next.reactions
    return all
  }

  // MARK: Files and reactions

  private mutating func collect(_ root: Int) {
    var files: [(HTMLName, String)] = []
    var reacted: [Int] = []
    tree.walk(root) { inner in
      switch tree[inner].name {
      case .ul:
        reacted.append(inner)
        return false
      case .img, .audio, .video:
        let source = tree.link(inner) ?? sourceInside(inner)
        if let source { files.append((tree[inner].name, source)) }
        // What a browser shows that cannot play it is no content.
        return false
      case .a:
        guard let link = tree.link(inner), !PageContent.isAddress(link), !link.hasPrefix("#") else {
          return true
        }
        files.append((inside(inner), link))
        return false
      default: return true
      }
    }
    for (name, link) in files { add(name, link) }
    for list in reacted { readReactions(list) }
  }

  private func sourceInside(_ node: Int) -> String? {
    tree.children(node).first { tree[$0].name == .source }.flatMap(tree.link)
  }

  /// What a link to a file is around.
  private func inside(_ node: Int) -> HTMLName {
    var found = HTMLName.a
    tree.walk(node) { inner in
      if [.img, .video, .audio].contains(tree[inner].name) { found = tree[inner].name }
      return found == .a
    }
    return found
  }

  private mutating func add(_ name: HTMLName, _ link: String) {
    let path = PageContent.isAddress(link) ? link : PageAddress.resolve(link, folder, base)
    let lower = path.lowercased()
    let kind: AttachmentKind
    if lower.contains("stickers_used/") {
      kind = .sticker
    } else if lower.contains("/gifs/") {
      kind = .gif
    } else if lower.contains("/audio/") || name == .audio {
      kind = .audio
    } else if lower.contains("/videos/") || name == .video {
      kind = .video
    } else if lower.contains("/files/") || name == .a {
      kind = .file
    } else {
      kind = .photo
    }
    let file = MetaMessageFields.file(kind, path)
    // A film is shown and linked.
    if !attachments.contains(file) { attachments.append(file) }
  }

  private mutating func readReactions(_ list: Int) {
    for item in tree.children(list) where tree[item].name == .li {
      guard var line = tree.line(item, atMost: 1_000), !line.isEmpty else { continue }
      var reaction = Reaction(actor: "", reaction: "")
      if line.hasSuffix(")"), let open = line.lastIndex(of: "("),
        let time = dates.read(String(line[open...].dropFirst().dropLast()))
      {
        reaction.reactedAt = time.wall - (time.offset ?? PageClock.offset)
        line = String(line[..<open])
      }
      line = InvisibleMarks.cleanName(line)
      // The sign and the name stand together: `❤Ana`.
      guard let sign = line.first, !sign.isLetter, !sign.isNumber else {
        reaction.reaction = line
        reactions.append(reaction)
        continue
      }
      reaction.reaction = String(sign)
      reaction.actor = InvisibleMarks.cleanName(String(line.dropFirst()))
      reactions.append(reaction)
    }
  }
}

/// The clock of pages without a zone. Source: pages of accounts whose JSON is known differ from it
/// by eight hours, in summer too.
enum PageClock {
  /// East of UTC, in milliseconds.
  static let offset: Int64 = -8 * 3_600_000

  /// A page's time as a source's.
  static func time(_ reading: PageDate.Reading) -> SourceTime {
    if let offset = reading.offset {
      return SourceTime(milliseconds: reading.wall - offset, precision: reading.precision)
    }
    return SourceTime(
      milliseconds: reading.wall, precision: reading.precision, clock: .fixed(offset))
  }
}
