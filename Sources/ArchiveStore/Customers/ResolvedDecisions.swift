import GRDB

/// The decisions that count, with the profiles that they are about in this archive.
struct ResolvedDecisions {
  /// A pair of profiles, the smaller number first.
  struct Pair: Hashable {
    let first: Int64
    let second: Int64

    init(_ a: Int64, _ b: Int64) { (first, second) = (min(a, b), max(a, b)) }
  }

  /// What the user says of one customer.
  struct Fact {
    let kind: Decision.Kind
    let value: String
    let madeAt: String
  }

  private(set) var joins: [Int64: Set<Int64>] = [:]
  private(set) var apart: Set<Pair> = []
  /// By profile, in the order in which they were made.
  private(set) var facts: [Int64: [(number: Int64, fact: Fact)]] = [:]

  /// What the user said of consent, in order, and of whom it was known then.
  private(set) var consents: [(profiles: Set<Int64>, madeAt: String)] = []
  /// The profiles of each decision.
  private var members: [[Int64]] = []

  init(_ db: Database) throws {
    for decision in try DecisionLedger.all(db)
    where decision.undoneAt == nil && !decision.kind.isAboutOrder {
      let first = try decision.first.flatMap { try $0.profiles(db) }
      let second = try decision.second.flatMap { try $0.profiles(db) }
      members.append(first + second)
      let pairs = first.flatMap { a in second.filter { $0 != a }.map { Pair(a, $0) } }
      switch decision.kind {
      case .merge:
        apart.subtract(pairs)
        guard let a = first.first, let b = second.first else { continue }
        joins[a, default: []].insert(b)
        joins[b, default: []].insert(a)
      case .split: apart.formUnion(pairs)
      default:
        if decision.kind == .consent { consents.append((Set(first), decision.madeAt)) }
        let fact = Fact(kind: decision.kind, value: decision.value ?? "", madeAt: decision.madeAt)
        if let profile = first.first {
          facts[profile, default: []].append((decision.number, fact))
        }
      }
    }
  }

  /// Marks all whom a decision is about, where any of them has changed: by whom of several it counts
  /// depends on who is there.
  func markStale(_ db: Database) throws {
    guard !members.isEmpty else { return }
    let stale = Set(try Int64.fetchAll(db, sql: "SELECT profile_id FROM stale_customer"))
    for profiles in members where !stale.isDisjoint(with: profiles) {
      for profile in profiles {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO stale_customer VALUES (?)").execute(
          arguments: [profile])
      }
    }
  }

  /// What was said of any of some profiles, in order.
  func facts(_ profiles: [Int64]) -> [Fact] {
    profiles.flatMap { facts[$0] ?? [] }.sorted { $0.number < $1.number }.map(\.fact)
  }
}
