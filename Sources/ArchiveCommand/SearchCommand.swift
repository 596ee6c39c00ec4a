import ArgumentParser
import SocialArchive

/// `archive search QUERY`: what follows is taken as it is typed, so that `-chocolate` is a word
/// to leave out and not a row of flags.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds messages, records and customers.",
    discussion: SearchHelp.text)

  @Argument(parsing: .captureForPassthrough, help: "What to look for, and filters.")
  var words: [String] = []

  func run() throws {
    let line = try SearchLine(words)
    if line.wantsHelp { throw CleanExit.helpRequest(self) }
    let archive = SocialArchive(folder: ArchiveOptions.folder(line.archive))
    if let column = line.countColumn { return try count(archive, line, by: column) }
    let answer = try archive.search(line.request)
    try finish(answer, archive, line)
  }

  private func finish(
    _ answer: SearchAnswer, _ archive: SocialArchive, _ line: SearchLine
  ) throws {
    let lines = SearchText(isJSON: line.isJSON)
    if line.isGrouped, !line.isJSON {
      lines.groups(answer.messages).forEach(Talk.print)
    } else {
      for message in answer.messages { Talk.print(lines.message(message)) }
    }
    for record in answer.records { Talk.print(lines.record(record)) }
    for order in answer.orders { Talk.print(lines.order(order)) }
    for customer in answer.customers { Talk.print(lines.customer(customer)) }
    if answer.isIndexStale {
      Talk.say(
        "The search index is of another version of this program: the next import makes it anew.")
    }
    if let most = answer.rankedAtMost {
      Talk.say("Very many messages have these words: the newest \(most) were ranked.")
    }
    if !line.request.isForRecords, answer.records.isEmpty, answer.customers.isEmpty {
      try sayBeside(archive, line)
    }
    guard answer.isEmpty else { return }
    Talk.say("Nothing found.")
    for (word, nearest) in try archive.nearestWords(line.request) {
      let words = nearest.map(VisibleText.line).joined(separator: ", ")
      Talk.say("No message has \(VisibleText.line(word)). Did you mean: \(words)?")
    }
    throw ExitCode(ExitStatus.no)
  }

  private func sayBeside(_ archive: SocialArchive, _ line: SearchLine) throws {
    let beside = try archive.searchBeside(line.request)
    func number(_ count: Int) -> String { count == 100 ? "100 or more" : String(count) }
    if beside.customers > 0 {
      Talk.say("Customers of this name: \(number(beside.customers)). See them with kind:customer.")
    }
    if beside.orders > 0, !line.request.query.contains("kind:") {
      Talk.say("Orders match too: \(number(beside.orders)). See them with kind:order.")
    }
    if beside.records > 0 {
      Talk.say("Records beside the messages match too: \(number(beside.records)). See --records.")
    }
  }

  private func count(_ archive: SocialArchive, _ line: SearchLine, by column: String) throws {
    let counts = try archive.searchCounts(line.request, by: column)
    for count in counts {
      Talk.print(
        line.isJSON ? count.json : "\(count.count)\t\(VisibleText.line(count.name))")
    }
    if counts.isEmpty {
      Talk.say("Nothing found.")
      throw ExitCode(ExitStatus.no)
    }
  }
}

/// What a search found, as lines.
struct SearchText {
  let isJSON: Bool

  func message(_ message: FoundMessage) -> String {
    if isJSON { return message.json }
    let around =
      message.before.map(SearchText.neighbour) + [line(message)]
      + message.after.map(SearchText.neighbour)
    return around.joined(separator: "\n")
  }

  private func line(_ message: FoundMessage) -> String {
    let place = VisibleText.line(message.conversation)
    return
      "\(SearchText.time(message))  \(message.platform)  \(place)  \(SearchText.sender(message)): \(SearchText.marked(message.snippet))\n    \(message.uid)"
  }

  /// Messages under the name of their conversation, in the order in which they were found.
  func groups(_ messages: [FoundMessage]) -> [String] {
    var order: [String] = []
    var byConversation: [String: [FoundMessage]] = [:]
    for message in messages {
      if byConversation[message.conversationUID] == nil { order.append(message.conversationUID) }
      byConversation[message.conversationUID, default: []].append(message)
    }
    return order.flatMap { uid in
      let found = byConversation[uid] ?? []
      let head = found.first.map { "\($0.platform)  \(VisibleText.line($0.conversation))" } ?? ""
      return ["\(head)  (\(found.count))"]
        + found.map {
          "  \(SearchText.time($0))  \(SearchText.sender($0)): \(SearchText.marked($0.snippet))"
        }
    }
  }

  private static func neighbour(_ message: FoundMessage) -> String {
    "    \(time(message))  \(sender(message)): \(VisibleText.line(message.text ?? "[\(message.kind)]"))"
  }

  private static func sender(_ message: FoundMessage) -> String {
    VisibleText.line(message.sender ?? "–")
  }

  private static func time(_ message: FoundMessage) -> String {
    String(message.sentAt.prefix(16)).split(separator: "T").joined(separator: " ")
  }

  func record(_ record: FoundRecord) -> String {
    if isJSON { return record.json }
    let time = record.happenedAt.map { $0.prefix(10) + "  " } ?? ""
    return "\(time)\(record.platform)  \(record.kind)  \(SearchText.marked(record.snippet))"
  }

  func order(_ order: FoundOrder) -> String {
    if isJSON { return order.json }
    let items = order.items.map(VisibleText.line).joined(separator: ", ")
    let sum = [order.total, order.currency].compactMap(\.self).map(VisibleText.line)
    let fields =
      [order.placedAt.map { String($0.prefix(10)) }, "order", order.status]
      .compactMap(\.self) + [VisibleText.line(order.customer ?? "–"), items] + sum
    return fields.joined(separator: "  ") + "\n    \(order.uid)"
  }

  func customer(_ customer: FoundCustomer) -> String {
    if isJSON { return customer.json }
    let others = customer.aliases.filter { $0 != customer.name }
    let also = others.isEmpty ? "" : "  (\(others.map(VisibleText.line).joined(separator: ", ")))"
    return
      "\(VisibleText.line(customer.name ?? "–"))\(also)  \(customer.messageCount) messages\n    \(customer.uid)"
  }

  /// A snippet with its hits marked.
  private static func marked(_ snippet: [SnippetPiece]) -> String {
    let marks = Talk.hasColour ? ("\u{1B}[1;31m", "\u{1B}[0m") : ("[", "]")
    return snippet.map { piece in
      let text = VisibleText.line(piece.text)
      return piece.isHit ? marks.0 + text + marks.1 : text
    }.joined()
  }
}
