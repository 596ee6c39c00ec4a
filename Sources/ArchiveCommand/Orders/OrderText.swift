import SocialArchive

/// Orders as text for a terminal.
enum OrderText {
  /// What became of orders, and how to take that back.
  static func print(_ result: (decisions: [Int64], orders: [OrderCard]), _ isJSON: Bool) {
    if isJSON {
      let numbers = result.decisions.map(String.init).joined(separator: ",")
      let orders = result.orders.map(\.json).joined(separator: ",")
      return Talk.print("{\"decisions\":[\(numbers)],\"orders\":[\(orders)]}")
    }
    for card in result.orders { Talk.print(summary(card.entry).joined(separator: "\n")) }
    for decision in result.decisions { Talk.say("To undo: archive orders undo \(decision)") }
  }

  /// An order with the talk around it.
  static func text(_ card: OrderCard) -> String {
    var lines = summary(card.entry)
    lines += card.decisions.map { "  decision " + CustomerText.line($0) }
    if !card.messages.isEmpty { lines.append("") }
    for message in card.messages {
      if message.isAfterGap { lines.append("   …") }
      lines.append(line(message))
    }
    return lines.joined(separator: "\n")
  }

  /// Which words show which fact.
  static func reasons(_ card: OrderCard) -> String {
    var lines = summary(card.entry)
    for proof in card.proofs {
      let who = "\(proof.sender ?? "–"), \(time(proof.sentAt))"
      lines.append(VisibleText.line("  \(proof.field): “\(proof.text)” – \(who)"))
      lines.append("    archive show \(proof.message)")
    }
    if card.proofs.isEmpty {
      let what =
        switch card.entry.source {
        case "manual": "It was added by hand."
        case "platform": "The platform records it as an order."
        default: "No message proves its facts any more; they are as they were confirmed."
        }
      lines.append("  " + what)
      lines += card.entry.evidence.map { "    archive show \($0)" }
    }
    lines += card.decisions.map { "  decision " + CustomerText.line($0) }
    return lines.joined(separator: "\n")
  }

  private static func summary(_ order: OrderEntry) -> [String] {
    let place = [order.customerName ?? "(no name)", order.platform].compactMap(\.self)
    var lines = [
      "Order \(order.id)  \(order.status)  \(order.placedAt?.prefix(10) ?? "")  "
        + "\(place.joined(separator: ", "))  (\(order.source), \(order.review), \(order.uid))"
    ]
    func add(_ name: String, _ value: String?) {
      if let value { lines.append("  \(name): \(value)") }
    }
    for (number, line) in order.lines.enumerated() {
      lines.append("  \(number + 1). \(OrderEntry.text(line))")
    }
    let currency = order.currency.map { code in
      " \(code)" + (order.currencyBasis == "account region" ? " (by the account's region)" : "")
    }
    add("total", order.total.map { $0 + (currency ?? "") })
    if order.total == nil {
      add("the lines give", order.linesTotal.map { $0 + (currency ?? "") })
    }
    add("note", order.difference)
    add("delivery fee", order.deliveryFee)
    add("address", order.address)
    add("phone", order.phone)
    add("why \(order.status)", order.statusReason)
    for fact in order.suggestedFacts { lines.append("  later messages say \(fact)") }
    return lines.map(VisibleText.line)
  }

  private static func line(_ message: OrderCard.Message) -> String {
    let marks = Talk.hasColour ? ("\u{1B}[1;32m", "\u{1B}[0m") : ("[", "]")
    let text = message.pieces.map { piece in
      let text = VisibleText.line(piece.text)
      return piece.isHit ? marks.0 + text + marks.1 : text
    }.joined()
    let kind = message.text == nil ? "[\(message.kind)]" : ""
    let sender = VisibleText.line(message.sender ?? "–") + (message.isOwner ? " (you)" : "")
    return "\(message.isEvidence ? " > " : "   ")\(time(message.sentAt))  \(sender): \(text)\(kind)"
  }

  private static func time(_ text: String) -> String {
    String(text.prefix(16)).split(separator: "T").joined(separator: " ")
  }
}
