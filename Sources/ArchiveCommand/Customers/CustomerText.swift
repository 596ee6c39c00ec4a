import SocialArchive

/// Customers as text for a terminal.
enum CustomerText {
  static func print(_ card: CustomerCard, _ isJSON: Bool) {
    Talk.print(isJSON ? card.json : text(card))
  }

  /// What became of decisions, and how to take them back.
  static func print(_ decisions: [Int64], _ cards: [CustomerCard], _ isJSON: Bool) {
    if isJSON {
      let numbers = decisions.map(String.init).joined(separator: ",")
      let customers = cards.map(\.json).joined(separator: ",")
      return Talk.print("{\"decisions\":[\(numbers)],\"customers\":[\(customers)]}")
    }
    for card in cards { Talk.print(text(card)) }
    for decision in decisions { Talk.say("To undo: archive customers undo \(decision)") }
  }

  private static func text(_ card: CustomerCard) -> String {
    var lines = ["\(card.name ?? "(no name)")  (customer \(card.id), \(card.uid))"]
    func add(_ title: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      lines.append("  \(title)")
      lines += items.map { "    " + $0 }
    }
    if card.kind != "customer" {
      lines.append("  is no customer but: \(card.kind) – \(card.kindReason ?? "")")
    }
    if card.consent != "unknown" {
      lines.append("  consent: \(card.consent) – \(card.consentReason ?? "")")
    }
    if let first = card.firstContact, let last = card.lastContact {
      lines.append("  wrote first \(first.prefix(10)), last \(last.prefix(10))")
    }
    if !card.aliases.isEmpty { lines.append("  also: " + card.aliases.joined(separator: ", ")) }
    if !card.tags.isEmpty { lines.append("  tags: " + card.tags.joined(separator: ", ")) }
    add("notes", card.notes)
    add(
      "profiles",
      card.profiles.map {
        "p\($0.id)  \($0.platform)  \($0.name ?? "(no name)")" + ($0.handle.map { "  \($0)" } ?? "")
      })
    add(
      "why they are one",
      card.links.map { "p\($0.first) = p\($0.second): \($0.reason)" })
    add(
      "contact points",
      card.contacts.map { contact in
        let whose = contact.ownership == "self" ? "" : " [\(contact.ownership)]"
        let proof = contact.message.map { " – archive show \($0)" } ?? ""
        return "\(contact.kind) \(contact.value)\(whose)  (\(contact.reason))\(proof)"
      })
    add("conversations", card.conversations.map { "\($0.id)  \($0.text)" })
    add("orders", card.orders.map { "\($0.id)  \($0.text)" })
    return lines.map(VisibleText.line).joined(separator: "\n")
  }

  static func line(_ entry: DecisionEntry) -> String {
    let value = entry.value.map { " “\($0)”" } ?? ""
    let undone = entry.undoneAt.map { " (undone \($0.prefix(10)))" } ?? ""
    return VisibleText.line(
      "\(entry.number)  \(entry.madeAt.prefix(10))  \(entry.kind)\(value): "
        + entry.customers.joined(separator: ", ") + undone)
  }
}

/// Rows in columns.
enum TextTable {
  /// Prints rows under a header, each column as wide as it needs, the last as long as it is.
  static func print(header: [String], rows: [[String?]]) {
    let cells = [header] + rows.map { $0.map { VisibleText.line($0 ?? "") } }
    let widths = header.indices.map { column in min(40, cells.map { $0[column].count }.max() ?? 0) }
    for row in cells {
      let padded = row.enumerated().map { index, cell in
        index == row.count - 1
          ? cell : cell + String(repeating: " ", count: max(0, widths[index] - cell.count))
      }
      Talk.print(padded.joined(separator: "  "))
    }
  }
}
