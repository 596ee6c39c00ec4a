import GRDB
import InboxModel

/// What the user said of an order, and what was read of it then.
struct OrderVerdict: Codable, Equatable {
  /// `platform`, `chat` or `manual`.
  var source: String
  /// What was read then; nil if nothing was.
  var read: OrderFacts?
  /// What is to be other.
  var set: OrderChange?
}

extension Decision {
  /// What was said, in words; of an order the names of the facts that were changed.
  package var words: String? {
    guard kind.isAboutOrder else { return value }
    let verdict = StoredJSON.value(OrderVerdict.self, value ?? "")
    return verdict?.set.map { $0.fields.joined(separator: ", ") }
  }
}

/// The user's decisions about orders, by the conversations in which the orders stand.
struct OrderDecisions {
  /// All that was said of one order.
  private struct Case {
    var about: Int64
    /// The messages that spoke of it when it was decided.
    var messages: [Int64]
    var steps: [Step]

    /// True for one that the user added: it is no order that is read.
    var isManual: Bool { steps.contains { $0.verdict.source == OrderDraft.Source.manual.rawValue } }

    /// The words of the goods that were read when it was decided.
    var goods: Set<String> {
      steps.lazy.compactMap(\.verdict.read).first.map(OrderJoining.words) ?? []
    }
  }

  private struct Step {
    let number: Int64
    let day: String
    let kind: Decision.Kind
    let verdict: OrderVerdict
  }

  private var cases: [Int64: [Case]] = [:]

  /// - Throws: What SQLite reports.
  init(_ db: Database) throws {
    var found: [Int64: (conversation: Int64, Case)] = [:]
    var order: [Int64] = []
    for decision in try DecisionLedger.all(db) where decision.undoneAt == nil {
      guard decision.kind.isAboutOrder, let anchor = decision.order,
        let verdict = StoredJSON.value(OrderVerdict.self, decision.value ?? ""),
        let place = try OrderDecisions.place(decision, db)
      else { continue }
      let step = Step(
        number: decision.number, day: String(decision.madeAt.prefix(10)), kind: decision.kind,
        verdict: verdict)
      if found[anchor.about] == nil {
        order.append(anchor.about)
        found[anchor.about] = (
          place.conversation,
          Case(about: anchor.about, messages: [], steps: [])
        )
      }
      found[anchor.about]?.1.steps.append(step)
      for message in place.messages where found[anchor.about]?.1.messages.contains(message) != true
      {
        found[anchor.about]?.1.messages.append(message)
      }
    }
    for about in order {
      guard let (conversation, one) = found[about] else { continue }
      cases[conversation, default: []].append(one)
    }
  }

