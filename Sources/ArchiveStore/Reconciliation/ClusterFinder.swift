import InboxModel

/// The threads of one conversation, as far as the platform's ids and shared messages tell.
struct Cluster {
  var records: [ThreadRecord]
  /// Threads that only show again what another thread of their download shows.
  var repeats: Set<Int64> = []

  var platform: Platform { records[0].platform }

  /// The smallest platform id; nil if no record has one.
  var platformID: String? { records.compactMap(\.platformID).min() }

  /// True if a download shows threads of both under different ids: then they are two.
  func conflicts(with other: Cluster) -> Bool {
    let mine = Set(records.flatMap(\.downloads).map(\.download))
    return other.records.contains { !mine.isDisjoint(with: $0.downloads.map(\.download)) }
  }
}

/// Two conversations that may be one, and why they are not joined.
struct ConversationSuggestion {
  let first: ThreadRecord
  let second: ThreadRecord
  let reason: String
}

/// Joins the threads that are one conversation.
///
/// Equal platform ids are one. Of the others, those with equal titles or people are compared,
/// and each joins the one with which it shares most messages; a tie joins none.
struct ClusterFinder {
  private let loader: ThreadLoader
  private var loaded: [Int64: LoadedThread] = [:]
  private(set) var suggestions: [ConversationSuggestion] = []

  init(loader: ThreadLoader) { self.loader = loader }

  private struct Edge {
    let left: Int
    let right: Int
    let shared: Int
  }

  /// Splits records that have a title, people or id in common into conversations.
  mutating func clusters(of records: [ThreadRecord]) throws -> [Cluster] {
    var nodes: [String: Cluster] = [:]
    for record in records {
      let key =
        record.platformID.map { "id:" + $0 }
        ?? "\(record.downloads.first?.download ?? -record.source):\(record.key)"
      nodes[key, default: Cluster(records: [])].records.append(record)
    }
    let clusters = nodes.keys.sorted().compactMap { nodes[$0] }
    guard clusters.count > 1 else { return clusters }
    return try join(clusters.sorted { ClusterFinder.name($0) < ClusterFinder.name($1) })
  }

  /// A name that depends on the content only.
  private static func name(_ cluster: Cluster) -> String {
    cluster.records.map { $0.sha256 + $0.key }.min() ?? ""
  }

  private mutating func join(_ clusters: [Cluster]) throws -> [Cluster] {
    var groups = clusters.map { Optional($0) }
    var home = Array(clusters.indices)
    func root(_ index: Int) -> Int { home[index] == index ? index : root(home[index]) }
    var edges: [Edge] = []
    for left in clusters.indices {
      for right in clusters.indices where right > left {
        guard ClusterFinder.mayBeOne(clusters[left], clusters[right]) else { continue }
        if clusters[left].conflicts(with: clusters[right]) {
          try joinRepeat(left, right, &groups, &home)
        } else if case let shared = try shared(clusters[left], clusters[right]), shared > 0 {
          edges.append(Edge(left: left, right: right, shared: shared))
        }
      }
    }
    for edge in edges.sorted(by: { ($1.shared, $0.left, $0.right) < ($0.shared, $1.left, $1.right) }
    ) {
      let (left, right) = (root(edge.left), root(edge.right))
      guard left != right, let first = groups[left], let second = groups[right] else { continue }
      let hasTie = edges.contains { other in
        other.shared == edge.shared && (other.left, other.right) != (edge.left, edge.right)
          && ClusterFinder.competes(other, edge)
          && groups[root(other.left)].map { one in
            groups[root(other.right)].map { one.conflicts(with: $0) } == false
          } == true && Set([root(other.left), root(other.right)]) != Set([left, right])
          && ClusterFinder.excludes(clusters, other, edge)
      }
      if hasTie || first.conflicts(with: second) {
        let reason = hasTie ? "several share as many messages" : "one download shows both"
        suggestions.append(
          ConversationSuggestion(
            first: first.records[0], second: second.records[0], reason: reason))
        continue
      }
      merge(right, into: left, &groups, &home)
    }
    joinContinuations(clusters, &groups, &home)
    return groups.compactMap { $0 }
  }

  /// Two edges compete if they meet at one end.
  private static func competes(_ one: Edge, _ other: Edge) -> Bool {
    !Set([one.left, one.right]).isDisjoint(with: [other.left, other.right])
  }

