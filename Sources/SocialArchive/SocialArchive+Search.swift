import ArchiveExport
import ArchiveStore
import InboxModel
import SearchText

/// What to search for, and where.
public struct SearchRequest: Sendable {
  /// Words, "phrases", prefix*, -not.
  public var query: String
  public var platform: String?
  public var from: String?
  public var customer: String?
  /// A date such as 2021, 2021-10 or 2021-10-05 (UTC): messages from its start on.
  public var after: String?
  /// A date: messages before its start.
  public var before: String?
  /// `media`, `link`, `phone`, `order`.
  public var has: Set<String> = []
  public var limit = 20

  public init(query: String) { self.query = query }
}

/// A message that a search found.
public struct FoundMessage: Sendable {
  public let uid: String
  public let platform: String
  public let conversation: String
  public let conversationUID: String
  public let sender: String?
  public let isOwner: Bool
  /// ISO 8601, UTC.
  public let sentAt: String
  public let kind: String
  public let text: String?
  /// The text around the first hit, with every hit marked.
  public let snippet: [SnippetPiece]
}

/// A record beside the messages that a search found.
public struct FoundRecord: Sendable {
  public let id: Int64
  public let platform: String
  public let kind: String
  public let name: String?
  public let text: String?
  /// ISO 8601, UTC; nil if the source does not say.
  public let happenedAt: String?
  /// All that the source says, a JSON object.
  public let detail: String
  /// Name and words, with every hit marked.
  public let snippet: [SnippetPiece]

  /// The record as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("id", id)
    line.add("platform", platform)
    line.add("kind", kind)
    line.add("name", name)
    line.add("text", text)
    line.add("happened_at", happenedAt)
    line.add("detail", detail)
    return line.text
  }
}

/// A piece of a snippet.
public struct SnippetPiece: Sendable, Equatable {
  public let text: String
  public let isHit: Bool
}

extension SocialArchive {
  /// Searches the archive, newest first.
  ///
  /// - Throws: `ArchiveFailure` if a date is none or there is no archive.
  public func search(_ request: SearchRequest) throws -> [FoundMessage] {
    let archive = try reading()
    let query = SearchQuery(request.query)
    var filter = SearchFilter()
    filter.platform = request.platform
    filter.from = request.from
    filter.customer = request.customer
    filter.after = try request.after.map(SocialArchive.date)
    filter.before = try request.before.map(SocialArchive.date)
    filter.has = request.has
    filter.limit = request.limit
    var highlighter = Highlighter(query)
    return try archive.search(query, filter).map { hit in
      FoundMessage(
        uid: hit.uid, platform: hit.platform, conversation: hit.conversation,
        conversationUID: hit.conversationUID, sender: hit.sender, isOwner: hit.isOwner,
        sentAt: hit.sentAt, kind: hit.kind, text: hit.text,
        snippet: highlighter.snippet(hit.text ?? ""))
    }
  }

  /// Searches the records beside the messages, newest first; of the filters only the platform and
  /// the limit count.
  ///
  /// - Returns: The records, each as one JSON object with the columns of the view `records`.
  /// - Throws: `ArchiveFailure`.
  public func searchRecords(_ request: SearchRequest) throws -> [FoundRecord] {
    let archive = try reading()
    var highlighter = Highlighter(SearchQuery(request.query))
    return try archive.searchRecords(
      SearchQuery(request.query), platform: request.platform, limit: request.limit
    ).map { row in
      let detail = [row.name, row.text].compactMap(\.self).joined(separator: " – ")
      return FoundRecord(
        id: row.id, platform: row.platform, kind: row.kind, name: row.name, text: row.text,
        happenedAt: row.happenedAt, detail: row.detail,
        snippet: highlighter.snippet(detail.isEmpty ? row.detail : detail))
    }
  }

  /// The start of a day, month or year in UTC milliseconds.
  private static func date(_ text: String) throws -> Int64 {
    let fields = text.split(separator: "-").map { Int64($0) }
    let numbers = fields.compactMap { $0 }
    guard numbers.count == fields.count, (1...3).contains(numbers.count),
      (1990..<2100).contains(numbers[0])
    else { throw ArchiveFailure.failed("\(text) is no date. Write 2021, 2021-10 or 2021-10-05.") }
    let month = numbers.count > 1 ? numbers[1] : 1
    let day = numbers.count > 2 ? numbers[2] : 1
    guard day >= 1, day <= CivilTime.daysInMonth(year: numbers[0], month: month) else {
      throw ArchiveFailure.failed("\(text) is no date. Write 2021, 2021-10 or 2021-10-05.")
    }
    return CivilTime.milliseconds(year: numbers[0], month: month, day: day)
  }
}

extension FoundMessage {
  /// The message as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("uid", uid)
    line.add("platform", platform)
    line.add("conversation", conversation)
    line.add("conversation_uid", conversationUID)
    line.add("sender", sender)
    line.add("is_owner", isOwner)
    line.add("sent_at", sentAt)
    line.add("kind", kind)
    line.add("text", text)
    line.add("snippet", snippet.map { $0.isHit ? "[\($0.text)]" : $0.text }.joined())
    return line.text
  }
}
