import ArgumentParser
import SocialArchive

/// The words behind `search`, sorted into query and options.
struct SearchLine {
  private(set) var request: SearchRequest
  private(set) var archive: String?
  private(set) var isJSON = false
  private(set) var wantsHelp = false
  private(set) var isGrouped = false
  /// `platform`, `year` or `customer`, to count by.
  private(set) var countColumn: String?

  init(_ words: [String]) throws {
    request = SearchRequest(query: "")
    var query: [String] = []
    var rest = words[...]
    var isLiteral = false
    while let word = rest.popFirst() {
      if isLiteral || word != "-h" && !word.hasPrefix("--") {
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

  /// A word that the shell unquoted and that holds blanks was a phrase, if it has no grammar of its
  /// own.
  private static func quoted(_ word: String) -> String {
    SearchRequest.isPhrase(word) ? "\"\(word)\"" : word
  }

  private mutating func take(option: String, _ rest: inout ArraySlice<String>) throws {
    let pieces = option.split(separator: "=", maxSplits: 1).map(String.init)
    switch pieces[0] {
    case "--json": isJSON = true
    case "--help", "-h": wantsHelp = true
    case "--records": request.isForRecords = true
    case "--grouped": isGrouped = true
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
    case "--has": request.has.insert(value)
    case "--by":
      guard ["relevance", "newest"].contains(value) else {
        throw ValidationError("--by takes relevance or newest.")
      }
      request.isByRelevance = value == "relevance"
    case "--count":
      guard ["platform", "year", "customer"].contains(value) else {
        throw ValidationError("--count takes platform, year or customer.")
      }
      countColumn = value
    case "--context": request.context = try SearchLine.number(name, value, from: 0)
    case "--limit": request.limit = try SearchLine.number(name, value, from: 1)
    default: throw ValidationError("There is no option \(name). See: archive search --help")
    }
  }

  private static func number(_ name: String, _ value: String, from least: Int) throws -> Int {
    guard let number = Int(value), number >= least, number <= 1_000_000 else {
      throw ValidationError("\(name) takes a number from \(least) up.")
    }
    return number
  }
}
