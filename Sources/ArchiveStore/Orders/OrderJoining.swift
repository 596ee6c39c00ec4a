import InboxModel
import SearchText

/// Orders that a platform records and that were talked of in the chat, too, are one.
enum OrderJoining {
  /// So far from each other the talk and the record of one order may be, in milliseconds.
  private static let reach: Int64 = 3 * 86_400_000

  /// The platform's orders with what the chat adds to them, and the other orders of the chat.
  static func join(platform: [OrderDraft], chat: [OrderDraft]) -> [OrderDraft] {
    guard !platform.isEmpty, !chat.isEmpty else { return platform + chat }
    var joined = platform
    var taken: Set<Int> = []
    var rest: [OrderDraft] = []
    for draft in chat {
      let near = platform.indices.filter {
        !taken.contains($0) && distance(draft, platform[$0]) <= reach && isSame(draft, platform[$0])
      }
      guard
        let place = near.min(by: { distance(draft, platform[$0]) < distance(draft, platform[$1]) })
      else {
        rest.append(draft)
        continue
      }
      taken.insert(place)
      joined[place] = both(platform[place], draft)
    }
    return joined + rest
  }

  /// True for most of the same goods; for a payment, which names none, for the same sum.
  private static func isSame(_ talk: OrderDraft, _ order: OrderDraft) -> Bool {
    let (first, second) = (words(talk.facts), words(order.facts))
    if order.facts.lines.isEmpty {
      return order.facts.total != nil && order.facts.total == talk.facts.total
        && order.facts.currency == talk.facts.currency
    }
    return 2 * first.intersection(second).count > min(first.count, second.count)
  }

  /// What the platform says counts; the chat tells where it goes, and what became of it.
  private static func both(_ order: OrderDraft, _ talk: OrderDraft) -> OrderDraft {
    var order = order
    var fields: Set<String> = []
    func take(_ field: String, _ path: WritableKeyPath<OrderFacts, String?>) {
      guard order.facts[keyPath: path] == nil, let value = talk.facts[keyPath: path] else { return }
      order.facts[keyPath: path] = value
      fields.insert(field)
    }
    take("address", \.address)
    take("phone", \.phone)
    take("fee", \.fee)
    if order.facts.lines.isEmpty {
      order.facts.lines = talk.facts.lines
      order.proofs += talk.proofs.filter {
        $0.field.hasPrefix("line ") || $0.field.hasPrefix("price ")
      }
    }
    if order.facts.status == "requested", talk.facts.status != "requested" {
      order.facts.status = talk.facts.status
      order.reason = talk.reason
      fields.insert("status")
    }
    order.proofs += talk.proofs.filter { fields.contains($0.field) }
    order.messages += talk.messages.filter { !order.messages.contains($0) }
    return order
  }

  private static func distance(_ one: OrderDraft, _ other: OrderDraft) -> Int64 {
    guard let first = one.facts.placedAt.flatMap(ISOTime.parse),
      let second = other.facts.placedAt.flatMap(ISOTime.parse)
    else { return .max }
    return abs(first.milliseconds - second.milliseconds)
  }

  /// The words of an order's goods, but for short ones.
  static func words(_ facts: OrderFacts) -> Set<String> {
    var folder = SearchFolder()
    var words: Set<String> = []
    for line in facts.lines {
      let folded = String(decoding: folder.foldedBytes(line.item), as: UTF8.self)
      words.formUnion(folded.split(separator: " ").map(String.init).filter { $0.count > 2 })
    }
    return words
  }
}
