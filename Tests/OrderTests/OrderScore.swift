import Foundation

/// How well orders were read: counts as the graders of order books use them.
struct OrderScore: CustomStringConvertible {
  private var counts: [String: Double] = [:]

  subscript(_ name: String) -> Double { counts[name, default: 0] }

  /// A share between 0 and 1; 1 where there was nothing to find.
  func share(_ part: String, _ whole: String) -> Double {
    self[whole] == 0 ? 1 : self[part] / self[whole]
  }

  private mutating func add(_ name: String, _ value: Double = 1) {
    counts[name, default: 0] += value
  }

  /// Compares what was read with what a careful reader would have written.
  mutating func add(_ expected: [GradedConversation.Order], _ read: [GradedConversation.Order]) {
    var left = read
    add("expected orders", Double(expected.count))
    add("read orders", Double(read.count))
    add("read items", Double(read.reduce(0) { $0 + $1.items.count }))
    if expected.isEmpty {
      add("without order")
      if read.isEmpty { add("kept clean") }
    }
    for order in expected {
      add("expected items", Double(order.items.count))
      let best = left.indices.max { first, second in
        rank(order, left[first]) < rank(order, left[second])
      }
      guard let best, OrderScore.items(order, left[best]).found > 0 else { continue }
      let match = left.remove(at: best)
      let items = OrderScore.items(order, match)
      add("orders")
      add("items", Double(items.found))
      add("quantities", Double(items.quantities))
      if match.status == order.status { add("status") }
      if let total = order.total {
        add("expected totals")
        if OrderScore.equal(total, match.total) { add("totals") }
      }
      if let currency = order.currency {
        add("expected currencies")
        if currency == match.currency { add("currencies") }
      }
      if let address = order.delivery_address {
        add("expected addresses")
        let likeness = OrderScore.likeness(
          OrderScore.words(address), OrderScore.words(match.delivery_address ?? ""))
        if likeness >= 0.75 { add("addresses") }
      }
    }
  }

  private func rank(
    _ order: GradedConversation.Order, _ other: GradedConversation.Order
  ) -> (Int, Int) {
    (
      OrderScore.items(order, other).found,
      Set(order.message_indexes).intersection(other.message_indexes).count
    )
  }

  private static func items(
    _ expected: GradedConversation.Order, _ read: GradedConversation.Order
  ) -> (found: Int, quantities: Int) {
    var left = read.items
    var result = (found: 0, quantities: 0)
    for item in expected.items {
      let named = left.indices.filter { isNamed(item, left[$0].name) }
      guard
        let place = named.first(where: { equal(item.quantity, left[$0].quantity) }) ?? named.first
      else { continue }
      result.found += 1
      if equal(item.quantity, left[place].quantity) { result.quantities += 1 }
      left.remove(at: place)
    }
    return result
  }

  private static func isNamed(_ item: GradedConversation.Item, _ name: String) -> Bool {
    ([item.name] + (item.aliases ?? [])).contains { likeness(words($0), words(name)) >= 0.6 }
  }

  private static func equal(_ first: Double?, _ second: Double?) -> Bool {
    guard let first, let second else { return false }
    return abs(first - second) < 0.005
  }

  /// The words of a text in lower case, without marks, the variants of a letter as one.
  private static func words(_ text: String) -> [String] {
    var plain = ""
    for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch scalar {
      case "ى": plain += "ي"
      case "ة": plain += "ه"
      case "ـ": break
      case "ς": plain += "σ"
      case _ where scalar.properties.canonicalCombiningClass != .notReordered: break
      case _ where scalar.properties.numericType == .decimal:
        plain += String(Int(scalar.properties.numericValue ?? 0))
      case _ where scalar.properties.isAlphabetic: plain.unicodeScalars.append(scalar)
      default: plain += " "
      }
    }
    return plain.split(separator: " ").map(String.init)
  }

  /// The harmonic mean of the shares of words that two texts have in common.
  private static func likeness(_ first: [String], _ second: [String]) -> Double {
    var left = second
    var common = 0
    for word in first {
      guard let place = left.firstIndex(of: word) else { continue }
      left.remove(at: place)
      common += 1
    }
    let all = first.count + second.count
    return all == 0 ? 1 : Double(2 * common) / Double(all)
  }

  var description: String {
    let shares = [
      ("precision", "orders", "read orders"), ("recall", "orders", "expected orders"),
      ("clean", "kept clean", "without order"), ("item precision", "items", "read items"),
      ("item recall", "items", "expected items"), ("quantities", "quantities", "items"),
      ("status", "status", "orders"), ("totals", "totals", "expected totals"),
      ("currencies", "currencies", "expected currencies"),
      ("addresses", "addresses", "expected addresses"),
    ]
    return shares.map { String(format: "%@ %.3f", $0.0, share($0.1, $0.2)) }.joined(separator: ", ")
  }
}
