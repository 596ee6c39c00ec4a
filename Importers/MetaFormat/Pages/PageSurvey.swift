import Importing
import InboxModel
import TextDecoding

/// How a page of messages is built, learned from its beginning.
///
/// A message is the outermost element whose last piece is a date and whose first is a name; its
/// depth is the same all through a page, whatever the classes are called. Pages before May 2018
/// hold only name and date in it, and the words in paragraphs behind.
struct PageSurvey {
  /// The depth of the elements that are messages.
  let depth: Int
  /// True if the words of a message stand behind its element.
  let hasWordsBehind: Bool
  let dates: PageDate
  let title: String?
  /// The people that the page's head names.
  let participants: [String]
  /// The dates from and to which the download has data, where the page's head says so.
  let window: OwnerFacts.Window?
  /// The address that the page's own are relative to; nil if it names none.
  let base: String?

  /// So much of a page is looked at; a second look takes more, in case of a long head.
  private static let looks = [1 << 18, 1 << 23]

  /// Looks at a page.
  ///
  /// - Throws: `NotThisFormat` if it shows no messages, `FileDamage` if it breaks off or its dates
  ///   are in a language that is not known.
  init(_ bytes: ByteView) throws {
    for look in PageSurvey.looks where look == PageSurvey.looks[0] || bytes.count > look / 32 {
      let tree = try HTMLReader.read(bytes, upTo: look).tree
      if let found = PageSurvey(tree) {
        self = found
        return
      }
      if look >= bytes.count {
        guard !PageSurvey.showsTimes(tree) else {
          throw FileDamage("its dates are in a language that is not known")
        }
        throw NotThisFormat("it holds no messages")
      }
    }
    throw NotThisFormat("it holds no messages")
  }

  private init?(_ tree: HTMLTree) {
    guard !tree.nodes.isEmpty, let (dates, blocks) = PageSurvey.best(tree) else { return nil }
    var counts: [Int: Int] = [:]
    for block in blocks { counts[tree[block].depth, default: 0] += 1 }
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
    depth = most.key
    let typical = blocks.filter { tree[$0].depth == most.key }
    let bare = typical.filter { PageSurvey.hasParagraphBehind(tree, $0) }
    hasWordsBehind = bare.count * 2 > typical.count
    self.dates = dates
    title = PageSurvey.first(tree, .h1) ?? PageSurvey.first(tree, .title)
    base = tree.nodes.firstIndex { $0.name == .base }.flatMap(tree.link)
    window = PageSurvey.window(tree, before: blocks.min() ?? 0)
    participants = PageSurvey.participants(tree, before: blocks.min() ?? 0, dates.words)
  }

  // MARK: Dates

  /// The language under which most of the page's dates can be read, and the messages then.
  private static func best(_ tree: HTMLTree) -> (PageDate, [Int])? {
    guard let dates = language(timeLines(tree)) else { return nil }
    let blocks = blocks(tree, dates)
    return blocks.isEmpty ? nil : (dates, blocks)
  }

  /// The language and order under which most lines are dates; nil if none is one.
  private static func language(_ lines: [String]) -> PageDate? {
    // Dates of one month and half of the day look alike: one of each shape tells for all.
    var shapes: [DateShape: (tokens: DateTokens, example: String, count: Int)] = [:]
    for line in lines {
      guard let shape = DateShape.of(line)?.shape else { continue }
      if shapes[shape] != nil {
        shapes[shape]?.count += 1
      } else if let tokens = DateTokens(line) {
        shapes[shape] = (tokens, line, 1)
      }
    }
    var tied: [PageDate] = []
    var most = 0
    for words in PageWords.all {
      for isMonthFirst in [false, true] {
        let dates = PageDate(words: words, isMonthFirst: isMonthFirst)
        let count = shapes.reduce(0) { sum, shape in
          let isDate = dates.learn(shape.key, shape.value.tokens)
          return isDate && dates.read(shape.value.example) != nil ? sum + shape.value.count : sum
        }
        guard count > 0, count >= most else { continue }
        if count > most { tied.removeAll() }
        most = count
        tied.append(dates)
      }
    }
    return inBestOrder(tied, lines)
  }

  /// Of languages that read as many dates, the one under which they fall, as on Meta's pages.
  private static func inBestOrder(_ tied: [PageDate], _ lines: [String]) -> PageDate? {
    var best: (dates: PageDate, score: (Int, Int))?
    for dates in tied {
      let readings = lines.prefix(100).compactMap(dates.read)
      let inOrder = zip(readings, readings.dropFirst()).count { $0.wall >= $1.wall }
      let score = (readings.count { !$0.isInOtherOrder }, inOrder)
      if best.map({ score > $0.score }) ?? true { best = (dates, score) }
    }
    return best?.dates
  }

