import GRDB
import InboxModel

/// Which threads may be one conversation: those that an id, a title or people link, directly or by
/// way of others.
///
/// A business may have millions of threads, so only numbers are held of each: what threads have in
/// common is compared by its hash. Two that only a hash links are looked at together, and found to
/// be two.
struct ThreadGroups {
  /// What links threads beyond what they say of themselves.
  private let links: ThreadLinks
  private var ids: [Int64] = []
  private var needsWork: [Bool] = []
  /// The hash of a key, and the place of a thread that has it.
  private var keys: [(hash: Int, place: Int32)] = []

  /// Reads the threads of the platforms on which something is to be done.
  init(_ db: Database, _ links: ThreadLinks) throws {
    self.links = links
    try db.forEachRow(
      """
      SELECT t.id, t.platform, t.platform_id, t.match_key, t.kind,
        c.id IS NULL OR c.is_unfinished > 0
      FROM thread t JOIN source s ON s.id = t.source_id
      LEFT JOIN conversation c ON c.id = t.conversation_id
      WHERE t.platform IN (SELECT DISTINCT t2.platform FROM thread t2
        LEFT JOIN conversation c2 ON c2.id = t2.conversation_id
        WHERE t2.conversation_id IS NULL OR c2.is_unfinished > 0)
      ORDER BY s.sha256, t.key
      """
    ) { row in
      let place = Int32(ids.count)
      let id = row.integer(0) ?? 0
      let platform = row.cell(1).text ?? ""
      ids.append(id)
      needsWork.append(row.integer(5) == 1)
      let platformID = row.cell(2).text
      if let platformID { add("i", platformID, platform, place) }
      add("m", row.cell(3).text ?? "", platform, place)
      let more = try links.keys(
        of: id, platformID: platformID,
        isDirect: row.cell(4).text == ConversationKind.direct.rawValue)
      for key in more { add("m", key, platform, place) }
      return true
    }
  }

  private mutating func add(_ kind: String, _ key: String, _ platform: String, _ place: Int32) {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(platform)
    hasher.combine(key)
    keys.append((hasher.finalize(), place))
  }

  /// Hands out the ids of the threads of each group in which something is to be done; a group stands
  /// where its first thread does, in the order of hashes of files and keys of threads.
  mutating func forEachUnfinished(_ body: ([Int64]) throws -> Void) rethrows {
    let firsts = firstPlaces()
    var isWanted = [Bool](repeating: false, count: ids.count)
    for place in ids.indices where needsWork[place] { isWanted[Int(firsts[place])] = true }
    let places = ids.indices.filter { isWanted[Int(firsts[$0])] }
      .sorted { (firsts[$0], $0) < (firsts[$1], $1) }
    var group: [Int64] = []
    var last: Int32 = -1
    for place in places {
      if firsts[place] != last, !group.isEmpty {
        try body(group)
        group = []
      }
      last = firsts[place]
      group.append(ids[place])
    }
    if !group.isEmpty { try body(group) }
  }

  /// The place of the first thread of each one's group.
  private mutating func firstPlaces() -> [Int32] {
    keys.sort { $0 < $1 }
    // Each thread points to an earlier one of its group, the first one to itself.
    var parents = ids.indices.map(Int32.init)
    func first(_ place: Int32) -> Int32 {
      var place = place
      while parents[Int(place)] != place {
        parents[Int(place)] = parents[Int(parents[Int(place)])]
        place = parents[Int(place)]
      }
      return place
    }
    for (one, next) in zip(keys, keys.dropFirst()) where one.hash == next.hash {
      let (left, right) = (first(one.place), first(next.place))
      parents[Int(max(left, right))] = min(left, right)
    }
    keys = []
    return ids.indices.map { first(Int32($0)) }
  }
}

/// What links threads beyond what they say of themselves: names that anything gives to a number, and
/// what was written.
struct ThreadLinks {
  let db: Database
  private let others: [Int64: Set<Int64>]
  private let named: Set<Int64>

  init(_ db: Database) throws {
    self.db = db
    let content = ContentLinks(db: db)
    try content.find()
    others = try content.all()
    named = Set(others.values.flatMap(\.self))
  }

  /// Further keys of a thread.
  func keys(of id: Int64, platformID: String?, isDirect: Bool) throws -> [String] {
    var keys: [String] = []
    // A chat that is known by the other's number is also known by what anything calls that number.
    if let platformID, isDirect, PersonHandle.isOfWhatsApp(platformID) {
      let names = try String.fetchAll(
        db.cachedStatement(sql: "SELECT DISTINCT name FROM known_name WHERE handle = ?"),
        arguments: [platformID])
      keys = ([platformID] + names).map(MatchKey.of(title:))
    }
    // What was written links chats that no name does.
    for other in others[id] ?? [] { keys.append("c:\(other)") }
    if named.contains(id) { keys.append("c:\(id)") }
    return keys
  }
}
