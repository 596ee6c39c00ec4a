import InboxModel
import TextDecoding

/// Makes a record of what a file says: which of its facts is the name, which the words.
struct RecordMaker {
  let kind: RecordKind

  /// The record of one entry; nil if it says nothing at all.
  ///
  /// - Parameters:
  ///   - facts: What it says.
  ///   - precision: How exactly its source writes times.
  ///   - place: Where it stands.
  /// - Returns: The record.
  func record(_ facts: RecordFacts, precision: TimePrecision, place: RecordPlace) -> Record? {
    guard !facts.facts.isEmpty || !facts.times.isEmpty else { return nil }
    var record = Record(kind: kind, place: place)
    record.time = time(facts).map { SourceTime(milliseconds: $0, precision: precision) }
    record.detail =
      facts.facts.map { Record.Detail(label: $0.label, value: $0.text) }
      + facts.times.map { Record.Detail(label: $0.label, value: ISOTime.text($0.milliseconds)) }
    name(&record, facts)
    record.name = record.name.map(InvisibleMarks.cleanName)
    return record
  }

  /// A profile's times are those of its parts, except where it tells of one change.
  private func time(_ facts: RecordFacts) -> Int64? {
    guard kind == .profile else { return facts.time }
    return facts.times.first {
      ["change date", "time"].contains($0.label.lowercased())
    }?
    .milliseconds
  }

  private func name(_ record: inout Record, _ facts: RecordFacts) {
    switch kind {
    case .comment, .story: nameComment(&record, facts)
    case .contact: nameContact(&record, facts)
    case .listing, .purchase: nameListing(&record, facts)
    case .payment: namePayment(&record, facts)
    case .lead:
      record.name = facts.text("label", "title") ?? facts.facts.first?.label
      record.text = facts.text("value") ?? facts.facts.first?.text
    case .support, .report:
      record.name = facts.text("subject", "reportee", "from", "title")
      record.text = RecordMaker.joined(facts, ["message", "content"])
    case .post, .review:
      record.name = facts.text("title", "name")
      record.text =
        RecordMaker.joined(facts, ["post", "text", "message", "caption", "description"])
        ?? facts.text("name")
    case .profile:
      record.name = facts.text("full_name", "full", "name", "username", "value")
      record.contacts = facts.facts.map(\.text).filter(RecordMaker.isContact)
    default:
      record.name =
        facts.text("name", "title", "username", "value") ?? RecordMaker.handle(facts)
        ?? RecordMaker.first(facts)
      record.text = facts.text("description", "text")
    }
  }

  private func nameComment(_ record: inout Record, _ facts: RecordFacts) {
    // The labels of Instagram are in the account's language: the words stand first.
    let words =
      facts.text("comment", "text") ?? facts.facts.first { !$0.text.hasPrefix("http") }?.text
    record.text = words
    record.name =
      facts.text("media owner", "group", "author", "title")
      ?? facts.facts.first { $0.text != words && !$0.text.hasPrefix("http") }?.text
  }

  private func nameContact(_ record: inout Record, _ facts: RecordFacts) {
    let texts = facts.facts.map(\.text)
    record.contacts = texts.filter(RecordMaker.isContact)
    let given = [facts.text("first name", "first_name"), facts.text("last name", "last_name")]
    let both = given.compactMap(\.self).joined(separator: " ")
    record.name = facts.text("name", "full name") ?? (both.isEmpty ? nil : both)
    guard record.name == nil else { return }
    // In another language the first and the last name stand before the rest.
    let names = texts.filter {
      !RecordMaker.isContact($0) && !$0.hasPrefix("http") && $0.contains(where: \.isLetter)
    }
    record.name = names.isEmpty ? nil : names.prefix(2).joined(separator: " ")
  }

  private func nameListing(_ record: inout Record, _ facts: RecordFacts) {
    record.name = facts.text("title", "name", "product name") ?? RecordMaker.first(facts)
    record.text = facts.text("description")
    if let price = facts.text("price").flatMap(PriceText.read) {
      (record.amount, record.currency) = (price.amount, price.currency)
    }
  }

  private func namePayment(_ record: inout Record, _ facts: RecordFacts) {
    let parties = [facts.text("sender"), facts.text("receiver")].compactMap(\.self)
    record.name =
      parties.isEmpty
      ? facts.text("merchant", "name", "title") ?? RecordMaker.first(facts)
      : parties.joined(separator: " → ")
    record.text = facts.text("type", "status", "description")
    let price = facts.text("amount", "total").flatMap(PriceText.read)
    record.amount = price?.amount
    record.currency = facts.text("currency") ?? price?.currency
  }

  private static func joined(_ facts: RecordFacts, _ labels: Set<String>) -> String? {
    let texts = facts.facts.filter { labels.contains($0.label.lowercased()) }.map(\.text)
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  /// The first thing that a record says in words.
  private static func first(_ facts: RecordFacts) -> String? {
    facts.facts.first { fact in
      !fact.text.hasPrefix("http") && !["fbid", "uri"].contains(fact.label)
        && fact.text.contains(where: \.isLetter) && fact.text != "true" && fact.text != "false"
    }?.text
  }

  /// `https://www.instagram.com/_u/rania`: the last step names the account.
  private static func handle(_ facts: RecordFacts) -> String? {
    guard let link = facts.text("href") else { return nil }
    return link.split(separator: "?")[0].split(separator: "/").last.map(String.init)
  }

  /// An e-mail address, or at least seven digits and nothing else that a number has not.
  static func isContact(_ text: String) -> Bool {
    guard text.utf8.count <= 100, !text.hasPrefix("http") else { return false }
    if let at = text.firstIndex(of: "@"), at != text.startIndex, !text.contains(" ") {
      return text[at...].contains(".")
    }
    let digits = text.count { $0.isNumber }
    return digits >= 7
      && text.allSatisfy { $0.isNumber || "+-() ./\u{200E}\u{202A}\u{202C}\u{A0}".contains($0) }
  }
}
