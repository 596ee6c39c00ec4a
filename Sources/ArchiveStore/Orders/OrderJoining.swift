import InboxModel
import SearchText

/// Orders that a platform records and that were talked of in the chat, too, are one.
enum OrderJoining {
  /// So far from each other the talk and the record of one order may be, in milliseconds.
  private static let reach: Int64 = 3 * 86_400_000

  /// The platform's orders with what the chat adds to them, and the other orders of the chat.
  static func join(platform: [OrderDraft], chat: [OrderDraft]) -> [OrderDraft] {
    guard !platform.isEmpty, !chat.isEmpty else { return platform + chat }
    var folder = SearchFolder()
    let goods = platform.map { words($0, &folder) }
    var joined = platform
    var taken: Set<Int> = []
    var rest: [OrderDraft] = []
    for draft in chat {
      let own = words(draft, &folder)
      let place = platform.indices.first { index in
        !taken.contains(index) && isNear(draft, platform[index])
          && !goods[index].isDisjoint(with: own)
      }
      guard let place else {
        rest.append(draft)
        continue
      }
      taken.insert(place)
      joined[place] = both(platform[place], draft)
    }
    return joined + rest
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
    if order.facts.status == "requested", talk.facts.status != "requested" {
      order.facts.status = talk.facts.status
      order.reason = talk.reason
      fields.insert("status")
    }
    order.proofs += talk.proofs.filter { fields.contains($0.field) }
    order.messages += talk.messages.filter { !order.messages.contains($0) }
    return order
  }

  private static func isNear(_ one: OrderDraft, _ other: OrderDraft) -> Bool {
    guard let first = one.facts.placedAt.flatMap(ISOTime.parse),
      let second = other.facts.placedAt.flatMap(ISOTime.parse)
    else { return false }
    return abs(first.milliseconds - second.milliseconds) <= reach
  }

  /// The words of its goods, but for short ones.
  private static func words(_ draft: OrderDraft, _ folder: inout SearchFolder) -> Set<String> {
    var words: Set<String> = []
    for line in draft.facts.lines {
      let folded = String(decoding: folder.foldedBytes(line.item), as: UTF8.self)
      words.formUnion(folded.split(separator: " ").map(String.init).filter { $0.count > 2 })
    }
    return words
  }
}
