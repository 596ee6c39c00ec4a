/// Who is one person by links, with some who are not whatever links say.
enum Components {
  /// Groups of nodes that are joined.
  ///
  /// - Parameters:
  ///   - nodes: All of them.
  ///   - joins: Pairs that are one, the surest first: one that would bring two together who are apart
  ///     is left out.
  ///   - apart: Pairs that never are one.
  /// - Returns: The groups, each in order.
  static func groups(
    _ nodes: [Int64], joins: [(Int64, Int64)], apart: [(Int64, Int64)]
  ) -> [[Int64]] {
    var members: [Int64: [Int64]] = [:]
    var root: [Int64: Int64] = [:]
    for node in nodes {
      members[node] = [node]
      root[node] = node
    }
    var enemies: [Int64: Set<Int64>] = [:]
    for (a, b) in apart {
      enemies[a, default: []].insert(b)
      enemies[b, default: []].insert(a)
    }
    for join in joins {
      guard let a = root[join.0], let b = root[join.1], a != b else { continue }
      let (small, large) =
        (members[a]?.count ?? 0) < (members[b]?.count ?? 0) ? (a, b) : (b, a)
      let incoming = members[small] ?? []
      let isApart = incoming.contains { node in
        enemies[node]?.contains { root[$0] == large } ?? false
      }
      guard !isApart else { continue }
      for node in incoming { root[node] = large }
      members[large, default: []] += incoming
      members[small] = nil
    }
    return members.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}