  /// Where the order of a decision stands in this archive; nil while its downloads are not in it.
  ///
  /// - Throws: What SQLite reports.
  static func place(
    _ decision: Decision, _ db: Database
  ) throws -> (conversation: Int64, messages: [Int64])? {
    let messages = try decision.order?.found(db) ?? []
    if let first = messages.first {
      let conversation = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT conversation_id FROM message WHERE id = ?"),
        arguments: [first])
      return conversation.map { ($0, messages) }
    }
    // An order that the user added may stand on no message.
    guard decision.kind.isAboutOrder else { return nil }
    for anchor in decision.first {
      for profile in try anchor.profiles(db) {
        let conversation = try Int64.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT c.id FROM participant t JOIN conversation c ON c.id = t.conversation_id
              WHERE t.profile_id = ? AND c.kind = 'direct' ORDER BY c.uid LIMIT 1
              """), arguments: [profile])
        if let conversation { return (conversation, []) }
      }
    }
    return nil
  }

  /// The orders of a conversation as the user decided.
  ///
  /// - Parameters:
  ///   - drafts: As they are read, in order of time.
  ///   - conversation: The number of the conversation.
  /// - Returns: The same, changed, and behind them those that only the user knows of.
  func apply(to drafts: [OrderDraft], in conversation: Int64) -> [OrderDraft] {
    guard let cases = cases[conversation] else { return drafts }
    var drafts = drafts
    let places = OrderDecisions.match(cases, drafts)
    for (index, one) in cases.enumerated() {
      if let place = places[index] {
        drafts[place] = OrderDecisions.decided(drafts[place], one)
      } else if let draft = OrderDecisions.remembered(one) {
        drafts.append(draft)
      }
    }
    return drafts
  }

  /// Marks the conversations of orders that were added by hand and belong elsewhere by now.
  ///
  /// - Throws: What SQLite reports.
  func markMoved(_ db: Database) throws {
    for (conversation, cases) in cases {
      for one in cases where one.isManual {
        let now = try Int64.fetchOne(
          db.cachedStatement(sql: "SELECT conversation_id FROM purchase WHERE uid = ?"),
          arguments: [OrderWriter.manualUID(one.about)])
        guard now != conversation else { continue }
        for place in [now, conversation].compactMap(\.self) {
          try db.run("INSERT OR IGNORE INTO stale_order VALUES (?)", [place])
        }
      }
    }
  }

  /// Which draft each case is about: one that begins with the same message, or holds that and most of
  /// the others, and has any of the same goods. Those that share most come first, each once.
  private static func match(_ cases: [Case], _ drafts: [OrderDraft]) -> [Int: Int] {
    struct Pair {
      let index: Int
      let draft: Int
      let begins: Bool
      let shared: Int
      let goods: Int
    }
    let goods = drafts.map { OrderJoining.words($0.facts) }
    var pairs: [Pair] = []
    for (index, one) in cases.enumerated() where !one.isManual && !one.messages.isEmpty {
      let known = Set(one.messages)
      let wanted = one.goods
      for (place, draft) in drafts.enumerated() {
        let shared = draft.messages.count { known.contains($0) }
        let begins = draft.messages.first == one.messages[0]
        let holds = draft.messages.contains(one.messages[0]) && 4 * shared >= 3 * known.count
        let same = wanted.intersection(goods[place]).count
        let isOther = !wanted.isEmpty && !goods[place].isEmpty && same == 0
        guard begins || holds, !isOther else { continue }
        pairs.append(
          Pair(index: index, draft: place, begins: begins, shared: shared, goods: same))
      }
    }
    pairs.sort { left, right in
      if left.begins != right.begins { return left.begins }
      if left.goods != right.goods { return left.goods > right.goods }
      if left.shared != right.shared { return left.shared > right.shared }
      return (left.index, left.draft) < (right.index, right.draft)
    }
    var places: [Int: Int] = [:]
    var taken: Set<Int> = []
    for pair in pairs where places[pair.index] == nil && !taken.contains(pair.draft) {
      places[pair.index] = pair.draft
      taken.insert(pair.draft)
    }
    return places
  }

  /// An order as the user decided.
  private static func decided(_ draft: OrderDraft, _ one: Case) -> OrderDraft {
    var result = draft
    result.decisions = one.steps.map(\.number)
    result.read = draft.facts
    let verdicts = one.steps.filter { $0.kind != .orderKeep }
    guard let last = verdicts.last else { return result }
    if last.kind == .orderReject {
      result.review = .rejected
      return result
    }
    let facts = self.facts(one, draft.facts)
    result.review = .confirmed
    settle(&result, facts, one)
    let seen = one.steps.last { $0.verdict.read != nil }?.verdict.read ?? draft.facts
    var change = OrderChange(from: seen, to: draft.facts).remaining(for: facts)
    // A clock that was set moves the order, and says nothing of it.
    change.placedAt = nil
    result.suggestion = change.isEmpty ? nil : change
    return result
  }

  /// An order that nothing is read of any more, or never was.
  private static func remembered(_ one: Case) -> OrderDraft? {
    let verdicts = one.steps.filter { $0.kind != .orderKeep }
    guard let first = verdicts.first, let last = verdicts.last, last.kind != .orderReject,
      let base = verdicts.lazy.compactMap(\.verdict.read).first
    else { return nil }
    let isManual = first.kind == .orderAdd
    // Without the decision that added it there is none.
    if first.verdict.source == OrderDraft.Source.manual.rawValue, !isManual { return nil }
    var draft = OrderDraft(
      source: OrderDraft.Source(rawValue: first.verdict.source) ?? .chat, facts: base, reason: nil,
      messages: one.messages)
    draft.decisions = one.steps.map(\.number)
    draft.review = .confirmed
    draft.reason = "\(isManual ? "added" : "confirmed") by hand on \(first.day)"
    if isManual { draft.about = one.about }
    settle(&draft, facts(one, base), one)
    return draft
  }

  /// What was read when the user first said yes, with all that the user changed.
  private static func facts(_ one: Case, _ read: OrderFacts) -> OrderFacts {
    let yes = one.steps.filter { $0.kind != .orderReject && $0.kind != .orderKeep }
    let base = yes.lazy.compactMap(\.verdict.read).first ?? read
    return yes.compactMap(\.verdict.set).reduce(base) { $0.changed(by: $1) }
  }

  /// Gives a draft other facts; what messages proved of the old ones proves nothing of the new.
  private static func settle(_ draft: inout OrderDraft, _ facts: OrderFacts, _ one: Case) {
    let changed = Set(OrderChange(from: draft.facts, to: facts).fields)
    draft.facts = facts
    draft.proofs.removeAll { proof in
      let isLine = proof.field.hasPrefix("line ") || proof.field.hasPrefix("price ")
      return changed.contains(isLine ? "lines" : proof.field)
    }
    guard changed.contains("status") else { return }
    let day = one.steps.last { $0.verdict.set?.status != nil }?.day ?? one.steps.last?.day ?? ""
    draft.reason = "said by hand on \(day)"
  }
}
