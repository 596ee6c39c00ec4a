import ArgumentParser
import SocialArchive

/// `archive search QUERY`: what follows is taken as it is typed, so that `-chocolate` is a word
/// to leave out and not a row of flags.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds messages, newest first.",
    discussion: """
      QUERY: words that must all be there, "words in this order", -without, begin*.
      Accents, vowel points, letter forms and digits of any script do not matter.

      FILTERS
        --platform P   facebook, instagram or whatsapp
        --from NAME    sent by a person whose name holds this
        --customer C   in conversations of a customer: name or uid
        --after D      from the start of 2021, 2021-10 or 2021-10-05 on
        --before D     before the start of it
        --has WHAT     media, link, phone or order
        --records      in what the downloads hold beside the messages: friends, address books,
                       comments, payments
        --limit N      at most N messages, 20 if not said
        --json         JSON Lines

      EXAMPLES
        archive search cake -chocolate
        archive search "حلويات" --platform instagram --after 2024
      """)

  @Argument(parsing: .captureForPassthrough, help: "What to look for, and filters.")
  var words: [String] = []

  func run() throws {
    let line = try SearchLine(words)
    if line.wantsHelp { throw CleanExit.helpRequest(self) }
    let archive = SocialArchive(folder: ArchiveOptions.folder(line.archive))
    if line.wantsRecords { return try showRecords(archive, line) }
    let found = try archive.search(line.request)
    for message in found {
      Talk.print(line.isJSON ? message.json : SearchCommand.text(message))
    }
    var one = line.request
    one.limit = 1
    if try !archive.searchRecords(one).isEmpty {
      Talk.say("Records beside the messages match too; see them with --records.")
    }
    if found.isEmpty {
      Talk.say("Nothing found.")
      throw ExitCode(ExitStatus.no)
    }
  }

  private func showRecords(_ archive: SocialArchive, _ line: SearchLine) throws {
    let found = try archive.searchRecords(line.request)
    for record in found {
      let time = record.happenedAt.map { $0.prefix(10) + "  " } ?? ""
      let text =
        "\(time)\(record.platform)  \(record.kind)  \(SearchCommand.marked(record.snippet))"
      Talk.print(line.isJSON ? record.json : text)
    }
    if found.isEmpty {
      Talk.say("Nothing found.")
      throw ExitCode(ExitStatus.no)
    }
  }

  private static func text(_ message: FoundMessage) -> String {
    let snippet = marked(message.snippet)
    let sender = VisibleText.line(message.sender ?? "–")
    let place = VisibleText.line(message.conversation)
    let time = String(message.sentAt.prefix(16)).split(separator: "T").joined(separator: " ")
    return "\(time)  \(message.platform)  \(place)  \(sender): \(snippet)\n    \(message.uid)"
  }
}

extension SearchCommand {
  /// A snippet with its hits marked.
  fileprivate static func marked(_ snippet: [SnippetPiece]) -> String {
    let marks = Talk.hasColour ? ("\u{1B}[1;31m", "\u{1B}[0m") : ("[", "]")
    return snippet.map { piece in
      let text = VisibleText.line(piece.text)
      return piece.isHit ? marks.0 + text + marks.1 : text
    }.joined()
  }
}

/// The words behind `search`, sorted into query and filters.
struct SearchLine {
  private(set) var request: SearchRequest
  private(set) var archive: String?
  private(set) var isJSON = false
  private(set) var wantsHelp = false
  private(set) var wantsRecords = false

  init(_ words: [String]) throws {
    request = SearchRequest(query: "")
    var query: [String] = []
    var rest = words[...]
    var isLiteral = false
    while let word = rest.popFirst() {
      if isLiteral || !word.hasPrefix("--") || word == "-" {
        query.append(SearchLine.quoted(word))
      } else if word == "--" {
        isLiteral = true
      } else {
        try take(option: word, &rest)
      }
    }
    request.query = query.joined(separator: " ")
    if request.query.isEmpty, !hasFilter, !wantsHelp {
      throw ValidationError("Say what to look for, such as: archive search cake -chocolate")
    }
  }

  private var hasFilter: Bool {
    request.from != nil || request.customer != nil || request.after != nil
      || request.before != nil || !request.has.isEmpty || request.platform != nil
  }

  /// A word that the shell unquoted and that holds blanks was a phrase.
  private static func quoted(_ word: String) -> String {
    guard word.contains(" "), !word.contains("\"") else { return word }
    return word.hasPrefix("-") ? "-\"\(word.dropFirst())\"" : "\"\(word)\""
  }

  private mutating func take(option: String, _ rest: inout ArraySlice<String>) throws {
    let pieces = option.split(separator: "=", maxSplits: 1).map(String.init)
    switch pieces[0] {
    case "--json": isJSON = true
    case "--help": wantsHelp = true
    case "--records": wantsRecords = true
    default:
      guard let value = pieces.count > 1 ? pieces[1] : rest.popFirst() else {
        throw ValidationError("\(pieces[0]) needs a value.")
      }
      try take(pieces[0], value)
    }
  }

  private mutating func take(_ name: String, _ value: String) throws {
    switch name {
    case "--archive": archive = value
    case "--platform": request.platform = value
    case "--from": request.from = value
    case "--customer": request.customer = value
    case "--after": request.after = value
    case "--before": request.before = value
    case "--has":
      guard ["media", "link", "phone", "order"].contains(value) else {
        throw ValidationError("--has takes media, link, phone or order.")
      }
      request.has.insert(value)
    case "--limit":
      guard let limit = Int(value), limit > 0 else {
        throw ValidationError("--limit takes a number from 1 up.")
      }
      request.limit = limit
    default: throw ValidationError("There is no option \(name). See: archive search --help")
    }
  }
}