  /// How a page without messages writes its dates; as in English if it has none.
  static func dates(_ tree: HTMLTree) -> PageDate {
    language(timeLines(tree)) ?? PageDate(words: PageWords.all[0])
  }

  /// Lines that could be dates with a time of day.
  private static func timeLines(_ tree: HTMLTree) -> [String] {
    var lines: [String] = []
    var seen: Set<String> = []
    for (index, node) in tree.nodes.enumerated() where node.name == .text {
      guard node.parent >= 0, let line = tree.line(index, atMost: 120), mayBeTime(line),
        seen.insert(line).inserted
      else { continue }
      lines.append(line)
      if lines.count == 500 { break }
    }
    return lines
  }

  private static func mayBeTime(_ line: String) -> Bool {
    line.utf8.count >= 10
      && line.unicodeScalars.count { $0.properties.numericType == .decimal } >= 5
      && line.unicodeScalars.contains { ":時时點点시".unicodeScalars.contains($0) }
  }

  /// True if something on the page looks like a date that could not be read.
  private static func showsTimes(_ tree: HTMLTree) -> Bool {
    timeLines(tree).contains { line in
      line.split(separator: " ").count <= 8 && !line.contains("http")
        && line.split(whereSeparator: { !$0.isNumber }).contains { $0.count == 4 }
    }
  }

  // MARK: Messages

  /// The outermost elements that are messages.
  private static func blocks(_ tree: HTMLTree, _ dates: PageDate) -> [Int] {
    var found: [Int] = []
    guard !tree.nodes.isEmpty else { return [] }
    tree.walk(0) { node in
      guard PageBlock(tree, node, dates) != nil else { return true }
      found.append(node)
      return false
    }
    return found
  }

  /// True if a message's element holds no words, and a paragraph follows it.
  private static func hasParagraphBehind(_ tree: HTMLTree, _ block: Int) -> Bool {
    guard tree.children(block).filter({ !tree.isEmpty($0) }).count == 2 else { return false }
    var node = block
    for _ in 0..<3 {
      let parent = tree[node].parent
      guard parent >= 0 else { return false }
      let siblings = tree.children(parent)
      if let place = siblings.firstIndex(of: node), place + 1 < siblings.count {
        return tree[siblings[place + 1]].name == .p
      }
      node = parent
    }
    return false
  }

  // MARK: The head

  private static func first(_ tree: HTMLTree, _ name: HTMLName) -> String? {
    guard let node = tree.nodes.firstIndex(where: { $0.name == name }),
      let line = tree.line(node), !line.isEmpty
    else { return nil }
    return InvisibleMarks.cleanName(line)
  }

  /// `Contains data from <time …> to <time …>`: the one element of the head with two times.
  private static func window(_ tree: HTMLTree, before end: Int) -> OwnerFacts.Window? {
    for node in tree.nodes.indices.prefix(end) {
      let times = tree.children(node).filter { tree[$0].name == .time }.compactMap(tree.link)
      if times.count == 2 { return OwnerFacts.Window(from: times[0], to: times[1]) }
    }
    return nil
  }

  /// The names of a line like `Participants: A, B and C` before the first message.
  private static func participants(
    _ tree: HTMLTree, before end: Int, _ words: PageWords
  ) -> [String] {
    for index in tree.nodes.indices.prefix(end) where tree[index].name == .text {
      guard let line = tree.line(index, atMost: 32_768), let colon = line.firstIndex(of: ":"),
        !line[..<colon].isEmpty, line[..<colon].count < 40
      else { continue }
      let names = NameList.split(String(line[line.index(after: colon)...]), words)
      if names.count > 1 { return names }
    }
    return []
  }
}

/// Splits `A, B and C` into names.
enum NameList {
  static func split(_ text: String, _ words: PageWords) -> [String] {
    var names = text.split(whereSeparator: { ",،、".contains($0) }).map {
      InvisibleMarks.cleanName(String($0))
    }.filter { !$0.isEmpty }
    guard let last = names.popLast() else { return [] }
    // The page's own language first; of the others only words that are no letter of a name.
    let others = PageWords.all.flatMap(\.conjunctions).filter { $0.count > 1 }
    for word in words.conjunctions + others {
      if !names.isEmpty, last.hasPrefix(word + " ") {
        return names + [InvisibleMarks.cleanName(String(last.dropFirst(word.count + 1)))]
      }
      // Arabic and Hebrew write the word together with the name behind it.
      let isPrefix = ["و", "ו"].contains(word)
      for mark in isPrefix ? [" \(word) ", " \(word)-", " \(word)"] : [" \(word) "] {
        guard let place = last.firstRange(of: mark) else { continue }
        names.append(InvisibleMarks.cleanName(String(last[..<place.lowerBound])))
        names.append(InvisibleMarks.cleanName(String(last[place.upperBound...])))
        return names.filter { !$0.isEmpty }
      }
    }
    return names + [last]
  }
}