  /// A tie is one only if its other ends cannot be one conversation themselves.
  private static func excludes(_ clusters: [Cluster], _ one: Edge, _ other: Edge) -> Bool {
    let ends = Set([one.left, one.right]).symmetricDifference([other.left, other.right]).sorted()
    guard ends.count == 2 else { return false }
    return clusters[ends[0]].conflicts(with: clusters[ends[1]])
  }

  private func merge(
    _ from: Int, into target: Int, _ groups: inout [Cluster?], _ home: inout [Int]
  ) {
    guard let moved = groups[from] else { return }
    groups[target]?.records += moved.records
    groups[target]?.repeats.formUnion(moved.repeats)
    groups[from] = nil
    home[from] = target
  }

  private static func mayBeOne(_ left: Cluster, _ right: Cluster) -> Bool {
    let keys = Set(left.records.flatMap(\.matchKeys))
    return right.records.contains { !keys.isDisjoint(with: $0.matchKeys) }
  }

  /// A thread whose every message stands in another thread of the same download.
  private mutating func joinRepeat(
    _ left: Int, _ right: Int, _ groups: inout [Cluster?], _ home: inout [Int]
  ) throws {
    guard let first = groups[left], let second = groups[right] else { return }
    let counts = (first.records.map(\.count).reduce(0, +), second.records.map(\.count).reduce(0, +))
    let (large, small, from, target) =
      counts.0 >= counts.1 ? (first, second, right, left) : (second, first, left, right)
    guard small.records.allSatisfy({ $0.platformID == nil }),
      ClusterFinder.spans(large.records, small.records),
      RepeatFinder.contains(try sightings(large), try sightings(small))
    else { return }
    merge(from, into: target, &groups, &home)
    groups[target]?.repeats.formUnion(small.records.map(\.id))
  }

  private static func spans(_ large: [ThreadRecord], _ small: [ThreadRecord]) -> Bool {
    guard let first = large.compactMap(\.first).min(), let last = large.compactMap(\.last).max(),
      let begin = small.compactMap(\.first).min(), let end = small.compactMap(\.last).max()
    else { return false }
    return first <= begin && end <= last
  }

  /// A chat that goes on in another download joins the one conversation of its people, if there
  /// is only one.
  private mutating func joinContinuations(
    _ clusters: [Cluster], _ groups: inout [Cluster?], _ home: inout [Int]
  ) {
    for index in groups.indices {
      guard let group = groups[index], group.records.allSatisfy(\.continues),
        group.records.allSatisfy({ $0.kind != .group })
      else { continue }
      let candidates = groups.indices.filter { other in
        guard other != index, let found = groups[other] else { return false }
        return !found.records.allSatisfy(\.continues) && !found.conflicts(with: group)
          && ClusterFinder.mayBeOne(found, group) && found.records.allSatisfy { $0.kind != .group }
      }
      if candidates.count == 1 {
        merge(index, into: candidates[0], &groups, &home)
      } else {
        for candidate in candidates {
          guard let found = groups[candidate] else { continue }
          suggestions.append(
            ConversationSuggestion(
              first: found.records[0], second: group.records[0],
              reason: "it may go on in several conversations"))
        }
      }
    }
  }

  /// How many messages two clusters share; at wall-clock times under the best shift.
  private mutating func shared(_ left: Cluster, _ right: Cluster) throws -> Int {
    let (first, second) = (try sightings(left), try sightings(right))
    let direct = RepeatFinder.shared(first, second)
    guard direct == 0, isLocal(left) || isLocal(right) else { return direct }
    return isLocal(right)
      ? ClockAlignment.shift(of: second, to: first)?.shared ?? 0
      : ClockAlignment.shift(of: first, to: second)?.shared ?? 0
  }

  private func isLocal(_ cluster: Cluster) -> Bool {
    cluster.records.contains { loaded[$0.id]?.isLocal == true }
  }

  private mutating func sightings(_ cluster: Cluster) throws -> [Sighting] {
    var result: [Sighting] = []
    for record in cluster.records {
      if loaded[record.id] == nil { loaded[record.id] = try loader.load(record) }
      result += loaded[record.id]?.sightings ?? []
    }
    return result
  }
}
