import InboxModel
import TextDecoding

/// Names conversations by what their sources show, never by local numbers.
enum ConversationUID {
  /// The uids of clusters that have a title, people or id in common, in their order.
  ///
  /// A platform's id names its conversation. Those without are numbered among their likes by
  /// their first message, then by the hashes of their sources.
  static func assign(_ clusters: [Cluster]) -> [String] {
    var numbers: [String: Int] = [:]
    var result = [String](repeating: "", count: clusters.count)
    for index in clusters.indices.sorted(by: { precedes(clusters[$0], clusters[$1]) }) {
      let cluster = clusters[index]
      let platform = cluster.platform.rawValue
      if let id = cluster.platformID {
        result[index] = Hexadecimal.digest(["conversation", platform, "id", id], length: 16)
        continue
      }
      let match = cluster.records.map(\.matchKey).min() ?? ""
      let number = numbers[match, default: 0]
      numbers[match] = number + 1
      result[index] = Hexadecimal.digest(
        ["conversation", platform, "match", match, String(number)], length: 16)
    }
    return result
  }

  private static func precedes(_ left: Cluster, _ right: Cluster) -> Bool {
    let first = left.records.compactMap(\.first).min() ?? .max
    let second = right.records.compactMap(\.first).min() ?? .max
    if first != second { return first < second }
    return (left.records.map(\.sha256).min() ?? "") < (right.records.map(\.sha256).min() ?? "")
  }
}
