import ArchiveExport
import ArchiveStore

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
  /// The messages around it, if they were asked for.
  public internal(set) var before: [FoundMessage] = []
  public internal(set) var after: [FoundMessage] = []

  init(_ hit: SearchHit, snippet: [SnippetPiece]) {
    uid = hit.uid
    platform = hit.platform
    conversation = hit.conversation
    conversationUID = hit.conversationUID
    sender = hit.sender
    isOwner = hit.isOwner
    sentAt = hit.sentAt
    kind = hit.kind
    text = hit.text
    self.snippet = snippet
  }

  /// What of a message is looked at for hits: its text, then the names of its files.
  static func shown(_ hit: SearchHit) -> String {
    ([hit.text].compactMap(\.self) + hit.fileNames).joined(separator: " ")
  }

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
    if !snippet.isEmpty || text == nil {
      let text = snippet.map { $0.isHit ? "[\($0.text)]" : $0.text }.joined()
      line.add("snippet", text + FoundMessage.closing(text))
    }
    if !before.isEmpty || !after.isEmpty {
      line.add("before", json: JSONText.list(before.map(\.json)))
      line.add("after", json: JSONText.list(after.map(\.json)))
    }
    return line.text
  }
}

extension FoundMessage {
  /// What closes the directions that a cut text opens and leaves open.
  fileprivate static func closing(_ text: String) -> String {
    var open: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x2066...0x2068: open.append("\u{2069}")
      case 0x202A, 0x202B, 0x202D, 0x202E: open.append("\u{202C}")
      case 0x2069, 0x202C: if open.last == scalar { open.removeLast() }
      default: break
      }
    }
    return String(String.UnicodeScalarView(open.reversed()))
  }
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

  init(_ row: RecordHit, snippet: [SnippetPiece]) {
    id = row.id
    platform = row.platform
    kind = row.kind
    name = row.name
    text = row.text
    happenedAt = row.happenedAt
    detail = row.detail
    self.snippet = snippet
  }

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

/// A customer that a search found.
public struct FoundCustomer: Sendable {
  public let uid: String
  public let name: String?
  /// The names by which the customer was found.
  public let aliases: [String]
  /// A JSON array of numbers in E.164.
  public let phones: String
  public let messageCount: Int64

  init(_ row: CustomerHit) {
    uid = row.uid
    name = row.name
    aliases = row.aliases
    phones = row.phones
    messageCount = row.messageCount
  }

  /// The customer as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("uid", uid)
    line.add("name", name)
    line.add("found_as", json: JSONText.list(aliases.map(JSONText.string)))
    line.add("phones", json: phones)
    line.add("message_count", messageCount)
    return line.text
  }
}

/// An order that a search found.
public struct FoundOrder: Sendable {
  public let uid: String
  public let customer: String?
  public let status: String
  /// ISO 8601, UTC.
  public let placedAt: String?
  /// Exact decimal text without its currency.
  public let total: String?
  public let currency: String?
  public let items: [String]

  init(_ row: OrderHit) {
    uid = row.uid
    customer = row.customer
    status = row.status
    placedAt = row.placedAt
    total = row.total
    currency = row.currency
    items = row.items
  }

  /// The order as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("uid", uid)
    line.add("customer", customer)
    line.add("status", status)
    line.add("placed_at", placedAt)
    line.add("total", total)
    line.add("currency", currency)
    line.add("items", json: JSONText.list(items.map(JSONText.string)))
    return line.text
  }
}

/// How many messages of one platform, year or customer a search found.
public struct FoundCount: Sendable {
  public let name: String
  public let count: Int64

  /// The count as one JSON object.
  public var json: String {
    var line = JSONText()
    line.add("name", name)
    line.add("count", count)
    return line.text
  }
}

/// A piece of a snippet.
public struct SnippetPiece: Sendable, Equatable {
  public let text: String
  public let isHit: Bool
}
