import Foundation

/// What a sample's `expected.json` says, written by hand.
struct Expected: Decodable {
  struct Conversation: Decodable {
    let title: String
    let kind: String
    let messages: [Message]
  }

  struct Message: Decodable, Equatable {
    let sender: String?
    let is_owner: Bool
    let sent_at: String
    let time_precision: String
    let kind: String
    let text: String?
    let is_edited: Bool?
    let is_deleted: Bool?
    let attachments: [Attachment]?
    let reactions: [Reaction]?
  }

  struct Attachment: Decodable, Equatable, Hashable {
    let kind: String
    let file_name: String?
    let state: String
  }

  struct Record: Decodable, Equatable, Comparable {
    let kind: String
    let name: String?
    let text: String?
    let happened_at: String?
    let amount: String?
    let currency: String?

    private var order: [String] { [kind, name ?? "", text ?? "", happened_at ?? ""] }

    static func < (left: Record, right: Record) -> Bool {
      left.order.lexicographicallyPrecedes(right.order)
    }
  }

  struct Reaction: Decodable, Equatable {
    let actor: String
    let reaction: String
  }

  let platform: String
  let settings: [String: String]
  let owner: String
  let files: [String: String]?
  let conversations: [Conversation]
  let records: [Record]?
  /// Contact points that records give: kind and value.
  let contacts: [String]?

  /// What holds of the conversations alone.
  var withoutFiles: Expected {
    Expected(
      platform: platform, settings: settings, owner: owner, files: nil,
      conversations: conversations, records: nil, contacts: nil)
  }

  static func read(_ path: String) throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
