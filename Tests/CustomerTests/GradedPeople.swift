import Foundation
import TestSupport

/// Invented people with their profiles on several platforms, and which of them are one.
///
/// `Graded/people.json` was written before the rules were tuned, without a look at them.
struct GradedPeople: Decodable {
  struct Profile: Decodable {
    let id: String
    let platform: String
    let display_name: String
    let region: String
    let handle: String?
    let phones: [Phone]
    let emails: [Email]
    let claims: [Claim]
    let place: String?
    let place_context: String?
    let first_seen: String?
    let last_seen: String?
  }

  struct Line: Decodable {
    let from: String
    let text: String
  }

  struct Phone: Decodable {
    let raw: String
    let source: String
    let ownership: String
    let context: String?
    let before: [Line]?
    let e164: String
  }

  struct Claim: Decodable {
    let context: String
    let before: [Line]?
  }

  /// An address alone, or with the message that it stands in.
  struct Email: Decodable {
    let context: String
    let before: [Line]?

    private enum Keys: String, CodingKey {
      case raw, context, before
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        (context, before) = (text, nil)
        return
      }
      let values = try decoder.container(keyedBy: Keys.self)
      let raw = try values.decode(String.self, forKey: .raw)
      context = try values.decodeIfPresent(String.self, forKey: .context) ?? raw
      before = try values.decodeIfPresent([Line].self, forKey: .before)
    }
  }

  struct Cluster: Decodable {
    let profiles: [String]
  }

  struct NearMiss: Decodable {
    let reason: String
    let groups: [[String]]
  }

  let profiles: [Profile]
  let clusters: [Cluster]
  let auto_clusters: [[String]]
  let suggest: [Cluster]
  let must_not_merge: [NearMiss]

  static func read(_ path: String) throws -> GradedPeople {
    try JSONDecoder().decode(
      GradedPeople.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Pairs of profiles, each in order.
  static func pairs(_ groups: [[String]]) -> Set<[String]> {
    Set(
      groups.flatMap { group in
        group.indices.flatMap { a in
          group.indices.dropFirst(a + 1).map { [group[a], group[$0]].sorted() }
        }
      })
  }
}

/// One message of a rendered conversation.
struct RenderedMessage {
  let isOwner: Bool
  let text: String
  /// Milliseconds since 1970.
  let time: Int64
}

extension GradedPeople.Profile {
  /// What the profile's owner and the business write, in order.
  var conversation: [RenderedMessage] {
    var messages: [RenderedMessage] = []
    // Nobody writes at the very second of somebody else.
    let offset = id.utf8.reduce(Int64(0)) { ($0 * 31 + Int64($1)) % 3_000 }
    var time = GradedPeople.Profile.time(first_seen ?? "2024-05-06") + offset * 1_000
    func add(_ text: String, isOwner: Bool = false) {
      messages.append(RenderedMessage(isOwner: isOwner, text: text, time: time))
      time += 60_000
    }
    var said: Set<String> = []
    func say(_ text: String, after before: [GradedPeople.Line]?) {
      guard said.insert(text).inserted else { return }
      for line in before ?? [] { add(line.text, isOwner: line.from == "shop") }
      add(text)
      // What was said before has nothing to do with what comes next.
      time += 3 * 86_400_000
    }
    add("hi")
    add("👋", isOwner: true)
    for phone in phones where phone.source == "chat" {
      let context = phone.context ?? phone.raw
      say(context.contains(phone.raw) ? context : "\(context) \(phone.raw)", after: phone.before)
    }
    for email in emails { say(email.context, after: email.before) }
    for claim in claims { say(claim.context, after: claim.before) }
    if let text = place_context ?? place { say(text, after: nil) }
    add("👍", isOwner: true)
    if let last_seen {
      time = GradedPeople.Profile.time(last_seen)
      add("🙏")
    }
    return messages
  }

  private static func time(_ day: String) -> Int64 {
    let date = try? Date(day + "T10:00:00Z", strategy: .iso8601)
    return Int64(date?.timeIntervalSince1970 ?? 0) * 1_000
  }
}
