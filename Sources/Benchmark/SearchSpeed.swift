import Foundation
import SocialArchive

/// How long searches take inside the process.
struct SearchSpeed {
  let folder: String

  /// Common, rare and missing words, phrases, forms, beginnings, alternatives and fields.
  private var queries: [String] {
    let words = [
      "chocolate", "cake delivery", "\"thank you\"", "حلويات", "شوكولاتة", "σοκολατα", "עוגת",
      "cake -chocolate", "deliv*", "dress blue cash", "zebra", "deliveries OR cakes",
      "\"blue dress\"", "παραγγελίες", "בשוקולד", "والشوكولاتة", "123", "cake before:2021",
      "cake after:2023-06", "cake is:mine", "from:\"customer 1\" cake", "in:\"customer 3\" dress",
    ]
    return words + [3, 4_000, 90_000, 299_000].map(MessageTexts.word)
      + ["cake \(MessageTexts.word(40))", "from:\"customer 7\" \(MessageTexts.word(2))"]
  }

  /// The 95th percentile in milliseconds; those that take long get a line of their own.
  func measure(isByRelevance: Bool) throws -> Double {
    let archive = SocialArchive(folder: folder)
    var times: [Double] = []
    for round in 0..<10 {
      for query in queries {
        var request = SearchRequest(query: query)
        request.isByRelevance = isByRelevance
        let start = Date()
        _ = try archive.search(request)
        let time = Date().timeIntervalSince(start) * 1_000
        if round > 0 { times.append(time) }
        if round == 1, time > (isByRelevance ? 150 : 10) {
          print("slow: \(String(format: "%.1f", time)) ms for \(query)")
        }
      }
    }
    times.sort()
    return times[times.count * 95 / 100]
  }

  /// Random queries of pieces that are hard on parsers and on the index.
  ///
  /// - Parameter count: How many are tried.
  /// - Returns: The slowest and its time in milliseconds.
  /// - Throws: What a search throws: none should.
  func slowest(of count: Int) throws -> (query: String, milliseconds: Double) {
    let pieces = [
      "\"", "*", "^", "NEAR(", ")", "(", "-", ":", "OR", "AND", "NOT", "|", "'", ";", "cake", "a*",
      "c*", "123", "chocolate", "شوكولاتة", "بال", "σοκολατα", "עוגת", "from:customer",
      "before:2021",
      "on:yesterday", "has:photo", "-has:link", "is:mine", "in:\"customer 3\"", "\u{0}", "中文", "é",
      "\\", "%", "DROP TABLE", "0791550134", "\u{1F382}", "customer:7", "kind:text", "-kind:media",
      MessageTexts.word(7), MessageTexts.word(200_000), "\"blue dress\"", "-dress", "thank",
    ]
    let archive = SocialArchive(folder: folder)
    var numbers = RandomNumbers(seed: 11)
    var slowest = (query: "", milliseconds: 0.0)
    for number in 0..<count {
      var query = ""
      for _ in 0..<(1 + numbers.below(6)) {
        query += pieces[numbers.below(pieces.count)] + (numbers.below(4) > 0 ? " " : "")
      }
      var request = SearchRequest(query: query)
      request.isByRelevance = number % 20 == 0
      let start = Date()
      _ = try archive.search(request)
      let time = Date().timeIntervalSince(start) * 1_000
      if time > slowest.milliseconds { slowest = (query, time) }
    }
    return slowest
  }
}
